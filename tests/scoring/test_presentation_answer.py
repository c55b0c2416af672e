"""The answer in passages: prose as it was typed, code in boxes, diagrams drawn in their place."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from lib.templatetags.ui import quoted
from scoring.passages import passages
from scoring.quotes import Quote
from scoring.remarks import Flag

DRAWN = "Before.\n\n```mermaid\nflowchart LR\n  phone --> hub\n```\n\nAfter it the lamp shines.\n"
CODE = "```sql\nCREATE TABLE lamp (id INT);\n```\n"


def quoting(start: int, end: int, section: str = "deep_dive") -> Any:
    evidence = [{"section": section, "start": start, "end": end}]
    return SimpleNamespace(number="4.1", mark=SimpleNamespace(key="k", evidence=evidence))


def flag(text: str, words: str, kind: str = "mistake") -> Flag:
    start = text.index(words)
    return Flag(kind, "No lamp does.", Quote("deep_dive", start, start + len(words), words), "c-k", 1)


def shown(text: str, **fields: Any) -> str:
    step = SimpleNamespace(step=SimpleNamespace(key="deep_dive", title="Deep dive"))
    parts = passages(text, "deep_dive", fields.pop("views", ()), **fields)
    return "".join(render_to_string("scoring/_passage.html", {"passage": p, "step": step}) for p in parts)


PARTS = [DRAWN, CODE, "```\na --> b\nb --> c\n```", "~~~\nopen", "words\n", "\n", "``` ", "- ```\n", "\r\n"]


@given(st.lists(st.sampled_from(PARTS)), st.data())
def test_joined_again_the_passages_are_the_answer(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    start, end = (data.draw(st.integers(0, len(text))) for _ in range(2))
    found = passages(text, "deep_dive", [quoting(start, end)], places=[start])
    assert "".join(piece.text for passage in found for piece in passage.pieces) == text


def test_a_diagram_is_drawn_where_it_stands_and_its_source_is_folded() -> None:
    before, drawing, after = passages(DRAWN, "deep_dive", ())
    assert [p.kind for p in (before, drawing, after)] == ["prose", "drawing", "prose"]
    assert drawing.reading
    assert drawing.reading.parts == 2
    assert drawing.pieces[0].text.endswith("```\n")
    html = shown(DRAWN)
    assert (
        html.index("Before.")
        < html.index('<svg class="diagram"')
        < html.index("As it was typed")
        < html.index("After it")
    )
    assert 'popovertarget="large-deep_dive-1"' in html


@pytest.mark.parametrize(
    "fenced",
    [
        "- ```mermaid\n  flowchart LR\n    phone --> hub\n  ```\n",
        "```mermaid\n\nflowchart LR\n  phone --> hub\n\n\n```\n",
        "```mermaid\r\nflowchart LR\r\n  phone --> hub\r\n```\r\n",
        "  ~~~mermaid  \nflowchart LR\n  phone --> hub\n  ~~~  \n",
    ],
    ids=["item", "blank", "crlf", "tilde"],
)
def test_the_lines_of_a_fence_belong_to_it_however_they_are_set(fenced: str) -> None:
    before, drawing, after = passages(f"Before.\n{fenced}After it.\n", "deep_dive", ())
    assert [p.kind for p in (before, drawing, after)] == ["prose", "drawing", "prose"]
    assert "".join(piece.text for piece in drawing.pieces) == fenced


def test_a_drawing_of_characters_is_shown_as_it_was_typed_and_as_it_was_read() -> None:
    html = shown("```\nclient --> api --> store\n```\n")
    assert "client --&gt; api --&gt; store" in html
    assert "Read as 3 parts and 2 links." in html
    assert "<details" not in html


def test_code_stands_in_a_box_and_what_cannot_be_drawn_stays_code() -> None:
    for text in (CODE, "```mermaid\nsequenceDiagram\n  a->>b: hello\n```\n"):
        (passage,) = passages(text, "deep_dive", ())
        assert (passage.kind, passage.reading) == ("code", None)


def test_quotes_in_prose_beside_a_diagram_keep_their_place() -> None:
    start = DRAWN.index("the lamp")
    html = shown(DRAWN, views=[quoting(start, start + 8)])
    assert f'<mark class="ev" data-src="rules" id="w-deep_dive-{start}">the lamp</mark>' in html


def test_source_that_holds_something_wrong_is_open() -> None:
    html = shown(DRAWN, flags=[flag(DRAWN, "phone --> hub", "diagram")])
    assert '<details class="typed" open>' in html
    assert '<span class="flagged" data-kind="diagram">phone --&gt; hub</span>' in html


def test_wrong_words_that_are_also_quoted_are_both() -> None:
    text = "The lamp never fails."
    (passage,) = passages(text, "deep_dive", [quoting(0, 21)], [flag(text, "never fails")])
    html = quoted(passage.pieces)
    assert "".join(piece.text for piece in passage.pieces) == text
    assert (
        'data-src="rules" id="w-deep_dive-9"><span class="flagged" data-kind="mistake">never fails</span></mark>'
        in html
    )


def test_what_is_said_of_wrong_words_is_shown_and_not_obeyed() -> None:
    text = "The <b>lamp</b> never fails."
    evil = Flag("mistake", '"><b>no</b>', Quote("deep_dive", 4, 15, "<b>lamp</b>"), "c-k", 1)
    html = quoted(passages(text, "deep_dive", (), [evil])[0].pieces)
    assert "<b>" not in html
    assert "&lt;b&gt;lamp&lt;/b&gt;" in html


def test_without_links_there_is_nothing_to_press() -> None:
    text = "The lamp never fails."
    html = quoted(passages(text, "deep_dive", (), [flag(text, "never fails")])[0].pieces, links=False)
    assert html == text
