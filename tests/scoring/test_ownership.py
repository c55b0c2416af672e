"""What a person takes out holds all that was said of their answers, whoever adds a field."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models import User
from catalog.steps import STEPS
from scoring import grading, ownership
from scoring.models import CriterionMark, Evaluation, StepMark, Submission
from tests.accounts.factories import make_user
from tests.catalog.factories import make_question
from tests.scoring.factories import score_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_words")]
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT = "Pressing the button makes the bulb glow at once, because people wait for the light in every town."
# How rows hang together, and what only workers look at.
NOT_SAID = {
    Submission: {"id", "user", "answer_hash", "is_sample"},
    Evaluation: {"id", "submission", "attempts", "started_at"},
    StepMark: {"id", "evaluation", "position"},
    CriterionMark: {"id", "evaluation", "position"},
}
CALLED = {"created_at": "submitted_at"}


@pytest.fixture
def alice(db: None) -> User:
    return make_user("alice@example.com")


@pytest.fixture
def judged(alice: User) -> Evaluation:
    answer = {step.key: f"{TEXT} The {step.title} covers ten million lamps." for step in STEPS}
    submission = grading.submit(user=alice, edition=make_question().current, variant=2, answer=answer, now=NOW)
    return score_now(submission.evaluations.get())


def names(model: type[models.Model]) -> set[str]:
    """What a record of this model must hold; the two ends of a range are one."""
    fields = {field.name for field in model._meta.concrete_fields} - NOT_SAID[model]
    return {"range" if name in ("low", "high") else name for name in fields}


def exported(user: User) -> dict[str, Any]:
    (record,) = json.loads(json.dumps(ownership.export(user), cls=DjangoJSONEncoder))
    assert isinstance(record, dict)
    return record


def test_no_field_that_says_something_stays_behind(alice: User, judged: Evaluation) -> None:
    record = exported(alice)
    (evaluation,) = record["evaluations"]
    assert {CALLED.get(name, name) for name in names(Submission)} <= record.keys()
    assert names(Evaluation) <= evaluation.keys()
    assert names(StepMark) <= evaluation["steps"][0].keys()
    assert names(CriterionMark) <= evaluation["criteria"][0].keys()


def test_what_is_taken_out_is_what_was_stored(alice: User, judged: Evaluation) -> None:
    note = {"kind": "mistake", "text": "No switch is as quick.", "evidence": {"quote": "at once"}}
    Evaluation.objects.filter(pk=judged.pk).update(
        gates=["No need is stated."], ask_mentor=["Much is in doubt."], lift={"criterion": "k", "overall": 51.0}
    )
    judged.step_marks.filter(step="deep_dive").update(notes=[note], reason="Too short.", low=0.5, high=2.5)
    judged.criterion_marks.filter(step="wrap_up").update(notes=[note], unsure=["Say who watches."], summary="Thin.")
    record = exported(alice)
    (evaluation,) = record["evaluations"]
    assert (record["edition"], record["variant"]) == (1, 2)
    assert [evaluation[name] for name in ("engine", "encoder", "calibration", "grader_key")] == [
        judged.engine,
        "words",
        judged.calibration,
        judged.grader_key,
    ]
    assert evaluation["gates"] == ["No need is stated."]
    assert evaluation["ask_mentor"] == ["Much is in doubt."]
    assert evaluation["lift"] == {"criterion": "k", "overall": 51.0}
    step = next(row for row in evaluation["steps"] if row["step"] == "deep_dive")
    assert (step["notes"], step["reason"], step["range"]) == ([note], "Too short.", [0.5, 2.5])
    last = evaluation["criteria"][-1]
    assert (last["notes"], last["unsure"], last["summary"]) == ([note], ["Say who watches."], "Thin.")


def test_every_judgement_is_taken_out_and_not_only_the_newest(alice: User, judged: Evaluation) -> None:
    Evaluation.objects.filter(pk=judged.pk).update(engine="1.0.0", grader_key="rules:1.0.0")
    grading.rescore(judged.submission, now=datetime(2026, 4, 1, tzinfo=UTC))
    statuses = {row["grader_key"]: row["status"] for row in exported(alice)["evaluations"]}
    assert sorted(statuses.values()) == ["done", "queued"]
    assert statuses["rules:1.0.0"] == "done"
