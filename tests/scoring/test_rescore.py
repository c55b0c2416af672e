"""Judging anew after an upgrade: beside the old rows, once, and never in the way of people who hand in now."""

import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from interview import history
from jobs.models import Outbox
from scoring import encoding, engine, grading, sample
from scoring.engine import calibration
from scoring.management.commands import rescore
from scoring.models import Evaluation, StepMark, Submission
from tests.accounts.factories import make_user
from tests.scoring.factories import NOW, make_scored, make_submission, score_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_words")]
LATER = NOW + timedelta(days=30)


def judged_by(submission: Submission, **fields: str) -> None:
    """As if another engine, encoder or calibration had judged it last."""
    current = {"engine": engine.ENGINE_VERSION, "encoder": encoding.WORDS, "calibration": calibration.VERSION}
    other = current | fields
    key = grading.rules_key(
        submission.edition, version=other["engine"], encoder=other["encoder"], lines=other["calibration"]
    )
    Evaluation.objects.filter(submission=submission).update(grader_key=key, **fields)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rescore", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("other", [{"engine": "1.0.0"}, {"encoder": "other-model"}, {"calibration": "0"}])
def test_what_another_engine_encoder_or_calibration_judged_is_queued_beside_it(other: dict[str, str]) -> None:
    submission = make_scored()
    judged_by(submission, **other)
    old = submission.evaluations.get()
    assert run() == "1 of 1 submissions are queued to be scored anew\n"
    new = submission.evaluations.exclude(pk=old.pk).get()
    assert score_now(new).engine == engine.ENGINE_VERSION
    assert (new.encoder, new.calibration) == (encoding.WORDS, calibration.VERSION)
    old.refresh_from_db()
    assert old.step_marks.count() == new.step_marks.count() == 5


def test_asking_again_queues_nothing_more() -> None:
    submission = make_scored()
    assert run() == "0 of 1 submissions are queued to be scored anew\n"
    judged_by(submission, engine="1.0.0")
    run()
    assert run() == "0 of 1 submissions are queued to be scored anew\n", "it waits already"
    assert Outbox.objects.count() == 1
    score_now(submission.evaluations.get(status=Evaluation.Status.QUEUED))
    assert run() == "0 of 1 submissions are queued to be scored anew\n"
    assert submission.evaluations.count() == 2


def test_a_dry_run_counts_and_queues_nothing() -> None:
    judged_by(make_scored(), engine="1.0.0")
    assert run("--dry-run") == "1 of 1 submissions would be scored anew\n"
    assert Evaluation.objects.count() == 1
    assert not Outbox.objects.exists()


def test_one_question_alone_and_only_one_that_exists() -> None:
    for slug in ("lamps", "lanterns"):
        judged_by(make_scored(slug), engine="1.0.0")
    assert run("--question", "lanterns") == "1 of 1 submissions are queued to be scored anew\n"
    assert Evaluation.objects.get(status="queued").submission.edition.question.slug == "lanterns"
    with pytest.raises(CommandError, match="there is no question “nope”"):
        run("--question", "nope")


def test_people_who_hand_in_meanwhile_wait_for_one_batch_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescore, "BATCH", 2)
    for _ in range(5):
        judged_by(make_scored(), engine="1.0.0")
    assert run() == "5 of 5 submissions are queued to be scored anew, the last batch in 2 minutes\n"
    due = sorted(Outbox.objects.values_list("due_at", flat=True))
    assert [(at - due[0]) // rescore.APART for at in due] == [0, 0, 1, 1, 2]


def test_the_sample_is_left_to_its_own_command() -> None:
    submission = make_scored(is_sample=True)
    judged_by(submission, engine="1.0.0")
    assert run() == "0 of 0 submissions are queued to be scored anew\n"
    assert sample.latest() == submission.evaluations.get()


def test_what_could_not_be_scored_by_these_rules_waits_for_a_person_or_for_other_rules() -> None:
    submission = make_submission()
    grading.give_up(str(submission.evaluations.get().pk), "no memory")
    Outbox.objects.all().delete()
    assert not grading.rescore(submission, now=LATER)
    judged_by(submission, engine="1.0.0")
    assert grading.rescore(submission, now=LATER)


def test_back_at_an_earlier_engine_its_result_counts_again_and_nothing_is_worked_out_twice() -> None:
    submission = make_scored()
    first = submission.evaluations.get()
    Evaluation.objects.create(
        submission=submission,
        source="rules",
        status="done",
        grader_key=grading.rules_key(submission.edition, version="9.0.0"),
        engine="9.0.0",
        created_at=NOW + timedelta(days=1),
        finished_at=NOW + timedelta(days=1),
    )
    assert Evaluation.objects.by_rules().get().engine == "9.0.0"
    assert grading.rescore(submission, now=LATER)
    assert not grading.rescore(submission, now=LATER)
    assert Evaluation.objects.by_rules().get() == first
    assert submission.evaluations.count() == 2
    assert not Outbox.objects.exists()


def test_a_model_that_cannot_be_loaded_twice_gives_one_result_by_words(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = make_scored()
    by_words = submission.evaluations.get()
    # The record is there and the weights are not: what will be used is known, and then it cannot be.
    shutil.copy(encoding.DIRECTORY / "MODEL.json", tmp_path)
    monkeypatch.setattr(encoding, "DIRECTORY", tmp_path)
    settings.SCORING_ENCODER = "minilm"
    encoding.encoder.cache_clear()
    assert grading.rescore(submission, now=LATER)
    asked = submission.evaluations.exclude(pk=by_words.pk).get()
    from jobs import runner

    runner.run(Outbox.objects.get(object_id=str(asked.pk)).pk, now=LATER)
    assert submission.evaluations.get() == by_words
    assert StepMark.objects.count() == 5
    assert not Outbox.objects.exists()


def test_the_best_of_a_person_is_not_a_result_that_another_took_the_place_of() -> None:
    alice = make_user("alice@example.com")
    submission = make_scored(user=alice)
    judged_by(submission, engine="1.0.0")
    Evaluation.objects.update(overall=100.0, low=99.0, high=100.0, band="exceptional")
    grading.rescore(submission, now=LATER)
    new = score_now(submission.evaluations.get(status=Evaluation.Status.QUEUED))
    best = history.best_by_question(alice)[submission.edition.question_id]
    assert (best.low, best.band) == (new.low, new.band) != (99.0, "exceptional")
