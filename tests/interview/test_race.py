"""Saves and questions racing with handing in, on a database with real row locks: what was acknowledged is submitted."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from interview import drafts, flow, talk
from interview.drafts import Outcome
from interview.models import Revision, Session
from scoring.models import Submission
from tests.accounts.factories import make_user
from tests.interview.factories import NOON, draft_of, make_session

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ("requirements", "estimation", "high_level_design", "deep_dive", "wrap_up")
ROUNDS = 5


@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="one writer at a time on SQLite; runs in the PostgreSQL round"
)
def test_everything_acknowledged_is_in_the_submission(soak_rounds: int) -> None:
    assert connection.vendor == "postgresql"
    for number in range(ROUNDS * soak_rounds):
        session = make_session(make_user(f"race{number}@example.com"))
        acknowledged: dict[str, str] = {}
        heard: list[str] = []
        with ThreadPoolExecutor(len(STEPS) + 3) as pool:
            saves = [pool.submit(_type, session, step, acknowledged) for step in STEPS]
            saves.append(pool.submit(_ask, session, heard))
            ends = [pool.submit(_hand_in, session) for _ in range(2)]
            won = [end.result() for end in ends]
            for save in saves:
                save.result()
        assert sorted(won) == [False, True]
        handed = Submission.objects.get(interview_session=session)
        assert {step: handed.answer[step] for step in acknowledged} == acknowledged
        assert [one["text"] for one in handed.exchanges if one["kind"] == "question"] == heard
        # And what came too late is kept.
        assert all(r.kind in ("saved", "late") for r in Revision.objects.filter(draft__session=session))


def _type(session: Session, step: str, acknowledged: dict[str, str]) -> None:
    """Save on and on, until told that it is over."""
    try:
        for count in range(200):
            draft = draft_of(session, step)
            saved = drafts.save(draft, text=f"{step} {count}", base=draft.version, now=NOON)
            if saved.outcome != Outcome.SAVED:
                assert saved.outcome == Outcome.OVER
                return
            acknowledged[step] = f"{step} {count}"
    finally:
        connections.close_all()


def _ask(session: Session, heard: list[str]) -> None:
    """Ask on and on, until told that nobody listens any more."""
    try:
        for count in range(talk.MAX_QUESTIONS):
            talk.ask(session, text=f"Is {count} a lot?", now=NOON)
            heard.append(f"Is {count} a lot?")
    except talk.Refused:
        return
    finally:
        connections.close_all()


def _hand_in(session: Session) -> Any:
    try:
        # Give the savers a head start, so that the end comes in the middle.
        while not Revision.objects.filter(draft__session=session).count() > 10:
            pass
        return flow.finish(session, by=Session.EndedBy.CANDIDATE, now=NOON)
    finally:
        connections.close_all()
