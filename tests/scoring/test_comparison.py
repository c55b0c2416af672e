"""Two judges on one answer: what changes, why, and that looking changes nothing."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring import comparison, engine, grading
from scoring.comparison import Judgement, Pair, Row, Summary
from scoring.models import CriterionMark, Evaluation, StepMark, Submission
from tests.scoring.factories import NOW, make_scored, score_now

pytestmark = pytest.mark.usefixtures("by_words")


def judgement(overall: float | None = 54.0, band: str = "solid", level: str = "mid", **fields: Any) -> Judgement:
    rows = {("deep_dive", ""): Row(2.0), ("deep_dive", "lamps"): Row(2.0, ("the bulb glows",))}
    return Judgement(**{"overall": overall, "band": band, "level": level, "rows": rows, **fields})


def said(first: Judgement, second: Judgement) -> list[str]:
    return list(comparison.lines(Pair("lamps 1", first, second), "1.0.0", "now"))


def test_a_change_says_what_moved_and_which_words_only_one_of_them_quoted() -> None:
    rows = {
        ("deep_dive", ""): Row(2.5, notes=("mistake: Nothing is at once. “at once”",)),
        ("deep_dive", "lamps"): Row(3.0, ("the bulb glows", "people wait")),
    }
    assert said(judgement(), judgement(71.0, "strong", "senior", rows=rows)) == [
        "lamps 1: 54.0 → 71.0 (+17.0), solid → strong, mid → senior",
        "    highest mark of a criterion: 2 → 3",
        "  deep_dive: 2 → 2.5 (+0.5)",
        "      only now: mistake: Nothing is at once. “at once”",
        "    lamps: 2 → 3 (+1)",
        "        only now: “people wait”",
    ]


def test_what_closes_a_level_is_a_reason() -> None:
    closed = judgement(level="", reasons=("No request is followed from end to end through the parts.",))
    assert said(judgement(), closed) == [
        "lamps 1: 54.0 → 54.0, mid → no level",
        "    only now: No request is followed from end to end through the parts.",
    ]


def test_a_step_that_could_not_be_judged_before_has_no_difference_in_marks() -> None:
    nothing = judgement(None, "", "", rows={("deep_dive", ""): Row(None)})
    lines = said(nothing, judgement())
    assert lines[0] == "lamps 1: no overall → 54.0, no band → solid, no level → mid"
    assert "  deep_dive: none → 2" in lines


def test_other_quotes_for_the_same_marks_change_nothing_for_anybody() -> None:
    rows = {("deep_dive", ""): Row(2.0), ("deep_dive", "lamps"): Row(2.0, ("people wait",))}
    assert not Pair("1", judgement(), judgement(rows=rows)).is_changed


def test_the_summary_counts_bands_and_averages_points() -> None:
    summary = Summary(without=3)
    for overall, band in ((54.0, "solid"), (60.0, "solid"), (44.0, "developing"), (None, "")):
        first = judgement() if overall is not None else judgement(None, "", "")
        summary.add(Pair("1", first, judgement(overall, band, "mid" if overall is not None else "")))
    assert list(summary.lines()) == [
        "4 compared, 2 would change; 3 without a result of both",
        "overall: mean change -1.3 points, mean size 5.3",
        "another band: 1 (25%); another level: 0 (0%)",
    ]


def test_without_a_pair_there_is_no_average() -> None:
    assert list(Summary(without=2).lines()) == ["nothing to compare: 2 submissions, none that both have judged"]


# --- With stored results.


def older(submission: Submission) -> None:
    """As if engine 1.0.0 had found half of it, in other words, and had seen a mistake."""
    key = grading.rules_key(submission.edition, version="1.0.0", encoder="")
    rows = Evaluation.objects.filter(submission=submission)
    rows.update(engine="1.0.0", encoder="", calibration="", grader_key=key, overall=40.0, band="developing", level="")
    StepMark.objects.filter(evaluation__in=rows, step="deep_dive").update(
        mark=1.0, notes=[{"kind": "mistake", "text": "Not at once.", "evidence": {"quote": "makes  the bulb glow"}}]
    )
    CriterionMark.objects.filter(evaluation__in=rows, key="deep_dive_one").update(
        mark=1.0, evidence=[{"section": "deep_dive", "start": 0, "end": 8, "quote": "Pressing", "kind": "text"}]
    )


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("compare_engines", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_what_is_stored_and_what_is_worked_out_now_are_the_same_where_the_engine_is() -> None:
    submission = make_scored()
    (stored, fresh) = (comparison.judge(name)(submission) for name in (engine.ENGINE_VERSION, "now"))
    assert stored == fresh
    assert run(engine.ENGINE_VERSION, "now").startswith("1 compared, 0 would change; 0 without a result of both\n")


@pytest.mark.django_db
def test_one_step_is_compared_as_one_step() -> None:
    submission = make_scored(asked=("deep_dive",))
    (stored, fresh) = (comparison.judge(name)(submission) for name in (engine.ENGINE_VERSION, "words"))
    assert stored == fresh
    assert fresh is not None
    assert (fresh.overall, {step for step, _ in fresh.rows}) == (None, {"deep_dive"})


@pytest.mark.django_db
def test_an_old_result_is_set_against_the_engine_of_today_with_the_words_of_both() -> None:
    older(make_scored())
    text = run("1.0.0", "now")
    assert "40.0 → " in text
    assert "developing → " in text
    assert re.search(r"deep_dive_one: 1 → [234](\.5)? \(\+[123](\.5)?\)", text), text
    assert "only 1.0.0: “Pressing”" in text
    assert "only now: “Pressing the button makes the bulb glow at once" in text
    assert "only 1.0.0: mistake: Not at once. “makes the bulb glow”" in text
    assert "1 compared, 1 would change" in text


@pytest.mark.django_db
def test_two_stored_engines_are_compared_where_both_have_judged() -> None:
    submission = make_scored()
    older(submission)
    make_scored()
    grading.rescore(submission, now=NOW + timedelta(days=1))
    score_now(submission.evaluations.get(status="queued"))
    assert "1 compared, 1 would change; 1 without a result of both" in run("1.0.0", engine.ENGINE_VERSION)


@pytest.mark.django_db
def test_a_judge_may_be_called_by_its_key_with_or_without_its_edition() -> None:
    submission = make_scored()
    key = submission.evaluations.get().grader_key
    for name in (key, key.rpartition(":")[0]):
        assert comparison.judge(name)(submission) is not None
    with pytest.raises(CommandError, match=rf"nobody is called “0\.1”; known: now, words, {engine.ENGINE_VERSION}"):
        run("0.1", "now")


@pytest.mark.django_db
def test_one_question_alone() -> None:
    make_scored("lamps"), make_scored("lanterns")
    assert run("words", "now", "--question", "lanterns").startswith("1 compared, 0 would change")
    with pytest.raises(CommandError, match="there is no question “nope”"):
        run("words", "now", "--question", "nope")


@pytest.mark.django_db
def test_comparing_writes_nothing() -> None:
    older(make_scored())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        run("1.0.0", "now")
    assert queries.captured_queries
    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}
