"""The answer with its quotes: cut where evidence begins and ends, and never a character more or less."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from catalog.steps import STEPS
from lib.templatetags.ui import quoted
from scoring import encoding, engine, grading, presentation, remarks
from scoring.engine.types import Evidence, Note, Result
from scoring.models import Evaluation
from scoring.passages import highlighted
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


def test_every_place_that_is_quoted_or_linked_to_has_one_anchor() -> None:
    views = [view("4.1", (0, 3), (4, 7)), view("4.2", (4, 13))]
    pieces = highlighted("one two three", "deep_dive", views, places=[8])
    assert [p.anchor for p in pieces if p.anchor] == ["w-deep_dive-0", "w-deep_dive-4", "w-deep_dive-8"]


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
def test_a_page_takes_three_queries_and_reads_each_diagram_once(django_assert_num_queries: Any) -> None:
    answer = {step.key: "```mermaid\nflowchart LR\n  phone --> hub\n```" for step in STEPS}
    submission = grading.submit(
        user=None, edition=make_question().current, variant=0, answer=answer, now=datetime(2026, 3, 2, tzinfo=UTC)
    )
    score_now(submission.evaluations.get())
    evaluation = Evaluation.objects.select_related("submission__edition").get()
    with django_assert_num_queries(3):
        step = presentation.build(evaluation).steps[0]
    (drawing,) = step.passages
    assert drawing.reading
    assert drawing.reading.parts == 2
    assert step.passages is step.passages


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


# --- What is said beside the marks.

NOW = datetime(2026, 3, 2, tzinfo=UTC)
BULB = "Pressing the button makes the bulb glow at once, because people wait for the light in every town."
CLAIM = Note("mistake", "No switch is as quick.", Evidence("deep_dive", 0, 8, "Pressing"))


def submitted(**fields: Any) -> Evaluation:
    answer = {step.key: BULB for step in STEPS}
    edition = make_question().current
    submission = grading.submit(user=None, edition=edition, variant=0, answer=answer, now=NOW, **fields)
    return submission.evaluations.get()


def page(evaluation: Evaluation) -> str:
    return render_to_string("scoring/_result.html", {"view": presentation.build(evaluation)})


def shown(submission: Any) -> Evaluation:
    return Evaluation.objects.by_rules().get(submission=submission)


@pytest.fixture
def judged_as(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`judged_as(change)` scores an answer whose result is changed on its way into the database."""
    real = engine.score

    def scored(change: Any, **fields: Any) -> Evaluation:
        def changed(*args: Any, **kwargs: Any) -> Result:
            result: Result = change(real(*args, **kwargs))
            return result

        monkeypatch.setattr(engine, "score", changed)
        evaluation = score_now(submitted(**fields))
        monkeypatch.undo()
        return evaluation

    return scored


def in_step(*notes: Note) -> Any:
    return lambda result: replace(
        result, steps=tuple(replace(s, notes=notes if s.step == "deep_dive" else ()) for s in result.steps)
    )


def in_criteria(*notes: Note) -> Any:
    return lambda result: replace(
        result,
        steps=tuple(replace(s, criteria=tuple(replace(c, notes=notes) for c in s.criteria)) for s in result.steps),
    )


@pytest.mark.django_db
def test_what_is_wrong_in_a_step_is_kept_and_quoted(judged_as: Any) -> None:
    evaluation = judged_as(in_step(CLAIM))
    stored = {mark.step: mark.notes for mark in evaluation.step_marks.all()}
    assert stored["deep_dive"][0]["evidence"]["quote"] == "Pressing"
    assert stored["wrap_up"] == []
    html = page(evaluation)
    assert html.count("<strong>Wrong as it stands.</strong> No switch is as quick.</p>\n") == 2
    assert '<blockquote><span class="prewrap">Pressing</span> <a class="xs" href="#w-deep_dive-0">' in html


@pytest.mark.django_db
def test_the_same_said_of_two_sentences_is_said_once_with_both(judged_as: Any) -> None:
    again = replace(CLAIM, evidence=Evidence("deep_dive", 13, 19, "button"))
    view = presentation.build(judged_as(in_step(CLAIM, again)))
    (note,) = next(s for s in view.steps if s.step.key == "deep_dive").notes
    assert note.quotes == ("Pressing", "button")


@pytest.mark.django_db
def test_accusations_doubts_and_numbers_differ_in_word_and_drawing_and_doubts_come_last(judged_as: Any) -> None:
    doubt = Note("guard", "Perhaps.", Evidence("deep_dive", 0, 8, "Pressing"))
    number = Note("number", "10 × 2 is about 20, not 200.", Evidence("deep_dive", 0, 8, "Pressing"))
    view = presentation.build(judged_as(in_criteria(doubt, CLAIM, number)))
    notes = view.steps[0].criteria[0].notes
    assert [note.kind for note in notes] == ["mistake", "number", "guard"]
    assert len({note.label for note in notes}) == len({note.icon for note in notes}) == 3
    html = page(view.evaluation)
    assert all(f'data-kind="{note.kind}"' in html and note.label in html for note in notes)
    assert "10 × 2 is about 20, not 200." in html


def test_every_kind_of_note_has_a_word_and_a_drawing() -> None:
    assert set(remarks.KINDS) == set(Note.__annotations__["kind"].__args__)


@pytest.mark.django_db
def test_what_a_note_quotes_is_shown_and_not_obeyed(judged_as: Any) -> None:
    evil = Note("mistake", "Not so.", Evidence("deep_dive", 0, 3, "<b>x</b>"))
    html = page(judged_as(in_step(evil)))
    assert "<b>x</b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


@pytest.mark.django_db
@pytest.mark.parametrize("reasons", [(), ("This may be an answer to another question.", "Much is in doubt.")])
def test_a_mentor_is_asked_for_with_every_reason_or_not_at_all(judged_as: Any, reasons: tuple[str, ...]) -> None:
    html = page(judged_as(lambda result: replace(result, ask_mentor=reasons)))
    assert ("A mentor should look at this" in html) == bool(reasons)
    assert all(reason in html for reason in reasons)


@pytest.mark.django_db
@pytest.mark.parametrize("encoder", [encoding.WORDS, "some-model"])
def test_a_reading_by_words_alone_says_so(judged_as: Any, encoder: str) -> None:
    html = page(judged_as(lambda result: replace(result, encoder=encoder)))
    assert ("Read by its words alone; the range is wider." in html) == (encoder == encoding.WORDS)


@pytest.mark.django_db
def test_one_step_read_by_words_has_no_range_to_be_wider(judged_as: Any) -> None:
    html = page(judged_as(lambda result: replace(result, encoder=encoding.WORDS), asked=("deep_dive",)))
    assert "Read by its words alone; the marks are less certain." in html


@pytest.mark.django_db
def test_the_newest_finished_result_is_shown_with_those_it_took_the_place_of(judged_as: Any) -> None:
    old = judged_as(lambda result: replace(result, engine="1.0.0", overall=51.0, band="solid", range=(40.0, 60.0)))
    later = datetime(2026, 4, 1, tzinfo=UTC)
    assert "Scored before" not in page(shown(old.submission))
    grading.rescore(old.submission, now=later)

    waiting = page(shown(old.submission))
    assert "Rules 1.0.0" in waiting
    assert "about to be read anew" in waiting

    score_now(old.submission.evaluations.get(status=Evaluation.Status.QUEUED))
    html = page(shown(old.submission))
    assert f"Rules {engine.ENGINE_VERSION}" in html
    assert "about to be read anew" not in html
    assert "engine 1.0.0" in html
    assert "Solid, 40–60" in html


@pytest.mark.django_db
def test_a_newer_engine_that_fails_leaves_the_last_result_on_the_page(judged_as: Any) -> None:
    old = judged_as(lambda result: replace(result, engine="1.0.0"))
    grading.rescore(old.submission, now=datetime(2026, 4, 1, tzinfo=UTC))
    failed = old.submission.evaluations.get(status=Evaluation.Status.QUEUED)
    grading.give_up(str(failed.pk), "no memory")
    assert shown(old.submission) == old


@pytest.mark.django_db
def test_earlier_results_are_asked_for_only_where_there_are_any(judged_as: Any, django_assert_num_queries: Any) -> None:
    old = judged_as(lambda result: replace(result, engine="1.0.0"))
    view = presentation.build(shown(old.submission))
    with django_assert_num_queries(0):
        assert view.earlier == []
    grading.rescore(old.submission, now=datetime(2026, 4, 1, tzinfo=UTC))
    view = presentation.build(shown(old.submission))
    with django_assert_num_queries(1):
        assert (view.earlier, view.is_scored_anew) == ([], True)


@pytest.mark.django_db
def test_every_highlight_says_which_criterion_it_serves(judged_as: Any) -> None:
    view = presentation.build(judged_as(lambda result: result))
    quoted_by = {c.number for s in view.steps for c in s.criteria if c.mark.evidence}
    assert quoted_by
    pieces = [piece for step in view.steps for piece in step.pieces]
    assert {number for piece in pieces for number, _ in piece.ends} == quoted_by
    open_refs: set[str] = set()
    for piece in pieces:
        open_refs |= {number for number, _ in piece.refs}
        open_refs -= {number for number, _ in piece.ends}
        if not piece.refs:
            assert not open_refs, "a highlight ended without its number"
