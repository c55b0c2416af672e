"""The answer with its quotes: cut where evidence begins and ends, and never a character more or less."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from catalog.steps import STEPS
from lib.templatetags.ui import quoted
from scoring import grading, presentation
from scoring.models import Evaluation
from scoring.presentation import highlighted
from tests.catalog.factories import make_question
from tests.scoring.factories import score_now


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


@pytest.mark.django_db
def test_a_page_takes_two_queries_and_reads_each_diagram_once(django_assert_num_queries: Any) -> None:
    answer = {step.key: "```mermaid\nflowchart LR\n  phone --> hub\n```" for step in STEPS}
    submission = grading.submit(
        user=None, edition=make_question().current, variant=0, answer=answer, now=datetime(2026, 3, 2, tzinfo=UTC)
    )
    score_now(submission.evaluations.get())
    evaluation = Evaluation.objects.select_related("submission__edition").get()
    with django_assert_num_queries(2):
        step = presentation.build(evaluation).steps[0]
    assert step.diagrams[0].parts == 2
    assert step.diagrams is step.diagrams


@pytest.mark.django_db
@pytest.mark.parametrize("variant", [0, 3])
def test_the_model_answer_says_for_which_numbers_it_is_written(variant: int) -> None:
    answer = {step.key: "Pressing the button makes the bulb glow at once." for step in STEPS}
    submission = grading.submit(
        user=None, edition=make_question().current, variant=variant, answer=answer, now=datetime(2026, 3, 2, tzinfo=UTC)
    )
    view = presentation.build(score_now(submission.evaluations.get()))
    html = render_to_string("scoring/_result.html", {"view": view})
    assert ("for the canonical numbers" in html) == bool(variant)
