"""Scoring in the test's own process, through the same runner as a worker's."""

from django.utils import timezone

from jobs import outbox
from scoring import grading
from scoring.models import Evaluation


def score_now(evaluation: Evaluation) -> Evaluation:
    """Run the queued job of an evaluation, as the worker does, and read the row again."""
    from jobs import runner
    from jobs.models import Outbox

    row = Outbox.objects.get(kind=grading.KIND, object_id=str(evaluation.pk))
    runner.run(row.pk, now=timezone.now())
    evaluation.refresh_from_db()
    return evaluation


__all__ = ["outbox", "score_now"]
