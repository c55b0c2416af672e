"""What is said in a session is kept, once; when, and to whom, is decided by how the session stands."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from interview import flow, interviewer, talk
from interview.clock import Mode
from interview.interviewer import Asked, Link
from interview.models import Exchange, Session
from interview.parts import Part
from tests.interview.factories import NOON, write
from tests.interview.talking import HUBS, board, lamp_session

pytestmark = pytest.mark.django_db
QUIET = 10.0


@pytest.fixture
def session(alice: User) -> Session:
    return lamp_session(alice)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def enter(session: Session, step: str, minutes: float, text: str = HUBS) -> None:
    flow.go_to(session, step=step, now=at(minutes))
    write(session, text, step=step, now=at(minutes))


def heard(session: Session, step: str, minutes: float, idle: float = QUIET) -> str | None:
    brought = talk.listen(session, step=step, idle=idle, now=at(minutes))
    return brought.key if brought else None


def said(session: Session, *kinds: str) -> list[tuple[str, str]]:
    rows = session.exchanges.filter(kind__in=kinds) if kinds else session.exchanges.all()
    return [(one.kind, one.key) for one in rows]


# --- asking


def test_a_question_is_kept_with_its_reply(session: Session) -> None:
    talk.ask(session, text="How many lamps are there?", now=at(1))
    question, reply = session.exchanges.all()
    assert (question.kind, question.text, question.at, question.step) == (
        "question", "How many lamps are there?", 60.0, "requirements",
    )  # fmt: skip
    assert (reply.kind, reply.key, reply.text) == ("reply", "lamps", "There are 10M devices.")


def test_the_numbers_are_those_of_the_variant(alice: User) -> None:
    numbers = set()
    for variant in range(4):
        session = lamp_session(alice, variant=variant)
        talk.ask(session, text="How many lamps are there?", now=at(1))
        numbers.add(session.exchanges.get(kind="reply").text)
        flow.hand_in(session, now=at(2))
    assert numbers == {"There are 10M devices.", "There are 3M devices."}


def test_what_is_asked_again_later_is_answered_again_and_says_so(session: Session) -> None:
    talk.ask(session, text="How many lamps are there?", now=at(1))
    talk.ask(session, text="How many lamps are there?", now=at(2))
    assert session.exchanges.filter(kind="reply").last().text.startswith("You asked that before")  # type: ignore[union-attr]


def test_a_second_click_asks_nothing_twice(session: Session) -> None:
    for seconds in (0, 1, 2):
        talk.ask(session, text="How many lamps are there?", now=at(1) + timedelta(seconds=seconds))
    assert said(session) == [("question", ""), ("reply", "lamps")]


def test_asking_needs_no_pause_and_no_moment(session: Session) -> None:
    talk.ask(session, text="How many lamps are there?", now=at(0))
    talk.ask(session, text="Do lamps have colours?", now=at(0) + timedelta(seconds=1))
    assert said(session, "reply") == [("reply", "lamps"), ("reply", "colours")]


def test_there_is_an_end_to_asking(session: Session) -> None:
    Exchange.objects.bulk_create(
        Exchange(session=session, at=n, kind="question", text=f"Question {n}?", step="requirements")
        for n in range(talk.MAX_QUESTIONS)
    )
    with pytest.raises(talk.Refused, match="60 questions"):
        talk.ask(session, text="One more?", now=at(3))
    assert session.exchanges.count() == talk.MAX_QUESTIONS


def test_one_message_adds_no_more_than_a_few_rows(session: Session) -> None:
    talk.ask(session, text=" ".join(f"How many lamps in home {n}?" for n in range(40)), now=at(1))
    assert session.exchanges.count() <= 1 + 6 + 1


def test_nothing_is_asked_once_it_is_over(session: Session) -> None:
    stale = Session.objects.get(pk=session.pk)
    flow.hand_in(session, now=at(1))
    for again in (stale, Session.objects.get(pk=session.pk)):
        with pytest.raises(talk.Refused, match="over"):
            talk.ask(again, text="How many lamps are there?", now=at(2))
    assert not session.exchanges.exists()


def test_strict_with_all_steps_closed_nobody_is_asked(alice: User) -> None:
    session = lamp_session(alice, mode=Mode.STRICT)
    flow.catch_up(session, now=at(44.5))
    with pytest.raises(talk.Refused, match="closed"):
        talk.ask(session, text="How many lamps are there?", now=at(44.5))


# --- following up


def test_in_the_first_step_the_interviewer_only_answers(session: Session) -> None:
    write(session, HUBS, now=NOON)
    assert heard(session, "requirements", 3) is None
    assert not session.exchanges.exists()


def test_a_follow_up_is_kept_with_its_words_and_its_time(session: Session) -> None:
    enter(session, "high_level_design", 5, "A hub in each house. " * 8)
    assert heard(session, "high_level_design", 7) in ("hub_dies", "many_homes")
    probe = session.exchanges.get()
    assert (probe.kind, probe.step, probe.at) == ("probe", "high_level_design", 420.0)
    assert "{" not in probe.text


def test_nothing_is_said_while_somebody_types(session: Session) -> None:
    enter(session, "high_level_design", 5)
    assert heard(session, "high_level_design", 7, idle=2) is None


def test_nothing_is_said_about_an_empty_page(session: Session) -> None:
    enter(session, "high_level_design", 5, "A hub.")
    assert heard(session, "high_level_design", 7) is None


def test_follow_ups_keep_apart_and_are_never_the_same(session: Session) -> None:
    enter(session, "high_level_design", 5)
    brought = [heard(session, "high_level_design", 6.1 + n / 4) for n in range(32)]
    keys = [key for key in brought if key]
    assert len(keys) == len(set(keys)) == 2
    first, second = session.exchanges.all()
    assert second.at - first.at >= 180


def test_a_follow_up_never_goes_against_what_was_frozen(session: Session) -> None:
    write(session, "Out of scope: homes, outages.", now=NOON)
    enter(session, "high_level_design", 5)
    heard(session, "high_level_design", 7)
    enter(session, "deep_dive", 15)
    for n in range(40):
        heard(session, "deep_dive", 16 + n / 2)
    keys = {key for _, key in said(session, "probe", "curveball")}
    assert "hub_dies" in keys
    assert not keys & {"many_homes", "outages", "thieves"}


def test_the_board_is_read(session: Session) -> None:
    enter(session, "high_level_design", 5, "See the board.")
    write(session, board("Phone", "Hub", "Lamp"), step="high_level_design", part=Part.BOARD, now=at(6))
    state = talk.state(session, step="high_level_design", now=at(7), idle=QUIET)
    assert [part.label for part in state.parts] == ["Phone", "Hub", "Lamp"]
    assert state.links == [Link("Phone", "Hub"), Link("Hub", "Lamp")]
    assert heard(session, "high_level_design", 7) in ("hub_dies", "phone_lost", "many_homes")


def test_a_flowchart_in_the_text_is_read_like_a_board(session: Session) -> None:
    enter(
        session,
        "deep_dive",
        5,
        "Drawn:\n\n```mermaid\nflowchart LR\n  a[Phone] --> b[Hub]\n  b -->|on| c[(Lamps)]\n```\n",
    )
    state = talk.state(session, step="deep_dive", now=at(7))
    assert [part.label for part in state.parts] == ["Phone", "Hub", "Lamps"]
    assert state.links == [Link("Phone", "Hub"), Link("Hub", "Lamps", "on")]


def test_the_sheet_is_read_with_what_uses_it(session: Session) -> None:
    lines = "seen = 5M people\ndaily = seen * 3/day\ndouble = daily * 2\nused = seen * 7/day"
    write(session, lines, step="estimation", part=Part.SHEET, now=NOON)
    enter(session, "high_level_design", 5, "We size it for `used`.")
    rows = {row.name: row for row in talk.state(session, step="high_level_design", now=at(7)).rows}
    assert list(rows) == ["seen", "daily", "double", "used"]
    assert [rows[name].is_used for name in rows] == [True, True, False, True]
    assert [rows[name].is_assumed for name in rows] == [True, False, False, False]
    assert rows["daily"].value


def test_a_board_that_is_none_costs_nothing(session: Session) -> None:
    write(session, "{not a scene", step="high_level_design", part=Part.BOARD, now=NOON)
    enter(session, "high_level_design", 5)
    assert talk.state(session, step="high_level_design", now=at(7)).parts == []


@pytest.mark.parametrize(
    ("mode", "minutes", "spent", "left"),
    [
        (Mode.INTERVIEW, 6, 60, 540),
        # Late into the step, the session's end is nearer than the budget's.
        (Mode.INTERVIEW, 44, 2340, -1740),
        (Mode.UNTIMED, 6, 60, None),
        (Mode.STRICT, 6, 60, 540),
    ],
)
def test_the_times_of_a_step(alice: User, mode: Mode, minutes: float, spent: float, left: float | None) -> None:
    session = lamp_session(alice, mode=mode)
    for step in ("estimation", "high_level_design"):
        flow.go_to(session, step=step, now=at(5))
    state = talk.state(session, step="high_level_design", now=at(minutes))
    assert (state.at, state.spent, state.left) == (minutes * 60, spent, left)


def test_the_end_of_the_session_is_the_end_of_every_step(session: Session) -> None:
    flow.go_to(session, step="deep_dive", now=at(40))
    assert talk.state(session, step="deep_dive", now=at(41)).left == 240


def test_without_a_limit_there_is_no_end(alice: User) -> None:
    alice.time_factor = None
    session = lamp_session(alice, mode=Mode.STRICT)
    assert talk.state(session, step="requirements", now=at(90)).left is None


def test_strict_speaks_about_the_open_step_whatever_is_shown(alice: User) -> None:
    session = lamp_session(alice, mode=Mode.STRICT)
    write(session, HUBS, now=NOON)
    for step in ("estimation", "high_level_design"):
        flow.go_to(session, step=step, now=at(5))
    write(session, HUBS, step="high_level_design", now=at(5))
    assert heard(session, "deep_dive", 7)
    assert session.exchanges.get().step == "high_level_design"


@pytest.mark.parametrize("mode", [Mode.INTERVIEW, Mode.STRICT])
def test_a_session_that_is_over_brings_up_nothing(alice: User, mode: Mode) -> None:
    session = lamp_session(alice, mode=mode)
    for step in ("estimation", "high_level_design"):
        flow.go_to(session, step=step, now=at(5))
    write(session, HUBS, step="high_level_design", now=at(5))
    stale = Session.objects.get(pk=session.pk)
    flow.hand_in(session, now=at(6))
    assert heard(Session.objects.get(pk=session.pk), "high_level_design", 7) is None
    assert heard(stale, "high_level_design", 7) is None
    assert heard(stale, "high_level_design", 60) is None
    assert not session.exchanges.exists()


def test_a_drill_follows_up_too(alice: User) -> None:
    session = lamp_session(alice, mode=Mode.ONE_STEP, step="deep_dive")
    write(session, HUBS, step="deep_dive", now=NOON)
    assert heard(session, "deep_dive", 2)


# --- one requirement changes


def test_in_the_deep_dive_one_requirement_changes(session: Session) -> None:
    enter(session, "deep_dive", 10)
    assert heard(session, "deep_dive", 18) in ("outages", "thieves")
    assert session.exchanges.get().kind == "curveball"
    for n in range(8):
        heard(session, "deep_dive", 19 + n)
    assert len(said(session, "curveball")) == 1


def test_the_variant_chooses_the_change(alice: User) -> None:
    keys = set()
    for variant in range(6):
        session = lamp_session(alice, variant=variant)
        enter(session, "deep_dive", 10)
        first = heard(session, "deep_dive", 18)
        keys.add(first)
        thrown = interviewer.curveball(session.edition.spec, variant, variant)
        assert thrown
        assert thrown.key == first
        flow.hand_in(session, now=at(20))
    assert keys == {"outages", "thieves"}


@pytest.mark.parametrize("mode", [Mode.UNTIMED, Mode.ONE_STEP])
def test_modes_without_a_change_have_none(alice: User, mode: Mode) -> None:
    session = lamp_session(alice, mode=mode, step="deep_dive")
    enter(session, "deep_dive", 0)
    for n in range(16):
        heard(session, "deep_dive", 2 + n)
    assert {kind for kind, _ in said(session)} == {"probe"}


def test_there_is_no_change_when_there_is_no_time_for_it(session: Session) -> None:
    enter(session, "deep_dive", 10)
    assert heard(session, "deep_dive", 27) != "outages"
    assert not said(session, "curveball")


# --- two tabs


def test_two_tabs_hear_one_thing_at_a_time(session: Session) -> None:
    enter(session, "high_level_design", 5)
    other = Session.objects.get(pk=session.pk)
    assert heard(session, "high_level_design", 7)
    assert heard(other, "high_level_design", 7) is None
    assert len(said(session)) == 1


def test_what_another_tab_heard_meanwhile_ends_the_moment(session: Session, monkeypatch: Any) -> None:
    enter(session, "high_level_design", 5)

    def spoken_to_meanwhile(_: object) -> Asked:
        Exchange.objects.create(session=session, at=420, kind="probe", key="other", step="high_level_design")
        return Asked("hub_dies", "A hub dies.")

    monkeypatch.setattr(interviewer, "next_probe", spoken_to_meanwhile)
    assert heard(session, "high_level_design", 7) is None
    assert said(session) == [("probe", "other")]


def test_the_database_has_the_last_word(session: Session) -> None:
    first = talk._keep(session, "probe", "hub_dies", "A hub dies.", "deep_dive", at(20))
    assert talk._keep(session, "probe", "hub_dies", "Once more.", "deep_dive", at(21)) == first
    ball = talk._keep(session, "curveball", "outages", "Outages.", "deep_dive", at(22))
    assert talk._keep(session, "curveball", "thieves", "Thieves.", "deep_dive", at(23)) == ball
    assert said(session) == [("probe", "hub_dies"), ("curveball", "outages")]


# --- hints


def test_a_hint_says_its_price_before_it_is_given(session: Session) -> None:
    offer = talk.offer_hint(session, step="requirements", now=at(2))
    assert offer
    assert "costs 5 %" in offer.offer
    assert not session.exchanges.exists()
    given = talk.take_hint(session, step="requirements", criterion=offer.criterion, now=at(2))
    assert (given.kind, given.key, given.text, given.step) == ("hint", offer.criterion, offer.says, "requirements")


def test_a_hint_is_given_and_paid_once(session: Session) -> None:
    offer = talk.offer_hint(session, step="requirements", now=at(2))
    assert offer
    for _ in range(2):
        talk.take_hint(session, step="requirements", criterion=offer.criterion, now=at(2))
    assert said(session) == [("hint", offer.criterion)]
    following = talk.offer_hint(session, step="requirements", now=at(3))
    assert following
    assert following.criterion != offer.criterion


def test_a_hint_that_is_no_longer_on_offer_is_refused(session: Session) -> None:
    offer = talk.offer_hint(session, step="requirements", now=at(2))
    assert offer
    write(session, "A lamp that is switched on shines until somebody switches it off.", now=at(3))
    with pytest.raises(talk.Refused, match="not on offer"):
        talk.take_hint(session, step="requirements", criterion=offer.criterion, now=at(4))
    with pytest.raises(talk.Refused):
        talk.take_hint(session, step="requirements", criterion="nonsense", now=at(4))
    assert not session.exchanges.exists()


def test_hints_come_to_an_end(session: Session) -> None:
    taken = []
    while offer := talk.offer_hint(session, step="deep_dive", now=at(2)):
        talk.take_hint(session, step="deep_dive", criterion=offer.criterion, now=at(2))
        taken.append(offer.criterion)
    assert len(taken) == len(set(taken)) == 3


def test_strict_gives_hints_for_the_open_step_alone(alice: User) -> None:
    session = lamp_session(alice, mode=Mode.STRICT)
    offer = talk.offer_hint(session, step="deep_dive", now=at(2))
    assert offer
    assert offer.criterion.startswith("requirements")
    flow.catch_up(session, now=at(44.5))
    assert talk.offer_hint(session, step="deep_dive", now=at(44.5)) is None


def test_no_hint_is_taken_once_it_is_over(session: Session) -> None:
    offer = talk.offer_hint(session, step="requirements", now=at(2))
    assert offer
    stale = Session.objects.get(pk=session.pk)
    flow.hand_in(session, now=at(3))
    with pytest.raises(talk.Refused, match="over"):
        talk.take_hint(stale, step="requirements", criterion=offer.criterion, now=at(3))
    assert not session.exchanges.exists()


# --- settling


@pytest.mark.parametrize(("how", "kind"), [("answered", "probe_reply"), ("skip", "skip")])
def test_a_follow_up_is_settled_once(session: Session, how: str, kind: str) -> None:
    enter(session, "high_level_design", 5)
    key = heard(session, "high_level_design", 7)
    assert key
    other = {"answered": "skip", "skip": "answered"}[how]
    for each in (how, how, other):
        talk.settle(session, key=key, how=each, now=at(8))
    settled = session.exchanges.exclude(kind="probe").get()
    assert (settled.kind, settled.key, settled.text, settled.step) == (kind, key, "", "high_level_design")


def test_nothing_is_settled_that_was_not_brought_up(session: Session) -> None:
    with pytest.raises(talk.Refused):
        talk.settle(session, key="hub_dies", how="skip", now=at(8))
    talk.ask(session, text="How many lamps are there?", now=at(8))
    with pytest.raises(talk.Refused):
        talk.settle(session, key="lamps", how="answered", now=at(9))


def test_a_change_of_requirement_is_answered_and_not_skipped(session: Session) -> None:
    enter(session, "deep_dive", 10)
    key = heard(session, "deep_dive", 18)
    assert key
    with pytest.raises(talk.Refused):
        talk.settle(session, key=key, how="skip", now=at(19))
    talk.settle(session, key=key, how="answered", now=at(19))
    assert said(session) == [("curveball", key), ("probe_reply", key)]


def test_what_was_said_is_handed_in(session: Session) -> None:
    talk.ask(session, text="How many lamps are there?", now=at(1))
    enter(session, "high_level_design", 5)
    key = heard(session, "high_level_design", 7)
    flow.hand_in(session, now=at(8))
    session.refresh_from_db()
    assert session.submission
    assert [(one["kind"], one["key"]) for one in session.submission.exchanges] == [
        ("question", ""), ("reply", "lamps"), ("probe", key),
    ]  # fmt: skip
    assert session.submission.exchanges[1]["counts"] is True


# --- what it costs


def test_a_moment_that_is_wrong_costs_one_query(session: Session, django_assert_num_queries: Any) -> None:
    enter(session, "high_level_design", 5)
    with django_assert_num_queries(1):  # what was said
        heard(session, "high_level_design", 7, idle=1)


def test_a_follow_up_costs_five_queries(session: Session, django_assert_num_queries: Any) -> None:
    enter(session, "high_level_design", 5)
    # what was said · the drafts · the session's row · what was said meanwhile · the row; a transaction, a savepoint
    with django_assert_num_queries(5 + 2 + 2):
        heard(session, "high_level_design", 7)
