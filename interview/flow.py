"""start · go_to · hand_in · expire · apply_time_factor: the only code that moves a session.

Each move states the world it expects in a conditional update, and the database decides who was first: the
page, another tab, the next request, or the job that waits for the end.
"""

import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Question
from catalog.steps import DEEP_DIVE, REQUIREMENTS, STEPS
from interview import clock, drafts, handing_in, parts
from interview.clock import Mode, Opened, Pace
from interview.handing_in import Handed, Work
from interview.models import Draft, Exchange, Session
from interview.parts import Part
from jobs import outbox
from scoring import grading

KIND = "expire_session"
logger = logging.getLogger(__name__)


class AlreadyRunning(Exception):
    """The person has a timed session that is not handed in yet."""

    def __init__(self, session: Session) -> None:
        self.session = session


def start(user: User, *, question: Question, mode: Mode, step: str = "", variant: int = 0, now: datetime) -> Session:
    """Begin a session on the question's current edition; AlreadyRunning when one is open that it may not stand beside.

    One timed session at a time, and one untimed for each question.
    """
    if mode == Mode.UNTIMED:
        running = Session.objects.for_user(user).running().filter(mode=mode, edition__question=question).first()
    else:
        running = running_session(user, now=now)
    if running is not None:
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
                opened=[[first, now.isoformat()]] if mode == Mode.STRICT else [],
            )
            Draft.objects.bulk_create(
                Draft(session=session, step=key, part=part, updated_at=now)
                for key, part in parts.of([s.key for s in session.steps])
            )
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
    catch_up(session, now=now)
    if step == session.current_step:
        return True
    if session.is_strict and step != clock.next_step(session.current_step):
        return False  # only forward, only to the next: what was left is closed
    opened = [*session.opened_steps, Opened(step, now)] if session.is_strict else []
    return _move(session, [Opened(step, now)], opened)


def catch_up(session: Session, *, now: datetime) -> None:
    """Strict: write down the steps that closed by themselves since somebody last looked."""
    if not session.is_strict or not session.is_running:
        return
    walked, _ = clock.strict_walk(session.opened_steps, session.pace, session.ends_at, now)
    if walked[-1].step != session.current_step:
        _move(session, walked[len(session.opened) :], walked)


def finish(session: Session, *, by: Session.EndedBy, now: datetime) -> bool:
    """Hand in the last accepted drafts; False when somebody else already did, and that is fine.

    1. What the drafts hold is joined. A large board takes a while to read, and nobody's saves should wait for it.
    2. The drafts close under the session's lock: a save in flight is either in, or told that it is over. What arrived
       since it was joined is joined anew.
    3. It is frozen as a submission and queued for scoring.
    4. The session leaves the running state; only one caller can win that update, the others roll all of it back.
    """
    ended = min(now, session.ends_at) if session.ends_at and by == Session.EndedBy.DEADLINE else now
    session = Session.objects.select_related("edition", "user").get(pk=session.pk)
    if not session.is_running:
        return False
    catch_up(session, now=ended)
    stood, handed = _stands(session), _handed(session)
    with transaction.atomic():
        locked = Session.objects.running().filter(pk=session.pk)
        if not locked.select_for_update().only("pk"):
            return False
        Draft.objects.filter(session=session, closed=False).update(closed=True)
        if _stands(session) != stood:
            handed = _handed(session)
        submission = grading.submit(
            user=session.user,
            edition=session.edition,
            variant=session.variant,
            asked=[s.key for s in session.steps],
            now=now,
            **asdict(handed),
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


def _stands(session: Session) -> tuple[list[tuple[int, int]], int]:
    """What tells whether anything was saved or said: the version of each draft, and how often somebody spoke."""
    versions = Draft.objects.filter(session=session).order_by("pk").values_list("pk", "version")
    return list(versions), Exchange.objects.filter(session=session).count()


def _handed(session: Session) -> Handed:
    """What its drafts and exchanges come to. Reads the board as it stood when the design was done with."""
    rows = {(draft.step, draft.part): draft for draft in Draft.objects.filter(session=session)}
    board = next((draft for (_, part), draft in rows.items() if part == Part.BOARD), None)
    sheet = rows.get((parts.SHEET_STEP, Part.SHEET))
    said = list(Exchange.objects.filter(session=session))
    frozen = session.frozen_at
    work = Work(
        texts={step: draft.text for (step, part), draft in rows.items() if part == Part.TEXT},
        sheet=sheet.text if sheet else "",
        board=board.text if board else "",
        before=_before(session, board, said),
        said=[one.said for one in said],
        frozen_at=(frozen - session.started_at).total_seconds() if frozen else None,
    )
    closed = next((o.at for o in session.opened_steps if o.step == DEEP_DIVE), None)
    # What was on its way when the step closed is in, as with texts.
    design = drafts.text_as_of(board, closed + clock.GRACE) if board and closed else work.before
    work = replace(work, design=design)
    try:
        return handing_in.join(session.edition.spec, session.variant, work)
    except Exception:
        # Nobody may be left in a room that cannot be left: what was typed is handed in as it is.
        logger.exception("The sheet or board of session %s could not be joined to its texts", session.pk)
        return handing_in.as_typed(work)


def _before(session: Session, board: Draft | None, said: Sequence[Exchange]) -> str | None:
    """The board as it stood when a requirement changed."""
    came = next((one.at for one in said if one.kind == Exchange.Kind.CURVEBALL), None)
    if board is None or came is None:
        return None
    return drafts.text_as_of(board, session.started_at + timedelta(seconds=came))


def hand_in(session: Session, *, now: datetime) -> bool:
    """Hand in because the candidate says so; once the clock has run out it is the deadline that does it."""
    timed_out = session.ends_at is not None and now >= session.ends_at
    return finish(session, by=Session.EndedBy.DEADLINE if timed_out else Session.EndedBy.CANDIDATE, now=now)


def hand_in_at_zero(session: Session, *, now: datetime) -> bool:
    """Hand in because a page's clock shows zero; False when ours does not, and ours is the one that counts."""
    if session.is_running and (session.ends_at is None or now < session.ends_at):
        return False
    finish(session, by=Session.EndedBy.DEADLINE, now=now)
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
    """A changed personal clock applies to running sessions at once, from now on: what is closed stays closed.

    It never ends a session on the spot. Where the new clock would have run out already, a minute is left.
    """
    now = timezone.now()
    for session in Session.objects.for_user(user).running().exclude(mode=Mode.UNTIMED):
        if expire(session, now=now):
            continue
        catch_up(session, now=now)
        pace = Pace(session.pace.minute, _factor(user.time_factor))
        ends = clock.ends_at(Mode(session.mode), session.only_step, pace, session.started_at)
        session.ends_at = None if ends is None else max(ends, now + pace.minute)
        with transaction.atomic():
            changed = Session.objects.running().filter(pk=session.pk)
            if changed.update(time_factor=user.time_factor, ends_at=session.ends_at):
                _schedule_end(session)


def _move(session: Session, through: list[Opened], opened: list[Opened]) -> bool:
    """Go `through` these steps to the last of them; False when another device moved first, and its move stands."""
    unmoved = Session.objects.running().filter(
        pk=session.pk, current_step=session.current_step, entered_at=session.entered_at
    )
    for step in through:
        _leave(session, step.at)
        session.current_step, session.entered_at = step.step, step.at
    session.opened = [[o.step, o.at.isoformat()] for o in opened]
    fields = ("current_step", "entered_at", "spent", "opened", "frozen_text", "frozen_at")
    if unmoved.update(**{name: getattr(session, name) for name in fields}):
        return True
    session.refresh_from_db(fields=fields)
    return False


def _leave(session: Session, now: datetime) -> None:
    """Add the time since the step was entered; freeze the requirements the first time they are left."""
    step = session.current_step
    seconds = max((now - session.entered_at).total_seconds(), 0.0)
    session.spent = {**session.spent, step: round(float(session.spent.get(step, 0)) + seconds, 1)}
    if step == REQUIREMENTS and session.frozen_at is None and not session.only_step:
        draft = Draft.objects.filter(session=session, step=REQUIREMENTS, part=Part.TEXT).first()
        session.frozen_text = draft.text if draft else ""
        session.frozen_at = now


def _schedule_end(session: Session) -> None:
    if session.ends_at is None:
        outbox.cancel(KIND, session.pk)
    else:
        outbox.enqueue(KIND, session.pk, due_at=session.ends_at + clock.GRACE + timedelta(seconds=1))


def _factor(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def adopt(guest: User, account: User) -> None:
    """A guest's sessions go to the account they signed in to. Two timed ones cannot run side by side."""
    now = timezone.now()
    theirs = running_session(guest, now=now)
    if theirs is not None and running_session(account, now=now) is not None:
        finish(theirs, by=Session.EndedBy.CANDIDATE, now=now)
    Session.objects.for_user(guest).update(user=account)


def forget(user: User) -> None:
    """Nobody waits any more for the end of this person's sessions; the rows go with the person."""
    for session in Session.objects.for_user(user).running().values_list("pk", flat=True):
        outbox.cancel(KIND, session)
