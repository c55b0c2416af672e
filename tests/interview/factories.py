"""Sessions for tests, started through the same verb as everybody's."""

from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from catalog.models import Question
from interview import drafts, flow
from interview.clock import Mode
from interview.models import Draft, Session
from interview.parts import Part
from tests.catalog.factories import make_question

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def make_session(user: User, *, mode: Mode = Mode.INTERVIEW, now: datetime = NOON, **fields: Any) -> Session:
    question = Question.objects.filter(slug="lamps").first() or make_question()
    return flow.start(user, question=question, mode=mode, now=now, **fields)


def draft_of(session: Session, step: str = "requirements", part: str = Part.TEXT) -> Draft:
    return Draft.objects.select_related("session").get(session=session, step=step, part=part)


def write(
    session: Session, text: str, *, step: str = "requirements", part: str = Part.TEXT, now: datetime
) -> drafts.Saved:
    """Save `text` on top of whatever is there."""
    draft = draft_of(session, step, part)
    return drafts.save(draft, text=text, base=draft.version, now=now)
