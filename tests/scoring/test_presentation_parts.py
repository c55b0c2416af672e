"""The answer by its parts: what was written, the sheet as a table, the board as it was drawn, what was prompted."""

import json
import re
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from scoring import diagrams, handed, quotes
from scoring.engine.graph import mermaid, scene
from scoring.handed import Laid, Part, SheetLine
from scoring.passages import Passage, passages

BOARD = (Path(__file__).parents[1] / "boards" / "two-boxes.json").read_text()
FENCE = f"```mermaid\n{mermaid.write(scene.read(BOARD).graph)}```\n"
ASKED = "> Interviewer: What if it is dark?\n> And cold?"
SCRIBBLE = json.dumps(
    {"elements": [{"id": "f", "type": "freedraw", "x": 0, "y": 0, "points": [[0, 0], [30, 30], [60, 0]]}]}
)


def joined(*parts: tuple[str, str], **fields: Any) -> tuple[str, Laid]:
    """A text of these (part, text), as it is handed in."""
    text, found = "", []
    for part, own in parts:
        text += "\n\n" if text else ""
        found.append(Part(part, len(text), len(text) + len(own)))
        text += own
    return text, Laid(tuple(found), **fields)


def replied(text: str, words: str, key: str = "dark") -> tuple[str, Laid]:
    whole = f"{text}\n\n{ASKED}\n\n{words}"
    start = whole.index(ASKED) + len(ASKED)
    return whole, Laid((Part("text", 0, len(whole)), Part("reply", start, len(whole), key)))


def quoting(start: int, end: int, section: str = "deep_dive") -> Any:
    evidence = [{"section": section, "start": start, "end": end}]
    return SimpleNamespace(number="4.1", mark=SimpleNamespace(key="k", evidence=evidence))


def shown(parts: tuple[Passage, ...]) -> str:
    step = SimpleNamespace(step=SimpleNamespace(key="deep_dive", title="Deep dive"))
    return "".join(render_to_string("scoring/_passage.html", {"passage": one, "step": step}) for one in parts)


def test_a_board_is_drawn_as_it_was_drawn_and_what_was_read_is_folded_under_it() -> None:
    text, laid = joined(("text", "Before."), ("board", FENCE), board=BOARD)
    kinds = [one.kind for one in passages(text, "deep_dive", (), laid=laid) if not one.is_blank]
    assert kinds == ["prose", "board"]
    html = shown(passages(text, "deep_dive", (), laid=laid))
    assert html.count('<svg class="diagram scene"') == 2  # and once more, larger
    assert '<svg class="diagram"' not in html
    assert "<title>Board with 2 parts and 1 link.</title>" in html
    assert "As it was read" in html


def test_words_that_lie_in_the_board_are_marked_where_it_is_read() -> None:
    text, laid = joined(("text", "Before."), ("board", FENCE), board=BOARD)
    start = text.index("API server")
    html = shown(passages(text, "deep_dive", [quoting(start, start + 3)], laid=laid))
    assert f'<mark class="ev" data-src="rules" id="w-deep_dive-{start}">API</mark>' in html


def test_an_open_fence_in_the_text_does_not_swallow_the_board() -> None:
    text, laid = joined(("text", "```sql\nSELECT"), ("board", FENCE), board=BOARD)
    found = [one.kind for one in passages(text, "deep_dive", (), laid=laid) if not one.is_blank]
    assert found == ["code", "board"]


def test_a_board_on_which_nothing_is_a_part_is_shown_all_the_same() -> None:
    text, laid = joined(("text", "Before."), board=SCRIBBLE)
    *_, last = passages(text, "deep_dive", (), laid=laid)
    assert (last.kind, last.pieces) == ("board", ())
    assert "Read as 0 parts and 0 links." in shown((last,))
    assert "As it was read" not in shown((last,))


LINES = (
    SheetLine("text", "# From the brief"),
    SheetLine("assumed", "lamps = 10M", "lamps", "10M", "10 M", note="in every town"),
    SheetLine("blank", ""),
    SheetLine("worked out", "power = lamps * 5", "power", "lamps * 5", "50 M", used=("Deep dive",)),
    SheetLine("wrong", "x = <b>", error="That is no number."),
)
RENDERED = "- From the brief\n- lamps = 10 M, in every town\n\n- power = lamps * 5 = 50 M\n- x = <b>"


def test_a_sheet_is_a_table_and_its_quotes_lead_to_its_lines() -> None:
    text, laid = joined(("text", "I count."), ("sheet", RENDERED), sheet=LINES)
    start = text.index("power")
    (sheet,) = [
        one for one in passages(text, "deep_dive", [quoting(start, start + 9)], laid=laid) if one.kind == "sheet"
    ]
    assert [row.refs for row in sheet.rows] == [(), (), (), (("4.1", "k"),), ()]
    assert [row.anchors for row in sheet.rows] == [(), (), (), (f"w-deep_dive-{start}",), ()]
    html = shown((sheet,))
    assert html.count(f'id="w-deep_dive-{start}"') == 1
    assert '<mark class="ev" data-src="rules">50 M</mark>' in html
    assert "That is no number." in html
    assert "x = &lt;b&gt;" in html
    assert "in every town" in html


def test_a_sheet_that_nobody_worked_out_is_shown_as_it_was_read() -> None:
    text, laid = joined(("sheet", RENDERED))
    (only,) = passages(text, "deep_dive", (), laid=laid)
    assert (only.kind, only.rows) == ("prose", ())


def test_a_reply_stands_below_its_question_and_is_marked() -> None:
    text, laid = replied("Lamps burn.", "We add a switch.\n\n```sql\nSELECT 1\n```\nAnd a fuse.")
    found = [one for one in passages(text, "deep_dive", (), laid=laid) if not one.is_blank]
    assert [(one.kind, one.is_prompted) for one in found] == [
        ("prose", False),
        ("asked", False),
        ("prose", True),
        ("code", True),
        ("prose", True),
    ]
    html = shown(tuple(found))
    assert html.index("Lamps burn.") < html.index("prompted") < html.index("And cold?") < html.index("We add a switch.")
    assert 'id="asked-dark"' in html


def test_many_quoted_lines_above_a_reply_are_read_once() -> None:
    quotes = "> Interviewer: x\n" * 3 + "Between.\n" + ">\n" * 30_000 + "\nWords.\n"
    text, laid = replied(quotes, "It glows.")
    begun = perf_counter()
    parts = passages(text, "deep_dive", (), laid=laid)
    assert perf_counter() - begun < 1
    assert ["".join(piece.text for piece in one.pieces) for one in parts if one.kind == "asked"] == [f"{ASKED}\n\n"]


@given(st.lists(st.sampled_from([">", "> x", " > x", "x", "", "\r", "\u2028>"])), st.data())
def test_a_quote_is_all_the_lines_above_that_begin_with_its_mark(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join([*lines, "Reply"])
    start = data.draw(st.integers(0, len(text) - 1))
    found = re.search(r"(?:^>.*(?:\n|\Z))+\Z", text[:start], re.MULTILINE)
    parts = passages(text, "deep_dive", (), laid=Laid((Part("reply", start, len(text), "k"),)))
    asked = ["".join(piece.text for piece in one.pieces) for one in parts if one.kind == "asked"]
    assert [one.rstrip("\r\n") for one in asked] == ([found[0].rstrip("\r\n")] if found else [])


def test_below_the_board_a_reply_and_a_fence_are_seen_as_above_it() -> None:
    text, laid = replied("```sql\nSELECT 1\n```", "It glows.")
    above = f"{FENCE}\n"
    moved = tuple(replace(part, start=part.start + len(above), end=part.end + len(above)) for part in laid.parts)
    below = Laid((Part("board", 0, len(FENCE)), *moved), BOARD)
    found = [one for one in passages(above + text, "deep_dive", (), laid=below) if not one.is_blank]
    assert [(one.kind, one.key) for one in found] == [("board", ""), ("code", ""), ("asked", "dark"), ("prose", "dark")]
    assert found[-1].pieces[0].text == "It glows."


def test_evidence_in_a_reply_says_that_it_was_prompted() -> None:
    evidence = {"section": "deep_dive", "start": 40, "end": 50, "quote": "ten signs."}
    assert quotes.stored(evidence, [("deep_dive", 45, 90)]).prompted
    assert not quotes.stored(evidence, [("deep_dive", 50, 90), ("wrap_up", 0, 90)]).prompted
    quote = quotes.stored(evidence, [("deep_dive", 0, 90)])
    assert "prompted" in render_to_string("scoring/_quote.html", {"quote": quote})


def test_only_what_was_written_is_counted_as_words() -> None:
    text, laid = joined(("text", "Three plain words"), ("sheet", RENDERED), ("board", FENCE), sheet=LINES, board=BOARD)
    assert laid.written(text) == "Three plain words"
    assert handed.TEXT_ALONE.written("All of it") == "All of it"


@given(st.lists(st.sampled_from(["words\n", "```\na --> b\n```\n", "```sql\nopen", "\n", ASKED])), st.data())
def test_joined_again_the_parts_are_the_answer(parts: list[str], data: st.DataObject) -> None:
    own = [("text", "".join(parts)), ("sheet", RENDERED), ("board", FENCE)]
    text, laid = joined(*data.draw(st.permutations(own)), sheet=LINES, board=BOARD)
    start, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
    (written,) = laid.of("text")
    reply = sorted(data.draw(st.integers(written.start, written.end)) for _ in range(2))
    if reply[0] < reply[1]:
        laid = Laid((*laid.parts, Part("reply", reply[0], reply[1], "k")), laid.board, laid.sheet)
    found = passages(text, "deep_dive", [quoting(start, end)], laid=laid)
    assert "".join(piece.text for one in found for piece in one.pieces) == text


def test_groups_are_frames_around_their_parts() -> None:
    svg = diagrams.draw('flowchart LR\n subgraph eu["EU"]\n a[API] --> b[(Store)]\n end\n c([Phone]) --> a\n')
    assert svg
    assert svg.count("<rect") == 3  # the frame and two parts; the phone is round
    assert "In EU: API, Store." in svg
    assert "EU" in svg.split("</desc>")[1]
