"""Submissions for tests, and scoring them in the test's own process, through the same runner as a worker's."""

from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone

from catalog.steps import STEPS
from jobs import runner
from jobs.models import Outbox
from scoring import grading
from scoring.models import Evaluation, Submission
from tests.catalog.factories import make_question

NOW: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT: Final = "Pressing the button makes the bulb glow at once, because people wait for the light in every town."


def make_submission(slug: str = "lamps", **fields: Any) -> Submission:
    """Somebody's answer that says a little in every step, handed in at NOW."""
    edition = make_question(slug=slug).current
    answer = {step.key: f"{TEXT} The {step.title} covers ten million lamps." for step in STEPS}
    return grading.submit(**{"user": None, "edition": edition, "variant": 0, "answer": answer, "now": NOW, **fields})


def make_scored(slug: str = "lamps", **fields: Any) -> Submission:
    submission = make_submission(slug, **fields)
    score_now(submission.evaluations.get())
    return submission


def score_now(evaluation: Evaluation) -> Evaluation:
    """Run the queued job of an evaluation, as the worker does, and read the row again."""
    row = Outbox.objects.get(kind=grading.KIND, object_id=str(evaluation.pk))
    runner.run(row.pk, now=timezone.now())
    evaluation.refresh_from_db()
    return evaluation
