"""Submitting, scoring, giving up, trying again: what is stored, and that it is stored once."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from catalog.steps import STEPS
from jobs import outbox, runner
from jobs.models import Outbox
from scoring import encoding, engine, grading
from scoring.engine import calibration
from scoring.models import CriterionMark, Evaluation, StepMark, Submission
from tests.accounts.factories import make_user
from tests.catalog.factories import make_question
from tests.scoring.factories import NOW, TEXT, make_submission, score_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_words")]


@pytest.fixture
def alice(db: None) -> User:
    return make_user("alice@example.com")


def submit(user: User | None, **fields: Any) -> Evaluation:
    return make_submission(user=user, **fields).evaluations.get()


def test_a_submission_and_its_job_appear_together_or_not_at_all(alice: User) -> None:
    def interrupted() -> None:
        with transaction.atomic():
            submit(alice)
            raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        interrupted()
    assert not Submission.objects.exists()
    assert not Outbox.objects.exists()


def test_steps_that_were_not_answered_are_empty_texts(alice: User) -> None:
    evaluation = submit(alice, answer={"requirements": "a"})
    assert evaluation.submission.answer == {
        "requirements": "a",
        "estimation": "",
        "high_level_design": "",
        "deep_dive": "",
        "wrap_up": "",
    }


def test_a_score_is_stored_whole(alice: User) -> None:
    evaluation = score_now(submit(alice))
    assert evaluation.status == Evaluation.Status.DONE
    assert (evaluation.engine, evaluation.encoder, evaluation.calibration) == (
        engine.ENGINE_VERSION,
        encoding.WORDS,
        calibration.VERSION,
    )
    assert evaluation.grader_key == grading.rules_key(evaluation.submission.edition)
    assert isinstance(evaluation.ask_mentor, list)
    assert evaluation.finished_at is not None
    assert [mark.step for mark in evaluation.step_marks.all()] == [step.key for step in STEPS]
    assert evaluation.criterion_marks.count() == 12
    assert not Outbox.objects.exists()


def test_the_stored_score_is_the_engines(alice: User) -> None:
    from scoring.engine.types import Answer

    evaluation = score_now(submit(alice))
    submission = evaluation.submission
    result = engine.score(submission.edition.spec, Answer(submission.answer), variant=0)
    assert evaluation.overall == result.overall
    assert [mark.mark for mark in evaluation.step_marks.all()] == [step.mark for step in result.steps]
    stored = {mark.key: mark.mark for mark in evaluation.criterion_marks.all()}
    assert stored == {criterion.key: criterion.mark for step in result.steps for criterion in step.criteria}


def test_the_key_of_the_rules_changes_with_engine_encoder_and_edition(settings: Any) -> None:
    first, second = (make_question(slug=slug).current for slug in ("lamps", "doors"))
    keys = {
        grading.rules_key(first),
        grading.rules_key(second),
        grading.rules_key(first, version="0.0.0"),
        grading.rules_key(first, encoder="another"),
    }
    assert len(keys) == 4
    assert all(key.startswith("rules:") for key in keys)
    settings.SCORING_ENCODER = "minilm"
    assert grading.rules_key(first) == grading.rules_key(first, encoder=encoding.fingerprint())


def test_the_encoder_that_scored_is_stored_and_not_the_one_of_the_day_it_was_handed_in(
    alice: User, settings: Any
) -> None:
    evaluation = submit(alice)
    assert ":words:" in evaluation.grader_key
    settings.SCORING_ENCODER = "minilm"
    encoding.encoder.cache_clear()
    evaluation = score_now(evaluation)
    assert evaluation.encoder == encoding.fingerprint()
    assert evaluation.grader_key == grading.rules_key(evaluation.submission.edition)


def test_why_a_mentor_should_look_is_stored(alice: User) -> None:
    wrong = (
        "Lamps never fail and never go down. Monitoring is not needed. Backups are not needed either, it is perfect."
    )
    evaluation = score_now(submit(alice, answer={step.key: f"{TEXT} {wrong}" for step in STEPS}))
    from scoring.engine.types import Answer

    submission = evaluation.submission
    result = engine.score(submission.edition.spec, Answer(submission.answer))
    assert result.ask_mentor
    assert evaluation.ask_mentor == list(result.ask_mentor)


def test_a_drill_keeps_its_step_and_has_no_overall(alice: User) -> None:
    lamps = " ".join([TEXT] * 3)
    evaluation = score_now(submit(alice, asked=["deep_dive"], answer={"deep_dive": lamps}))
    assert evaluation.status == Evaluation.Status.DONE
    assert (evaluation.overall, evaluation.low, evaluation.high) == (None, None, None)
    assert (evaluation.band, evaluation.level, evaluation.gates, evaluation.lift) == ("", "", [], None)
    assert [mark.step for mark in evaluation.step_marks.all()] == ["deep_dive"]
    assert {mark.step for mark in evaluation.criterion_marks.all()} == {"deep_dive"}


def test_the_same_answer_gets_the_same_marks(alice: User) -> None:
    first, second = score_now(submit(alice)), score_now(submit(alice))
    assert first.pk != second.pk
    assert (first.overall, first.low, first.high) == (second.overall, second.low, second.high)


def test_a_duplicate_message_scores_nothing_twice(alice: User) -> None:
    evaluation = submit(alice)
    row = Outbox.objects.get()
    score_now(evaluation)
    runner.run(row.pk, now=NOW)
    assert StepMark.objects.count() == 5
    assert CriterionMark.objects.count() == 12


def test_a_worker_that_lost_its_claim_stores_nothing(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = submit(alice)
    real = engine.score

    def slow(*args: Any, **kwargs: Any) -> Any:
        # While it thinks, its lease runs out and another worker takes the job.
        Outbox.objects.update(claim_token="00000000-0000-4000-8000-000000000000")
        return real(*args, **kwargs)

    monkeypatch.setattr(engine, "score", slow)
    runner.run(Outbox.objects.get().pk, now=NOW)
    evaluation.refresh_from_db()
    assert evaluation.status == Evaluation.Status.SCORING
    assert not StepMark.objects.exists()


def test_an_engine_that_fails_is_tried_again_and_then_dead(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = submit(alice)

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ValueError("no such criterion")

    monkeypatch.setattr(engine, "score", broken)
    for _ in range(outbox.MAX_ATTEMPTS):
        Outbox.objects.update(due_at=NOW)
        runner.run(Outbox.objects.get().pk, now=NOW)
    evaluation.refresh_from_db()
    assert evaluation.status == Evaluation.Status.DEAD
    assert "no such criterion" in evaluation.reason
    assert evaluation.attempts == outbox.MAX_ATTEMPTS
    assert evaluation.overall is None

    monkeypatch.undo()
    assert grading.retry(evaluation, now=NOW)
    assert not grading.retry(evaluation, now=NOW), "somebody else pressed first"
    assert score_now(evaluation).status == Evaluation.Status.DONE


def test_nothing_that_is_not_done_can_carry_a_score(alice: User) -> None:
    evaluation = submit(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(pk=evaluation.pk).update(overall=70.0)


def test_one_evaluation_per_grader(alice: User) -> None:
    evaluation = submit(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(
            submission=evaluation.submission, source="rules", grader_key=evaluation.grader_key, created_at=NOW
        )


def test_deleting_a_person_deletes_what_they_handed_in(alice: User) -> None:
    score_now(submit(alice))
    alice.delete()
    for model in (Submission, Evaluation, StepMark, CriterionMark):
        assert not model.objects.exists()


# What was said in the room


TALK = [
    {"at": 30.0, "kind": "question", "key": "", "text": "How many lamps?", "step": "requirements"},
    {"at": 30.0, "kind": "reply", "key": "clarification_1", "text": "Ten.", "step": "requirements", "counts": True},
    {"at": 40.0, "kind": "reply", "key": "clarification_2", "text": "Yes.", "step": "requirements"},
    {"at": 90.0, "kind": "probe", "key": "dark", "text": "What if it is dark?", "step": "deep_dive"},
    {"at": 95.0, "kind": "probe_reply", "key": "dark", "text": "", "step": "deep_dive"},
    {"at": 97.0, "kind": "skip", "key": "dark", "text": "", "step": "deep_dive"},
    {"at": 99.0, "kind": "curveball", "key": "power", "text": "The power is out.", "step": "deep_dive"},
]


def test_what_was_said_goes_to_the_engine(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from scoring.engine.types import Answer

    seen: list[Answer] = []
    real = engine.score

    def score(question: Any, answer: Answer, **more: Any) -> Any:
        seen.append(answer)
        return real(question, answer, **more)

    monkeypatch.setattr(engine, "score", score)
    hint = {"at": 98.0, "kind": "hint", "key": "bulbs", "text": "Think of bulbs.", "step": "deep_dive", "cost": 0.05}
    pieces = [
        {"step": "estimation", "part": "text", "start": 0, "end": 5, "key": ""},
        {"step": "estimation", "part": "sheet", "start": 7, "end": 40, "key": ""},
    ]
    evaluation = score_now(submit(alice, exchanges=[*TALK, hint], pieces=pieces))
    assert evaluation.status == Evaluation.Status.DONE
    assert seen == [
        Answer(
            evaluation.submission.answer,
            asked=("clarification_1",),
            hints=(("bulbs", 0.05),),
            said=("Ten.", "Yes.", "What if it is dark?", "The power is out.", "Think of bulbs."),
            sheets=(("estimation", 7, 40),),
        )
    ]


def test_a_hint_is_stored_with_its_criterion(alice: User) -> None:
    plain = score_now(submit(alice)).criterion_marks.filter(mark__gte=0.5).first()
    assert plain is not None
    hint = {"at": 9.0, "kind": "hint", "key": plain.key, "text": "Think of it.", "step": plain.step, "cost": 0.05}
    stored = score_now(submit(alice, exchanges=[hint])).criterion_marks.get(key=plain.key)
    assert stored.mark == pytest.approx((plain.mark or 0) - 0.2)
    assert {"kind": "talk", "text": "A hint was taken here: −0.2.", "evidence": None} in stored.notes
