"""The answer with its quotes: cut where evidence begins and ends, and never a character more or less."""

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lib.templatetags.ui import quoted
from scoring.presentation import band_of, highlighted


def view(number: str, *spans: tuple[int, int], section: str = "deep_dive") -> Any:
    evidence = [{"section": section, "start": start, "end": end} for start, end in spans]
    return SimpleNamespace(number=number, mark=SimpleNamespace(key=f"k{number}", evidence=evidence))


def test_quotes_that_overlap_are_cut_into_stretches() -> None:
    pieces = highlighted("one two three", "deep_dive", [view("4.1", (0, 7)), view("4.2", (4, 13))])
    assert [(p.text, [n for n, _ in p.refs], [n for n, _ in p.ends]) for p in pieces] == [
        ("one ", ["4.1"], []),
        ("two", ["4.1", "4.2"], ["4.1"]),
        (" three", ["4.2"], ["4.2"]),
    ]


def test_each_criterion_has_one_anchor_to_jump_to() -> None:
    pieces = highlighted("one two three", "deep_dive", [view("4.1", (0, 3), (4, 7))])
    assert [p.anchor for p in pieces if p.anchor] == ["e-deep_dive-k4.1"]


def test_evidence_of_another_step_is_left_out() -> None:
    assert len(highlighted("one two", "deep_dive", [view("1.1", (0, 3), section="requirements")])) == 1


def test_spans_that_do_not_fit_the_text_are_ignored() -> None:
    assert [p.text for p in highlighted("short", "deep_dive", [view("4.1", (2, 99), (3, 3))])] == ["short"]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_joined_again_the_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = highlighted(text, "deep_dive", [view("4.1", *spans[:3]), view("4.2", *spans[3:])])
    assert "".join(piece.text for piece in pieces) == text


def test_what_was_typed_is_shown_and_not_obeyed() -> None:
    pieces = highlighted("<b>x</b> & y", "deep_dive", [view("4.1", (0, 8))])
    html = quoted(pieces)
    assert "<b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;</mark>" in html
    assert html.endswith("</a> &amp; y")


def test_bands_are_those_of_the_grading_guide() -> None:
    marks = {0: "not_yet", 24.9: "not_yet", 25: "developing", 49.9: "developing", 50: "solid"}
    marks |= {69.9: "solid", 70: "strong", 84.9: "strong", 85: "exceptional", 100: "exceptional"}
    assert {overall: band_of(overall) for overall in marks} == marks
