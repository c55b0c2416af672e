"""Whose submissions they are: handing over, taking out, forgetting."""

from typing import Any

from accounts.models import User
from jobs import outbox
from scoring import grading
from scoring.models import Evaluation, Submission


def adopt(guest: User, account: User) -> None:
    """What a guest handed in belongs to the account they signed in to."""
    Submission.objects.for_user(guest).update(user=account)


def erase(user: User) -> None:
    """Cancel what is still queued for this person; their rows go with them."""
    waiting = Evaluation.objects.filter(submission__user=user).values_list("pk", flat=True)
    for evaluation in waiting:
        outbox.cancel(grading.KIND, evaluation)


def export(user: User) -> list[dict[str, Any]]:
    """Every submission with its marks, for the person's own archive."""
    rows = (
        Submission.objects.for_user(user)
        .select_related("edition__question")
        .prefetch_related("evaluations__step_marks", "evaluations__criterion_marks")
    )
    return [
        {
            "question": row.edition.question.slug,
            "edition": row.edition.number,
            "variant": row.variant,
            "submitted_at": row.created_at,
            "answer": row.answer,
            "evaluations": [
                {
                    "source": evaluation.source,
                    "status": evaluation.status,
                    "engine": evaluation.engine,
                    "overall": evaluation.overall,
                    "range": [evaluation.low, evaluation.high],
                    "band": evaluation.band,
                    "level": evaluation.level,
                    "steps": {mark.step: mark.mark for mark in evaluation.step_marks.all()},
                    "criteria": [
                        {"key": mark.key, "mark": mark.mark, "evidence": mark.evidence, "missing": mark.missing}
                        for mark in evaluation.criterion_marks.all()
                    ],
                }
                for evaluation in row.evaluations.all()
            ],
        }
        for row in rows
    ]
