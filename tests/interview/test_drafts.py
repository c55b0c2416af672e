"""Nothing typed is overwritten silently, nothing acknowledged is lost."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from interview import drafts, flow
from interview.clock import GRACE, Mode
from interview.drafts import Outcome
from interview.models import Revision, Session
from tests.interview.factories import NOON, draft_of, make_session, write

pytestmark = pytest.mark.django_db


def test_a_save_is_the_next_version(session: Session, now: datetime) -> None:
    saved = write(session, "People shorten links.", now=now)
    draft = draft_of(session)
    assert (saved.outcome, saved.version) == (Outcome.SAVED, 1)
    assert (draft.text, draft.version, draft.updated_at) == ("People shorten links.", 1, now)


def test_every_version_can_be_read_again(session: Session, now: datetime) -> None:
    texts = ["one", "one two", "two", "", "three\r\nlines\n"]
    for text in texts:
        write(session, text, now=now)
    draft = draft_of(session)
    assert [drafts.text_at(draft, version) for version in range(1, 6)] == texts


def test_the_older_tab_is_told_and_its_text_is_kept(session: Session, now: datetime) -> None:
    older, newer = draft_of(session), draft_of(session)
    drafts.save(newer, text="newer tab", base=0, now=now)
    saved = drafts.save(older, text="older tab", base=0, now=now)
    assert saved == drafts.Saved(Outcome.CONFLICT, 1, "newer tab")
    assert draft_of(session).text == "newer tab"
    kept = Revision.objects.set_aside().get()
    assert (kept.kind, kept.inserted, kept.version) == ("conflict", "older tab", 0)


def test_choosing_mine_after_a_conflict_saves_on_top_of_the_other(session: Session, now: datetime) -> None:
    write(session, "other", now=now)
    conflict = drafts.save(draft_of(session), text="mine", base=0, now=now)
    saved = drafts.save(draft_of(session), text="mine", base=conflict.version, now=now)
    assert (saved.outcome, saved.version) == (Outcome.SAVED, 2)
    assert drafts.text_at(draft_of(session), 1) == "other"


def test_a_save_whose_answer_was_lost_may_be_sent_again(session: Session, now: datetime) -> None:
    drafts.save(draft_of(session), text="once", base=0, now=now)
    again = drafts.save(draft_of(session), text="once", base=0, now=now)
    assert (again.outcome, again.version) == (Outcome.SAVED, 1)
    assert Revision.objects.count() == 1


def test_the_same_conflict_is_kept_once(session: Session, now: datetime) -> None:
    write(session, "other", now=now)
    for _ in range(3):
        drafts.save(draft_of(session), text="mine", base=0, now=now)
    assert Revision.objects.set_aside().count() == 1


def test_two_saves_that_read_the_same_version_do_not_both_win(session: Session, now: datetime) -> None:
    first, second = draft_of(session), draft_of(session)
    assert drafts.save(first, text="first", base=0, now=now).outcome == Outcome.SAVED
    # `second` still believes in version 0, as a request that ran at the same moment would.
    assert drafts.save(second, text="second", base=0, now=now).outcome == Outcome.CONFLICT


def test_a_save_within_the_grace_still_counts(session: Session) -> None:
    late = NOON + timedelta(minutes=45) + GRACE
    assert write(session, "just in time", now=late).outcome == Outcome.SAVED


def test_a_save_after_the_grace_is_kept_but_not_scored(session: Session) -> None:
    write(session, "in time", now=NOON)
    late = NOON + timedelta(minutes=45) + GRACE + timedelta(seconds=1)
    assert write(session, "in time, and more", now=late).outcome == Outcome.OVER
    flow.expire(session, now=late)
    session.refresh_from_db()
    assert session.submission
    assert session.submission.answer["requirements"] == "in time"
    assert Revision.objects.set_aside().get().inserted == "in time, and more"


def test_a_save_after_handing_in_is_kept_but_not_scored(session: Session, now: datetime) -> None:
    draft = draft_of(session)  # read before the other tab hands in
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    saved = drafts.save(draft, text="too late", base=0, now=now)
    assert saved.outcome == Outcome.OVER
    assert Revision.objects.set_aside().get().inserted == "too late"


def test_strict_refuses_a_closed_step_and_keeps_the_words(alice: User) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    saved = write(session, "slow", now=NOON + timedelta(minutes=7))
    assert saved.outcome == Outcome.CLOSED
    assert Revision.objects.set_aside().get().inserted == "slow"
    assert write(session, "quick", step="estimation", now=NOON + timedelta(minutes=7)).outcome == Outcome.SAVED


@pytest.mark.parametrize(("minute", "outcome"), [(7, "closed"), (12, "saved"), (30, "saved"), (41, "closed")])
def test_strict_lets_the_board_be_drawn_in_both_steps_that_draw(alice: User, minute: int, outcome: str) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    at = NOON + timedelta(minutes=minute)
    assert write(session, "{}", step="high_level_design", part="board", now=at).outcome == outcome


def test_a_draft_can_be_read_as_it_stood(session: Session, now: datetime) -> None:
    for minute, text in [(1, "one"), (3, "one two"), (5, "two")]:
        write(session, text, now=now + timedelta(minutes=minute))
    draft = draft_of(session)
    stood = [drafts.text_as_of(draft, now + timedelta(minutes=minute)) for minute in range(7)]
    assert stood == ["", "one", "one", "one two", "one two", "two", "two"]


def test_a_part_is_a_draft_of_its_own(session: Session, alice: User, now: datetime) -> None:
    write(session, "words", step="estimation", now=now)
    write(session, "a = 1", step="estimation", part="sheet", now=now)
    texts = [drafts.get(alice, session.pk, "estimation", part) for part in ("text", "sheet", "board")]
    assert [draft and draft.text for draft in texts] == ["words", "a = 1", None]


def test_a_stranger_has_no_such_draft(session: Session, stranger: User) -> None:
    assert drafts.get(stranger, session.pk, "requirements") is None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(
            st.booleans(), st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
        ),
        max_size=12,
    )
)
def test_two_tabs_in_any_order_lose_nothing(session: Session, edits: list[tuple[bool, str]]) -> None:
    """Every text that was ever sent is the draft, an earlier version of it, or set aside."""
    Revision.objects.all().delete()
    draft = draft_of(session)
    draft.text, draft.version = "", 0
    draft.save()
    known = {True: 0, False: 0}
    for tab, text in edits:
        saved = drafts.save(draft_of(session), text=text, base=known[tab], now=NOON)
        if saved.outcome == Outcome.SAVED:
            known[tab] = saved.version
    final = draft_of(session)
    held = {drafts.text_at(final, version) for version in range(final.version + 1)}
    held |= {revision.inserted for revision in Revision.objects.exclude(kind="saved")}
    assert {text for _, text in edits} <= held
