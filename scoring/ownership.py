"""Whose submissions they are: handing over, taking out, forgetting."""

from typing import Any

from accounts.models import User
from jobs import outbox
from scoring import grading
from scoring.models import CriterionMark, Evaluation, StepMark, Submission


def adopt(guest: User, account: User) -> None:
    """What a guest handed in belongs to the account they signed in to."""
    Submission.objects.for_user(guest).update(user=account)


def erase(user: User) -> None:
    """Cancel what is still queued for this person; their rows go with them."""
    waiting = Evaluation.objects.filter(submission__user=user).values_list("pk", flat=True)
    for evaluation in waiting:
        outbox.cancel(grading.KIND, evaluation)


def export(user: User) -> list[dict[str, Any]]:
    """Every submission with all that was ever made of it, for the person's own archive."""
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
            "asked": row.asked,
            "answer": row.answer,
            "originals": row.originals,
            "pieces": row.pieces,
            "exchanges": row.exchanges,
            "evaluations": [_evaluation(evaluation) for evaluation in row.evaluations.all()],
        }
        for row in rows
    ]


def _evaluation(row: Evaluation) -> dict[str, Any]:
    return {
        "source": row.source,
        "grader_key": row.grader_key,
        "status": row.status,
        "reason": row.reason,
        "created_at": row.created_at,
        "finished_at": row.finished_at,
        "engine": row.engine,
        "encoder": row.encoder,
        "calibration": row.calibration,
        "overall": row.overall,
        "range": [row.low, row.high],
        "band": row.band,
        "level": row.level,
        "gates": row.gates,
        "lift": row.lift,
        "ask_mentor": row.ask_mentor,
        "steps": [_step(mark) for mark in row.step_marks.all()],
        "criteria": [_criterion(mark) for mark in row.criterion_marks.all()],
    }


def _step(row: StepMark) -> dict[str, Any]:
    return {
        "step": row.step,
        "mark": row.mark,
        "range": [row.low, row.high],
        "scorable": row.scorable,
        "confidence": row.confidence,
        "reason": row.reason,
        "notes": row.notes,
    }


def _criterion(row: CriterionMark) -> dict[str, Any]:
    return {
        "step": row.step,
        "key": row.key,
        "mark": row.mark,
        "confidence": row.confidence,
        "summary": row.summary,
        "evidence": row.evidence,
        "missing": row.missing,
        "unsure": row.unsure,
        "points": row.points,
        "notes": row.notes,
    }
