"""submit · score · wait · give_up · retry · rescore: the only code that writes submissions and evaluations.

Submitting and asking for a score is one transaction with the job that will do it; the score and the end of
that job are another. Whatever dies in between, the submission is there and is scored once.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from catalog.models import Edition
from catalog.steps import STEPS
from jobs import outbox
from scoring import encoding, engine
from scoring.engine import calibration
from scoring.engine.types import Answer, PointResult, Result
from scoring.models import CriterionMark, Evaluation, StepMark, Submission

KIND = "score"
ALL_STEPS = tuple(step.key for step in STEPS)


@transaction.atomic
def submit(
    *,
    user: User | None,
    edition: Edition,
    variant: int,
    answer: Mapping[str, str],
    asked: Sequence[str] = ALL_STEPS,
    originals: Mapping[str, str] | None = None,
    pieces: Sequence[Mapping[str, Any]] = (),
    exchanges: Sequence[Mapping[str, Any]] = (),
    is_sample: bool = False,
    now: datetime,
) -> Submission:
    """Freeze an answer and queue the rules to judge it. Step keys that were not answered are empty texts.

    What was typed and drawn, where it lies in the answer and what was said are kept with it: see Submission.
    """
    texts = {key: answer.get(key, "") for key in asked}
    submission = Submission.objects.create(
        user=user,
        edition=edition,
        variant=variant,
        asked=list(asked),
        answer=texts,
        answer_hash=hashlib.sha256(json.dumps(texts, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
        originals=dict(originals or {}),
        pieces=[dict(piece) for piece in pieces],
        exchanges=[dict(one) for one in exchanges],
        is_sample=is_sample,
        created_at=now,
    )
    evaluation = Evaluation.objects.create(
        submission=submission,
        source=Evaluation.Source.RULES,
        grader_key=rules_key(edition),
        created_at=now,
    )
    outbox.enqueue(KIND, evaluation.pk, due_at=now)
    return submission


def rules_key(
    edition: Edition,
    *,
    version: str = engine.ENGINE_VERSION,
    lines: str = calibration.VERSION,
    encoder: str | None = None,
) -> str:
    """Who judges: the rules of one engine, with its calibration and one encoder, on one edition.

    `encoder` is the fingerprint of the one that was used; by default, of the one that will be.
    """
    read_with = encoding.fingerprint() if encoder is None else encoder
    return f"rules:{version}:calibration-{lines}:{read_with}:edition-{edition.pk}"


def score(job: outbox.Job) -> None:
    """Judge one evaluation. Safe to run twice: only the holder of the job's claim writes, and only once."""
    evaluation = Evaluation.objects.select_related("submission__edition").filter(pk=job.object_id).first()
    if evaluation is None or evaluation.status == Evaluation.Status.DONE:
        return
    Evaluation.objects.waiting().filter(pk=evaluation.pk).update(
        status=Evaluation.Status.SCORING, started_at=job.now, attempts=F("attempts") + 1
    )
    submission = evaluation.submission
    result = engine.score(
        submission.edition.spec, _answer(submission), variant=submission.variant, encoder=encoding.encoder()
    )
    with job.finish():
        _record(evaluation, result, now=timezone.now())


# What the interviewer says, and what of it costs or counts.
_SAID = frozenset(["probe", "curveball", "hint", "reply"])


def _answer(submission: Submission) -> Answer:
    """What the engine judges: the texts, what is a sheet in them, and what was said while they were written."""
    said = submission.exchanges
    return Answer(
        submission.answer,
        asked=tuple(one["key"] for one in said if one["kind"] == "reply" and one.get("counts")),
        hints=tuple((one["key"], float(one.get("cost", 0))) for one in said if one["kind"] == "hint"),
        said=tuple(one["text"] for one in said if one["kind"] in _SAID and one["text"]),
        sheets=tuple((one["step"], one["start"], one["end"]) for one in submission.pieces if one["part"] == "sheet"),
    )


def wait(evaluation_id: str, reason: str) -> None:
    """A try failed and another is planned: nobody is reading the answer meanwhile."""
    Evaluation.objects.waiting().filter(pk=evaluation_id).update(status=Evaluation.Status.QUEUED, reason=reason[:500])


def give_up(evaluation_id: str, reason: str) -> None:
    """The job is dead: say so where the candidate looks."""
    Evaluation.objects.waiting().filter(pk=evaluation_id).update(status=Evaluation.Status.DEAD, reason=reason[:500])


@transaction.atomic
def retry(evaluation: Evaluation, *, now: datetime) -> bool:
    """Queue a dead evaluation again; False when it was not dead (somebody else pressed first)."""
    won = Evaluation.objects.filter(pk=evaluation.pk, status=Evaluation.Status.DEAD).update(
        status=Evaluation.Status.QUEUED, reason=""
    )
    if won:
        outbox.enqueue(KIND, evaluation.pk, due_at=now)
    return bool(won)


def is_outdated(submission: Submission) -> bool:
    """Whether the rules of today were not the last to judge it, and are not about to."""
    newest = submission.evaluations.filter(source=Evaluation.Source.RULES).order_by("-created_at").first()
    return newest is None or (not newest.is_waiting and newest.grader_key != rules_key(submission.edition))


@transaction.atomic
def rescore(submission: Submission, *, now: datetime, due_at: datetime | None = None) -> bool:
    """Queue it for the rules of today, beside what earlier ones made of it; False when it is not outdated.

    What these same rules once found is not worked out again: it becomes the newest.
    """
    if not is_outdated(submission):
        return False
    evaluation, is_new = Evaluation.objects.get_or_create(
        submission=submission,
        grader_key=rules_key(submission.edition),
        defaults={"source": Evaluation.Source.RULES, "created_at": now},
    )
    if is_new:
        outbox.enqueue(KIND, evaluation.pk, due_at=due_at or now)
    else:
        Evaluation.objects.filter(pk=evaluation.pk).update(created_at=now)
        retry(evaluation, now=due_at or now)
    return True


def _record(evaluation: Evaluation, result: Result, *, now: datetime) -> None:
    """Write a result. A drill of one step keeps its step and has no overall, band or level."""
    asked = set(evaluation.submission.asked)
    whole = evaluation.submission.is_whole
    # The engine and encoder that scored, not those of the day it was handed in.
    key = rules_key(
        evaluation.submission.edition, version=result.engine, lines=result.calibration, encoder=result.encoder
    )
    if _is_known(evaluation, key):
        evaluation.delete()
        return
    Evaluation.objects.filter(pk=evaluation.pk).update(
        status=Evaluation.Status.DONE,
        grader_key=key,
        reason="",
        finished_at=now,
        engine=result.engine,
        encoder=result.encoder,
        calibration=result.calibration,
        ask_mentor=list(result.ask_mentor),
        overall=result.overall if whole else None,
        low=result.range[0] if whole and result.range else None,
        high=result.range[1] if whole and result.range else None,
        band=(result.band or "") if whole else "",
        level=(result.level or "") if whole else "",
        gates=list(result.gates) if whole else [],
        lift=asdict(result.lift) if whole and result.lift else None,
    )
    steps = [step for step in result.steps if step.step in asked]
    StepMark.objects.bulk_create(
        StepMark(
            evaluation=evaluation,
            step=step.step,
            position=position,
            mark=step.mark,
            low=step.low,
            high=step.high,
            scorable=step.scorable,
            confidence=step.confidence,
            reason=step.reason,
            notes=[asdict(note) for note in step.notes],
        )
        for position, step in enumerate(steps)
    )
    criteria = [criterion for step in steps for criterion in step.criteria]
    CriterionMark.objects.bulk_create(
        CriterionMark(
            evaluation=evaluation,
            step=criterion.step,
            key=criterion.key,
            position=position,
            mark=criterion.mark,
            confidence=criterion.confidence,
            evidence=[asdict(evidence) for evidence in criterion.evidence],
            missing=list(criterion.missing),
            unsure=list(criterion.unsure),
            notes=[asdict(note) for note in criterion.notes],
            summary=criterion.summary,
            points=[_point(point) for point in criterion.points],
        )
        for position, criterion in enumerate(criteria)
    )


def _point(point: PointResult) -> dict[str, Any]:
    """What it asks for is in the edition."""
    return {"key": point.key, "state": point.state, "evidence": [asdict(evidence) for evidence in point.evidence]}


def _is_known(evaluation: Evaluation, key: str) -> bool:
    """Whether the same judge found the same before, as when the model could not be loaded twice: that is the newest."""
    same = Evaluation.objects.filter(
        submission=evaluation.submission_id, grader_key=key, status=Evaluation.Status.DONE
    ).exclude(pk=evaluation.pk)
    return bool(same.update(created_at=evaluation.created_at))
