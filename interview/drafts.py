"""Saving what is typed. Nothing typed is ever overwritten silently, and nothing acknowledged is lost.

A save names the version it is based on and wins only if that is still the current one. Anything that cannot
be taken over, from an older tab or after the end, is kept whole as a revision.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from interview import clock, splice
from interview.models import Draft, Revision, Session
from interview.parts import Part, written_in


class Outcome(StrEnum):
    SAVED = "saved"
    CONFLICT = "conflict"  # another tab or device saved first
    CLOSED = "closed"  # strict: this step's time is up
    OVER = "over"  # the session has ended


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save; `version` and `text` are those of the stored draft."""

    outcome: Outcome
    version: int
    text: str


def get(user: User, session_id: UUID, step: str, part: str = Part.TEXT) -> Draft | None:
    """The draft with its session, if it is this person's."""
    rows = Draft.objects.select_related("session__edition")
    return rows.filter(session_id=session_id, session__user=user, step=step, part=part).first()


def save(draft: Draft, *, text: str, base: int, now: datetime) -> Saved:
    """Take `text` over as the next version of `draft`, which must still be at version `base`."""
    session = draft.session
    if draft.closed or not session.is_running or session.is_over(now):
        return _keep(draft, Revision.Kind.LATE, text, base, now, Outcome.OVER)
    if session.is_strict and _is_closed(session, draft, now):
        return _keep(draft, Revision.Kind.LATE, text, base, now, Outcome.CLOSED)
    if text == draft.text:
        # Nothing new, or the answer to this very save was lost on the way and it is sent again.
        return Saved(Outcome.SAVED, draft.version, draft.text)
    if base == draft.version and _take_over(draft, text, now):
        return Saved(Outcome.SAVED, draft.version + 1, text)
    current = Draft.objects.get(pk=draft.pk)
    if current.closed:
        return _keep(current, Revision.Kind.LATE, text, base, now, Outcome.OVER)
    return _keep(current, Revision.Kind.CONFLICT, text, base, now, Outcome.CONFLICT)


def _is_closed(session: Session, draft: Draft, now: datetime) -> bool:
    """Strict: whether each step in which this may be changed is closed, or not open yet."""
    return all(
        clock.strict_is_closed(session.opened_steps, step, session.pace, session.ends_at, now)
        for step in written_in(draft.step, draft.part)
    )


@transaction.atomic
def _take_over(draft: Draft, text: str, now: datetime) -> bool:
    version = draft.version + 1
    won = Draft.objects.filter(pk=draft.pk, version=draft.version, closed=False).update(
        text=text, version=version, updated_at=now
    )
    if won:
        change = splice.between(draft.text, text)
        Revision.objects.create(
            draft=draft,
            kind=Revision.Kind.SAVED,
            version=version,
            at=now,
            start=change.start,
            removed=change.removed,
            inserted=change.inserted,
        )
    return bool(won)


def _keep(draft: Draft, kind: str, text: str, base: int, now: datetime, outcome: Outcome) -> Saved:
    """Set a text aside, once: the same words sent again add nothing."""
    with transaction.atomic():
        Draft.objects.select_for_update().only("pk").get(pk=draft.pk)
        if text != draft.text and not draft.revisions.filter(kind=kind, inserted=text).exists():
            Revision.objects.create(draft=draft, kind=kind, version=base, at=now, inserted=text)
    return Saved(outcome, draft.version, draft.text)


def text_at(draft: Draft, version: int) -> str:
    """The draft as it was at `version`, rebuilt from its revisions, byte for byte."""
    return _rebuilt(draft.revisions.filter(version__lte=version))


def text_as_of(draft: Draft, moment: datetime) -> str:
    """The draft as it had been saved by `moment`."""
    return _rebuilt(draft.revisions.filter(at__lte=moment))


def _rebuilt(revisions: QuerySet[Revision]) -> str:
    text = ""
    # A board of an hour has hundreds, some of them large.
    for revision in revisions.filter(kind=Revision.Kind.SAVED).order_by("version").iterator(chunk_size=50):
        text = splice.apply(text, splice.Splice(revision.start, revision.removed, revision.inserted))
    return text
