"""What somebody has practised: their list of sessions, the best per question, their own archive."""

from dataclasses import asdict
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from catalog import personal
from interview import flow, room
from interview.models import Session
from scoring.models import Evaluation, StepMark

LAST_RESULTS: Final = 5
# A mark of 3 is solid; below it there is something to study.
THE_BAR: Final = 3.0


def sessions(user: User) -> QuerySet[Session]:
    """Newest first, with the question and the rules' evaluation of each."""
    rules = Prefetch("submission__evaluations", queryset=Evaluation.objects.by_rules(), to_attr="by_rules")
    return (
        Session.objects.for_user(user)
        .select_related("edition__question", "submission")
        .prefetch_related(rules)
        .order_by("-started_at")
    )


def best_by_question(user: User | AnonymousUser) -> dict[int, personal.Best]:
    """Question id → the best finished result, for the catalog."""
    if user.is_anonymous:
        return {}
    rows = (
        Evaluation.objects.by_rules()
        .filter(submission__user=user, overall__isnull=False)
        .order_by("overall", "submission__created_at")
        .values_list("submission__edition__question_id", "band", "low", "high", "submission__created_at")
    )
    return {
        question: personal.Best(band, low, high, at)
        for question, band, low, high, at in rows
        if low is not None and high is not None
    }


def practised_by_question(user: User | AnonymousUser) -> dict[int, personal.Practised]:
    """Question id → what was handed in without an overall result, for the catalog."""
    if user.is_anonymous:
        return {}
    # A drill has one step and so one mark.
    mark = StepMark.objects.filter(evaluation=OuterRef("pk")).values("mark")[:1]
    rows = (
        Evaluation.objects.by_rules()
        .filter(submission__user=user, overall=None)
        .order_by("submission__created_at")
        .values_list("submission__edition__question_id", "submission__asked", Subquery(mark))
    )
    marks: dict[int, dict[str, float | None]] = {}
    for question, asked, newest in rows:
        marks.setdefault(question, {}).update({asked[0]: newest} if len(asked) == 1 else {})
    return {question: personal.Practised(steps) for question, steps in marks.items()}


def missed(user: User | AnonymousUser) -> list[personal.Missed]:
    """Topics with a mark below the bar in the newest answer that has a result, weakest first. Two queries."""
    if user.is_anonymous:
        return []
    last = (
        Evaluation.objects.by_rules()
        .filter(submission__user=user, status=Evaluation.Status.DONE)
        .select_related("submission__edition__question")
        .prefetch_related("criterion_marks")
        # Not by when it was scored: scoring an old answer again makes it no newer.
        .order_by("-submission__created_at")[:LAST_RESULTS]
    )
    newest: dict[str, personal.Missed] = {}
    for evaluation in last:
        for topic, found in _weakest_by_topic(evaluation).items():
            newest.setdefault(topic, found)
    return sorted((one for one in newest.values() if one.mark < THE_BAR), key=lambda one: (one.mark, one.topic))


def _weakest_by_topic(evaluation: Evaluation) -> dict[str, personal.Missed]:
    edition = evaluation.submission.edition
    found: dict[str, personal.Missed] = {}
    for row in evaluation.criterion_marks.all():
        if row.mark is None:
            continue
        criterion = edition.spec.criterion(row.key)
        known = found.get(criterion.study)
        if known is None or row.mark < known.mark:
            found[criterion.study] = personal.Missed(
                criterion.study, criterion.title, row.mark, edition.question_id, edition.question.title
            )
    return found


def running(user: User | AnonymousUser) -> personal.Running | None:
    """The session to go on with, before anything else is offered."""
    if user.is_anonymous:
        return None
    now = timezone.now()
    session = flow.running_session(user, now=now) or sessions(user).running().first()  # type: ignore[attr-defined]
    if session is None:
        return None
    shown = room.build(session, shown=session.current_step, now=now)
    return personal.Running(
        session_id=session.pk,
        title=shown.question.title,
        step_number=shown.row.number,
        step_title=shown.row.step.title,
        steps=len(shown.rows),
        seconds_left=shown.seconds_left,
        dial=shown.dial,
    )


def attempts(user: User | AnonymousUser, question_id: int) -> list[Session]:
    """This person's tries at a question, newest first."""
    return [] if user.is_anonymous else list(sessions(user).filter(edition__question_id=question_id))


def attempt_number(session: Session) -> int:
    """Which try at this question it is for this person, from 1."""
    earlier = Session.objects.filter(
        user_id=session.user_id, edition__question_id=session.edition.question_id, started_at__lt=session.started_at
    )
    return earlier.count() + 1


def next_variant(user: User | AnonymousUser, question_id: int) -> int:
    """The numbers of the next try: the canonical ones first, then others, so that none are learned by heart."""
    if user.is_anonymous:
        return 0
    return Session.objects.filter(user=user, edition__question_id=question_id).count()


def poll_seconds(waited: float) -> int:
    """How long a page waits before it asks for a score again: often while it is likely to be there soon."""
    return 1 if waited < 10 else 3 if waited < 60 else 10


def export(user: User) -> list[dict[str, Any]]:
    """Every session with what was written, said and set aside, for the person's own archive."""
    rows = (
        Session.objects.for_user(user)
        .select_related("edition__question")
        .prefetch_related("drafts__revisions", "exchanges")
    )
    return [
        {
            "question": row.edition.question.slug,
            "mode": row.mode,
            "step": row.only_step or None,
            "state": row.state,
            "started_at": row.started_at,
            "finished_at": row.finished_at,
            "time_factor": row.time_factor,
            "seconds_spent": row.spent,
            "frozen_requirements": row.frozen_text,
            "drafts": [
                {
                    "step": draft.step,
                    "part": draft.part,
                    "version": draft.version,
                    "text": draft.text,
                    "revisions": [
                        {
                            "kind": revision.kind,
                            "at": revision.at,
                            "start": revision.start,
                            "removed": revision.removed,
                            "inserted": revision.inserted,
                        }
                        for revision in draft.revisions.all()
                    ],
                }
                for draft in row.drafts.all()
            ],
            "exchanges": [asdict(exchange.said) for exchange in row.exchanges.all()],
        }
        for row in rows
    ]
