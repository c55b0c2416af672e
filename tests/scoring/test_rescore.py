"""Judging anew after an upgrade: beside the old rows, once, and never in the way of people who hand in now."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.steps import STEPS
from interview import history
from jobs.models import Outbox
from scoring import encoding, engine, grading, sample
from scoring.engine import calibration
from scoring.management.commands import rescore
from scoring.models import Evaluation, StepMark, Submission
from tests.accounts.factories import make_user
from tests.catalog.factories import make_question
from tests.scoring.factories import score_now

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
TEXT = "Pressing the button makes the bulb glow at once, because people wait for the light in every town."


@pytest.fixture(autouse=True)
def _by_words(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Without the model, and with nothing kept from a test that had it."""
    settings.SCORING_ENCODER = encoding.NONE
    monkeypatch.setattr(encoding, "encoder", lambda: None)


def submit(slug: str = "lamps", **fields: Any) -> Submission:
    answer = {step.key: f"{TEXT} The {step.title} covers ten million lamps." for step in STEPS}
    edition = make_question(slug=slug).current
    return grading.submit(**{"user": None, "edition": edition, "variant": 0, "answer": answer, "now": NOW, **fields})


def scored(slug: str = "lamps", **fields: Any) -> Submission:
    submission = submit(slug, **fields)
    score_now(submission.evaluations.get())
    return submission


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
    submission = scored()
    judged_by(submission, **other)
    old = submission.evaluations.get()
    assert run() == "1 of 1 submissions are queued to be scored anew\n"
    new = submission.evaluations.exclude(pk=old.pk).get()
    assert score_now(new).engine == engine.ENGINE_VERSION
    assert (new.encoder, new.calibration) == (encoding.WORDS, calibration.VERSION)
    old.refresh_from_db()
    assert old.step_marks.count() == new.step_marks.count() == 5


def test_asking_again_queues_nothing_more() -> None:
    submission = scored()
    assert run() == "0 of 1 submissions are queued to be scored anew\n"
    judged_by(submission, engine="1.0.0")
    run()
    assert run() == "0 of 1 submissions are queued to be scored anew\n", "it waits already"
    assert Outbox.objects.count() == 1
    score_now(submission.evaluations.get(status=Evaluation.Status.QUEUED))
    assert run() == "0 of 1 submissions are queued to be scored anew\n"
    assert submission.evaluations.count() == 2


def test_a_dry_run_counts_and_queues_nothing() -> None:
    judged_by(scored(), engine="1.0.0")
    assert run("--dry-run") == "1 of 1 submissions would be scored anew\n"
    assert Evaluation.objects.count() == 1
    assert not Outbox.objects.exists()


def test_one_question_alone_and_only_one_that_exists() -> None:
    for slug in ("lamps", "lanterns"):
        judged_by(scored(slug), engine="1.0.0")
    assert run("--question", "lanterns") == "1 of 1 submissions are queued to be scored anew\n"
    assert Evaluation.objects.get(status="queued").submission.edition.question.slug == "lanterns"
    with pytest.raises(CommandError, match="there is no question “nope”"):
        run("--question", "nope")


def test_people_who_hand_in_meanwhile_wait_for_one_batch_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescore, "BATCH", 2)
    for _ in range(5):
        judged_by(scored(), engine="1.0.0")
    assert run() == "5 of 5 submissions are queued to be scored anew, the last batch in 2 minutes\n"
    due = sorted(Outbox.objects.values_list("due_at", flat=True))
    assert [(at - due[0]) // rescore.APART for at in due] == [0, 0, 1, 1, 2]


def test_the_sample_is_left_to_its_own_command() -> None:
    submission = scored(is_sample=True)
    judged_by(submission, engine="1.0.0")
    assert run() == "0 of 0 submissions are queued to be scored anew\n"
    assert sample.latest() == submission.evaluations.get()


def test_what_could_not_be_scored_by_these_rules_waits_for_a_person_or_for_other_rules() -> None:
    submission = submit()
    grading.give_up(str(submission.evaluations.get().pk), "no memory")
    Outbox.objects.all().delete()
    assert not grading.rescore(submission, now=LATER)
    judged_by(submission, engine="1.0.0")
    assert grading.rescore(submission, now=LATER)


def test_back_at_an_earlier_engine_its_result_counts_again_and_nothing_is_worked_out_twice() -> None:
    submission = scored()
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


def test_a_model_that_cannot_be_loaded_twice_gives_one_result_by_words(settings: Any) -> None:
    submission = scored()
    by_words = submission.evaluations.get()
    settings.SCORING_ENCODER = "minilm"
    assert grading.rescore(submission, now=LATER)
    asked = submission.evaluations.exclude(pk=by_words.pk).get()
    from jobs import runner

    runner.run(Outbox.objects.get(object_id=str(asked.pk)).pk, now=LATER)
    assert submission.evaluations.get() == by_words
    assert StepMark.objects.count() == 5
    assert not Outbox.objects.exists()


def test_the_best_of_a_person_is_not_a_result_that_another_took_the_place_of() -> None:
    alice = make_user("alice@example.com")
    submission = scored(user=alice)
    judged_by(submission, engine="1.0.0")
    Evaluation.objects.update(overall=100.0, low=99.0, high=100.0, band="exceptional")
    grading.rescore(submission, now=LATER)
    new = score_now(submission.evaluations.get(status=Evaluation.Status.QUEUED))
    best = history.best_by_question(alice)[submission.edition.question_id]
    assert (best.low, best.band) == (new.low, new.band) != (99.0, "exceptional")
