"""start · go_to · finish · expire · apply_time_factor: the only code that moves a session.

Each move states the world it expects in a conditional update, and the database decides who was first: the
page, another tab, the next request, or the job that waits for the end.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Question
from catalog.steps import REQUIREMENTS, STEPS
from interview import clock
from interview.clock import Mode, Opened, Pace
from interview.models import Draft, Session
from jobs import outbox
from scoring import grading

KIND = "expire_session"


class AlreadyRunning(Exception):
    """The person has a timed session that is not handed in yet."""

    def __init__(self, session: Session) -> None:
        self.session = session


def start(user: User, *, question: Question, mode: Mode, step: str = "", variant: int = 0, now: datetime) -> Session:
    """Begin a session on the question's current edition; AlreadyRunning when a timed one is open."""
    running = running_session(user, now=now)
    if running is not None and mode != Mode.UNTIMED:
        raise AlreadyRunning(running)
    only = step if mode == Mode.ONE_STEP else ""
    pace = Pace(timedelta(seconds=settings.MINUTE_SECONDS), _factor(user.time_factor))
    first = only or STEPS[0].key
    try:
        with transaction.atomic():
            session = Session.objects.create(
                user=user,
                edition=question.current,
                variant=variant,
                mode=mode,
                only_step=only,
                started_at=now,
                ends_at=clock.ends_at(mode, only, pace, now),
                time_factor=user.time_factor,
                minute_seconds=settings.MINUTE_SECONDS,
                current_step=first,
                entered_at=now,
                opened=_store([Opened(first, now)]) if mode == Mode.STRICT else [],
            )
            Draft.objects.bulk_create(Draft(session=session, step=s.key, updated_at=now) for s in session.steps)
            _schedule_end(session)
    except IntegrityError:
        # Two clicks at once: the constraint let one through.
        raise AlreadyRunning(Session.objects.for_user(user).running().exclude(mode=Mode.UNTIMED).get()) from None
    return session


def running_session(user: User, *, now: datetime) -> Session | None:
    """The person's timed session, if one is really still running; one that ran out is handed in on the way."""
    session = Session.objects.for_user(user).running().exclude(mode=Mode.UNTIMED).select_related("edition").first()
    if session is not None and expire(session, now=now):
        return None
    return session


def go_to(session: Session, *, step: str, now: datetime) -> bool:
    """Make `step` the current one; False when that is not allowed now. Leaving step 1 freezes the requirements."""
    if not session.is_running or session.is_over(now) or step not in {s.key for s in session.steps}:
        return False
    if session.is_strict:
        return _go_strict(session, step, now)
    if step != session.current_step:
        _leave(session, now)
        session.current_step, session.entered_at = step, now
        _save_move(session)
    return True


def catch_up(session: Session, *, now: datetime) -> None:
    """Strict: write down the steps that closed by themselves since somebody last looked."""
    if not session.is_strict or not session.is_running:
        return
    walked, _ = clock.strict_walk(session.opened_steps, session.pace, now)
    if walked[-1].step == session.current_step:
        return
    for opened in walked[len(session.opened) :]:
        _leave(session, opened.at)
        session.current_step, session.entered_at = opened.step, opened.at
    session.opened = _store(walked)
    _save_move(session)


def finish(session: Session, *, by: Session.EndedBy, now: datetime) -> bool:
    """Hand in the last accepted drafts; False when somebody else already did, and that is fine.

    1. The drafts close under their row locks: a save in flight is either in, or told that it is over.
    2. What they hold is frozen as a submission and queued for scoring.
    3. The session leaves the running state; only one caller can win that update, the others roll all of it back.
    """
    ended = min(now, session.ends_at) if session.ends_at and by == Session.EndedBy.DEADLINE else now
    with transaction.atomic():
        locked = Session.objects.running().filter(pk=session.pk)
        session = Session.objects.select_related("edition", "user").get(pk=session.pk)
        Draft.objects.filter(session=session, closed=False).update(closed=True)
        texts = dict(Draft.objects.filter(session=session).values_list("step", "text"))
        if not session.is_running:
            return False
        catch_up(session, now=ended)
        submission = grading.submit(
            user=session.user,
            edition=session.edition,
            variant=session.variant,
            answer=texts,
            asked=[s.key for s in session.steps],
            now=now,
        )
        _leave(session, ended)
        won = locked.update(
            state=Session.State.FINISHED,
            finished_at=ended,
            ended_by=by,
            submission=submission,
            spent=session.spent,
            frozen_text=session.frozen_text,
            frozen_at=session.frozen_at,
        )
        if not won:
            transaction.set_rollback(True)
            return False
        outbox.cancel(KIND, session.pk)
    return True


def expire(session: Session, *, now: datetime) -> bool:
    """Hand in a session whose time is up; True when it is over, whoever handed it in."""
    if not session.is_running:
        return True
    if not session.is_over(now):
        return False
    finish(session, by=Session.EndedBy.DEADLINE, now=now)
    return True


def expire_job(job: outbox.Job) -> None:
    """The sweeper: runs when a session's time is up, with nobody watching."""
    session = Session.objects.running().filter(pk=job.object_id).first()
    if session is None or session.ends_at is None:
        return
    if not session.is_over(job.now):
        # The clock was lengthened after this was planned.
        with job.finish():
            _schedule_end(session)
        return
    with job.finish():
        finish(session, by=Session.EndedBy.DEADLINE, now=job.now)


def apply_time_factor(user: User) -> None:
    """A changed personal clock applies to running sessions at once."""
    for session in Session.objects.for_user(user).running().exclude(mode=Mode.UNTIMED):
        pace = Pace(session.pace.minute, _factor(user.time_factor))
        session.time_factor = user.time_factor
        session.ends_at = clock.ends_at(Mode(session.mode), session.only_step, pace, session.started_at)
        with transaction.atomic():
            session.save(update_fields=["time_factor", "ends_at"])
            _schedule_end(session)


def _go_strict(session: Session, step: str, now: datetime) -> bool:
    """Only forward, only to the next: what was left is closed."""
    catch_up(session, now=now)
    if step == session.current_step:
        return True
    if step != clock.next_step(session.current_step):
        return False
    _leave(session, now)
    session.current_step, session.entered_at = step, now
    session.opened = [*session.opened, *_store([Opened(step, now)])]
    _save_move(session)
    return True


def _leave(session: Session, now: datetime) -> None:
    """Add the time since the step was entered; freeze the requirements the first time they are left."""
    step = session.current_step
    seconds = max((now - session.entered_at).total_seconds(), 0.0)
    session.spent = {**session.spent, step: round(float(session.spent.get(step, 0)) + seconds, 1)}
    if step == REQUIREMENTS and session.frozen_at is None and not session.only_step:
        draft = Draft.objects.filter(session=session, step=REQUIREMENTS).first()
        session.frozen_text = draft.text if draft else ""
        session.frozen_at = now


def _save_move(session: Session) -> None:
    fields = ("current_step", "entered_at", "spent", "opened", "frozen_text", "frozen_at")
    Session.objects.running().filter(pk=session.pk).update(**{name: getattr(session, name) for name in fields})


def _schedule_end(session: Session) -> None:
    if session.ends_at is None:
        outbox.cancel(KIND, session.pk)
    else:
        outbox.enqueue(KIND, session.pk, due_at=session.ends_at + clock.GRACE + timedelta(seconds=1))


def _store(opened: list[Opened]) -> list[list[str]]:
    return [[o.step, o.at.isoformat()] for o in opened]


def _factor(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def adopt(guest: User, account: User) -> None:
    """A guest's sessions go to the account they signed in to. Two timed ones cannot run side by side."""
    now = timezone.now()
    theirs = running_session(guest, now=now)
    if theirs is not None and running_session(account, now=now) is not None:
        finish(theirs, by=Session.EndedBy.CANDIDATE, now=now)
    Session.objects.for_user(guest).update(user=account)


def attempt_number(session: Session) -> int:
    """Which try at this question it is for this person, from 1."""
    earlier = Session.objects.filter(
        user_id=session.user_id, edition__question_id=session.edition.question_id, started_at__lt=session.started_at
    )
    return earlier.count() + 1


def next_variant(user: User, question: Question) -> int:
    """The numbers of the next try: the canonical ones first, then others, so that none are learned by heart."""
    return Session.objects.filter(user=user, edition__question=question).count()
