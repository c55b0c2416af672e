"""What a session hands in: texts with their sheet and board joined on, and what was said."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.steps import STEPS
from interview import handing_in, numbers, prompted, sheet
from interview.handing_in import BEFORE, Handed, Work
from interview.interviewer import Exchange
from scoring.engine.graph import drawn, excalidraw, mermaid, scene
from scoring.engine.graph.names import NOBODY
from scoring.engine.text import read_section
from tests.scoring import live

SLUG = "url-shortener"
QUESTION = live.question(SLUG)
TEXTS = {step.key: f"My {step.title}." for step in STEPS}
DRAWN = "flowchart LR\n  a[Client] --> b[API]\n  b --> c[(Links)]\n"
CHANGED = DRAWN + "  b --> d[Cache]\n"


def board(flowchart: str = DRAWN) -> str:
    return json.dumps(excalidraw.write(mermaid.read(flowchart)))


def joined(**fields: Any) -> Handed:
    return handing_in.join(QUESTION, 0, replace(Work(TEXTS), **fields))


def piece(handed: Handed, step: str, part: str) -> str:
    (found,) = [one for one in handed.pieces if (one["step"], one["part"]) == (step, part)]
    return handed.answer[step][found["start"] : found["end"]]


def graph_of(text: str) -> Any:
    return mermaid.read(text.removeprefix("```mermaid\n").removesuffix("```"))


def test_texts_alone_are_handed_in_as_they_are() -> None:
    handed = joined()
    assert handed.answer == TEXTS
    assert handed.originals == {}
    assert handed.exchanges == []
    assert [(one["step"], one["part"]) for one in handed.pieces] == [(step, "text") for step in TEXTS]


def test_a_sheet_comes_before_the_text_of_the_estimation_in_numbers() -> None:
    lines = "writes = 100M users * 1 link/day"
    handed = joined(sheet=lines)
    assert handed.originals == {"estimation.sheet": lines}
    assert piece(handed, "estimation", "text") == TEXTS["estimation"]
    assert piece(handed, "estimation", "sheet") == sheet.render(sheet.evaluate(lines))
    assert handed.answer["estimation"].startswith("- writes = ")
    assert handed.answer["estimation"].endswith("\n\n" + TEXTS["estimation"])
    assert "1.16 k links/s" in handed.answer["estimation"]


def test_a_sheet_may_name_the_numbers_of_the_brief() -> None:
    known = numbers.givens(QUESTION, 0)
    key = next(iter(known))
    handed = joined(sheet=f"twice = {key} * 2")
    assert "twice = " in piece(handed, "estimation", "sheet")
    assert sheet.evaluate(f"twice = {key} * 2", known).rows[0].error == ""
    assert piece(handed, "estimation", "sheet") == sheet.render(sheet.evaluate(f"twice = {key} * 2", known))


def test_a_board_comes_before_the_text_of_the_design_as_a_flowchart_once() -> None:
    handed = joined(board=board())
    assert graph_of(piece(handed, "high_level_design", "board")).bare() == scene_graph(board())
    assert handed.answer["deep_dive"] == TEXTS["deep_dive"]
    assert handed.originals == {"high_level_design.board": board()}


def scene_graph(text: str) -> Any:
    """Its graph with the identifiers that a flowchart has."""
    return mermaid.read(mermaid.write(scene.read(text).graph)).bare()


def test_a_board_that_was_changed_after_the_design_is_in_both_steps() -> None:
    handed = joined(board=board(CHANGED), design=board())
    assert "Cache" not in piece(handed, "high_level_design", "board")
    assert "Cache" in piece(handed, "deep_dive", "board")
    assert set(handed.originals) == {"high_level_design.board", "deep_dive.board"}


def test_a_board_that_was_emptied_after_the_design_is_kept_as_empty() -> None:
    handed = joined(board="", design=board(), before=board())
    assert handed.originals["deep_dive.board"] == ""
    assert handed.answer["deep_dive"] == TEXTS["deep_dive"]


@pytest.mark.parametrize(
    "text", ["```\ncode", "~~~~ py\n```\n", "a\n```sql\nselect\n````x\n```` y", "```\na\n```\n```"]
)
def test_a_code_block_left_open_does_not_swallow_the_board(text: str) -> None:
    handed = joined(texts={**TEXTS, "high_level_design": text}, board=board())
    answer = handed.answer["high_level_design"]
    assert answer.endswith(text)
    (graph,) = drawn_in(answer)
    assert sorted(node.label for node in graph.nodes.values()) == ["API", "Client", "Links"]


def drawn_in(text: str) -> list[Any]:
    return list(drawn.graphs(read_section("text", text), NOBODY))


def test_what_cannot_be_joined_is_handed_in_as_typed() -> None:
    work = Work(TEXTS, sheet="a = 1", board=board(), said=[said("probe", "why", "Why?")])
    handed = handing_in.as_typed(work)
    assert handed.answer == TEXTS
    assert set(handed.originals) == {"estimation.sheet", "high_level_design.board"}
    assert [one["key"] for one in handed.exchanges] == ["why"]


def test_the_board_before_a_curveball_is_kept() -> None:
    handed = joined(board=board(CHANGED), design=board(), before=board())
    assert handed.originals[BEFORE] == board()


def test_a_drill_of_the_deep_dive_has_its_board() -> None:
    work = Work({"deep_dive": "Text."}, board=board())
    handed = handing_in.join(QUESTION, 0, work)
    assert "Links" in piece(handed, "deep_dive", "board")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_design_without_a_word_is_its_board(text: str) -> None:
    handed = joined(texts={**TEXTS, "high_level_design": text}, board=board())
    assert handed.answer["high_level_design"].strip().startswith("```mermaid\nflowchart")


@pytest.mark.parametrize("text", ["{", "[]", '{"elements": []}', "nothing of the kind"])
def test_a_board_that_cannot_be_read_adds_nothing_and_is_kept(text: str) -> None:
    handed = joined(board=text)
    assert handed.answer == TEXTS
    assert handed.originals["high_level_design.board"] == text


def said(kind: Any, key: str, text: str = "", at: float = 100.0, step: str = "deep_dive") -> Exchange:
    return Exchange(at, kind, key, text, step)


def test_a_reply_lies_below_the_quote_of_what_was_asked() -> None:
    asked = "Which part fails first?\n\nAnd then?"
    text = f"Before.\n\n{prompted.quote(asked)}\n\nThe cache.\n\n## Else\n\nAfter."
    handed = joined(texts={**TEXTS, "deep_dive": text}, said=[said("probe", "first", asked)])
    (reply,) = [one for one in handed.pieces if one["part"] == "reply"]
    assert reply["key"] == "first"
    assert text[reply["start"] : reply["end"]].strip() == "The cache."
    assert handed.answer["deep_dive"] == text
    below = joined(texts={**TEXTS, "high_level_design": text}, board=board(), said=[said("probe", "first", asked)])
    (reply,) = [one for one in below.pieces if one["part"] == "reply"]
    assert below.answer["high_level_design"][reply["start"] : reply["end"]].strip() == "The cache."


def test_two_replies_end_where_the_next_begins() -> None:
    one, two = "First?", "Second?"
    text = f"{prompted.quote(one)}\n\nA.\n\n{prompted.quote(two)}\n\nB."
    found = list(prompted.replies(text, [said("curveball", "two", two), said("probe", "one", one)]))
    assert [(reply.key, text[reply.start : reply.end].strip()) for reply in found] == [("one", "A."), ("two", "B.")]


def test_a_quote_without_a_reply_is_none() -> None:
    assert not list(prompted.replies(prompted.quote("Why?") + "\n\n", [said("probe", "why", "Why?")]))


@given(text=st.text(max_size=60), says=st.text(min_size=1, max_size=20), at=st.integers(0, 60))
def test_whatever_is_quoted_where_replies_stay_within_the_text(text: str, says: str, at: int) -> None:
    whole = text[:at] + "\n" + prompted.quote(says) + "\n" + text[at:]
    for reply in prompted.replies(whole, [said("probe", "key", says)]):
        assert 0 <= reply.start < reply.end <= len(whole)
        assert whole[reply.start : reply.end].strip()


def test_questions_that_matter_count_when_they_came_in_time() -> None:
    key = next(key for key, c in QUESTION.keyed_clarifications() if c.matters)
    early = joined(said=[said("reply", key, at=60, step="requirements")], frozen_at=90)
    late = joined(said=[said("reply", key, at=100, step="requirements")], frozen_at=90)
    assert early.exchanges[0]["counts"] is True
    assert "counts" not in late.exchanges[0]


def test_what_is_asked_again_counts_once() -> None:
    matter = [key for key, c in QUESTION.keyed_clarifications() if c.matters][:2]
    keys = [matter[0], matter[1], matter[0], matter[0]]
    rows = [said("reply", key, at=10.0 + at, step="requirements") for at, key in enumerate(keys)]
    found = joined(said=rows, frozen_at=12).exchanges
    assert [bool(row.get("counts")) for row in found] == [True, True, False, False]


def test_a_hint_carries_its_price() -> None:
    handed = joined(said=[said("hint", "dd_failures", "Think.")])
    assert handed.exchanges == [
        {"at": 100.0, "kind": "hint", "key": "dd_failures", "text": "Think.", "step": "deep_dive", "cost": 0.05}
    ]


@settings(deadline=None)
@given(text=st.text(max_size=60), lines=st.text(max_size=60), flowchart=st.sampled_from(["", DRAWN, CHANGED]))
def test_every_piece_lies_in_its_answer_and_the_text_stays_as_typed(text: str, lines: str, flowchart: str) -> None:
    work = Work(dict.fromkeys(TEXTS, text), sheet=lines, board=board(flowchart) if flowchart else "")
    handed = handing_in.join(QUESTION, 0, work)
    for step, answer in handed.answer.items():
        assert answer.endswith(text)
        for one in (one for one in handed.pieces if one["step"] == step):
            assert 0 <= one["start"] < one["end"] <= len(answer)
    if flowchart:
        assert graph_of(piece(handed, "high_level_design", "board")).bare() == scene_graph(board(flowchart))
