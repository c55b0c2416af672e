"""Moving a session: who is first, what is handed in, what the clock makes of it."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import User
from catalog.models import Question
from interview import clock, flow, handing_in, history
from interview.clock import Mode
from interview.models import Draft, Exchange, Session
from jobs import outbox
from jobs.models import Outbox
from scoring.engine.graph import excalidraw, mermaid
from scoring.models import Evaluation, Submission
from tests.catalog.factories import make_question
from tests.interview.factories import NOON, draft_of, make_session, write

pytestmark = pytest.mark.django_db
EndedBy = Session.EndedBy


def minutes(value: float) -> timedelta:
    return timedelta(minutes=value)


def test_a_session_starts_with_empty_drafts_and_a_planned_end(session: Session, now: datetime) -> None:
    assert session.ends_at == now + minutes(45)
    texts = [(step.key, "text") for step in session.steps]
    assert sorted(session.drafts.values_list("step", "part")) == sorted(
        [*texts, ("estimation", "sheet"), ("high_level_design", "board")]
    )
    assert not any(session.drafts.values_list("text", flat=True))
    planned = Outbox.objects.get(kind=flow.KIND)
    assert planned.object_id == str(session.pk)
    assert session.ends_at + clock.GRACE < planned.due_at < session.ends_at + minutes(1)


@pytest.mark.parametrize(
    ("step", "length", "parts"),
    [
        ("requirements", 5, ["text"]),
        ("estimation", 3, ["sheet", "text"]),
        ("high_level_design", 10, ["board", "text"]),
        ("deep_dive", 20, ["board", "text"]),
    ],
)
def test_a_drill_has_what_its_step_is_written_in_and_lasts_as_long(
    alice: User, step: str, length: int, parts: list[str]
) -> None:
    session = make_session(alice, mode=Mode.ONE_STEP, step=step)
    assert session.ends_at == NOON + minutes(length)
    assert list(session.drafts.order_by("part").values_list("step", "part")) == [(step, part) for part in parts]


def test_one_timed_session_at_a_time(session: Session, alice: User, now: datetime) -> None:
    with pytest.raises(flow.AlreadyRunning) as refused:
        make_session(alice, now=now + minutes(5))
    assert refused.value.session == session


def test_the_database_refuses_a_second_timed_session_too(session: Session) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(
            user=session.user,
            edition=session.edition,
            mode=Mode.STRICT,
            started_at=NOON,
            current_step="requirements",
            entered_at=NOON,
        )


def test_an_untimed_session_may_run_beside_a_timed_one(session: Session, alice: User) -> None:
    assert make_session(alice, mode=Mode.UNTIMED).ends_at is None


def test_starting_anew_hands_in_a_session_that_ran_out(session: Session, alice: User) -> None:
    write(session, "what I had", now=NOON)
    make_session(alice, now=NOON + minutes(60))
    session.refresh_from_db()
    assert session.ended_by == EndedBy.DEADLINE
    assert session.submission
    assert session.submission.answer["requirements"] == "what I had"


def test_handing_in_freezes_the_drafts_and_queues_the_rules(session: Session, now: datetime) -> None:
    write(session, "needs", now=now)
    write(session, "numbers", step="estimation", now=now)
    assert flow.finish(session, by=EndedBy.CANDIDATE, now=now + minutes(10))
    session.refresh_from_db()
    submission = Submission.objects.get()
    assert session.submission == submission
    assert submission.answer == {
        "requirements": "needs",
        "estimation": "numbers",
        "high_level_design": "",
        "deep_dive": "",
        "wrap_up": "",
    }
    evaluation = Evaluation.objects.get(submission=submission)
    assert evaluation.status == Evaluation.Status.QUEUED
    assert set(Outbox.objects.values_list("kind", "object_id")) == {("score", str(evaluation.pk))}


def test_handing_in_twice_makes_one_submission(session: Session, now: datetime) -> None:
    other_tab = Session.objects.get(pk=session.pk)
    assert flow.finish(session, by=EndedBy.CANDIDATE, now=now)
    assert not flow.finish(other_tab, by=EndedBy.DEADLINE, now=now)
    assert Submission.objects.count() == 1


def test_a_finished_session_always_has_its_submission(session: Session) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(state="finished")


def test_the_sweeper_hands_in_what_was_saved_when_nobody_watches(session: Session) -> None:
    write(session, "saved in time", now=NOON + minutes(44))
    job = _due(session, NOON + minutes(46))
    flow.expire_job(job)
    session.refresh_from_db()
    assert (session.state, session.ended_by) == ("finished", "deadline")
    assert session.finished_at == NOON + minutes(45)
    assert session.submission
    assert session.submission.answer["requirements"] == "saved in time"


def test_the_sweeper_waits_when_the_clock_was_lengthened(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(ends_at=NOON + minutes(90))
    flow.expire_job(_due(session, NOON + minutes(46)))
    session.refresh_from_db()
    assert session.is_running
    assert Outbox.objects.get(kind=flow.KIND).due_at > NOON + minutes(90)


def test_requests_do_not_hand_in_during_the_grace(session: Session) -> None:
    assert not flow.expire(session, now=NOON + minutes(45) + clock.GRACE)
    assert flow.expire(session, now=NOON + minutes(45) + clock.GRACE + timedelta(seconds=1))


def test_leaving_step_one_freezes_the_requirements_once(session: Session, now: datetime) -> None:
    write(session, "first", now=now)
    flow.go_to(session, step="estimation", now=now + minutes(5))
    write(session, "second", now=now + minutes(6))
    flow.go_to(session, step="requirements", now=now + minutes(7))
    flow.go_to(session, step="estimation", now=now + minutes(8))
    session.refresh_from_db()
    assert (session.frozen_text, session.frozen_at) == ("first", now + minutes(5))


def test_time_is_counted_per_step(session: Session, now: datetime) -> None:
    for step, at in (("estimation", 4), ("requirements", 7), ("deep_dive", 8)):
        flow.go_to(session, step=step, now=now + minutes(at))
    flow.finish(session, by=EndedBy.CANDIDATE, now=now + minutes(20))
    session.refresh_from_db()
    assert session.spent == {"requirements": 300, "estimation": 180, "deep_dive": 720}


def test_steps_may_be_taken_in_any_order_but_must_exist(session: Session, now: datetime) -> None:
    assert flow.go_to(session, step="wrap_up", now=now)
    assert flow.go_to(session, step="requirements", now=now)
    assert not flow.go_to(session, step="dessert", now=now)


def test_strict_goes_forward_one_step_at_a_time(alice: User, now: datetime) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    assert not flow.go_to(session, step="deep_dive", now=now + minutes(1))
    assert flow.go_to(session, step="estimation", now=now + minutes(2))
    assert not flow.go_to(session, step="requirements", now=now + minutes(2))
    session.refresh_from_db()
    assert session.open_step(now + minutes(4)) == "estimation"
    assert session.open_step(now + minutes(5)) == "high_level_design"


def test_strict_catches_up_with_steps_nobody_watched(alice: User, now: datetime) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    write(session, "needs", now=now + minutes(1))
    flow.catch_up(session, now=now + minutes(20))
    session.refresh_from_db()
    assert session.current_step == "deep_dive"
    assert session.spent == {"requirements": 360, "estimation": 180, "high_level_design": 600}
    assert (session.frozen_text, session.frozen_at) == ("needs", now + minutes(6))


def test_strict_is_handed_in_whole_when_nobody_ever_looked(alice: User, now: datetime) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    flow.expire(session, now=now + minutes(600))
    session.refresh_from_db()
    assert session.finished_at == now + minutes(45)
    assert sum(session.spent.values()) == 45 * 60


def board(*names: str) -> str:
    """A chain of parts."""
    links = [f"  n{at}[{name}] --> n{at + 1}[{names[at + 1]}]" for at, name in enumerate(names[:-1])]
    return json.dumps(excalidraw.write(mermaid.read("\n".join(["flowchart LR", *links]))))


def draw(session: Session, *names: str, now: datetime) -> None:
    assert write(session, board(*names), step="high_level_design", part="board", now=now).outcome == "saved"


def test_sheet_and_board_are_handed_in_with_their_steps(session: Session, now: datetime) -> None:
    write(session, "writes = 12 / s", step="estimation", part="sheet", now=now)
    draw(session, "Client", "API", now=now)
    flow.hand_in(session, now=now)
    answer = Submission.objects.get().answer
    assert "- writes = 12 / s" in answer["estimation"]
    assert "API" in answer["high_level_design"]
    assert answer["deep_dive"] == ""


def test_the_design_is_the_board_as_it_stood_when_the_requirement_changed(session: Session, now: datetime) -> None:
    draw(session, "Client", "API", now=now + minutes(10))
    Exchange.objects.create(session=session, at=25 * 60, kind="curveball", key="more", step="deep_dive")
    draw(session, "Client", "API", "Queue", now=now + minutes(30))
    flow.hand_in(session, now=now + minutes(40))
    handed = Submission.objects.get()
    assert "Queue" not in handed.answer["high_level_design"]
    assert "Queue" in handed.answer["deep_dive"]
    assert handed.originals["curveball.board"] == board("Client", "API")
    assert [one["kind"] for one in handed.exchanges] == ["curveball"]


def test_strict_hands_in_the_design_as_it_stood_when_its_step_closed(alice: User, now: datetime) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    draw(session, "Client", "API", now=now + minutes(18))
    draw(session, "Client", "API", "Queue", now=now + minutes(30))
    flow.expire(session, now=now + minutes(600))
    answer = Submission.objects.get().answer
    assert "Queue" not in answer["high_level_design"]
    assert "Queue" in answer["deep_dive"]


def test_strict_a_board_that_was_on_its_way_when_its_step_closed_is_in_the_design(alice: User, now: datetime) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    draw(session, "Client", "API", now=now + minutes(19) + clock.GRACE / 2)
    flow.expire(session, now=now + minutes(600))
    answer = Submission.objects.get().answer
    assert "API" in answer["high_level_design"]
    assert answer["deep_dive"] == ""


def test_a_board_that_breaks_the_joining_does_not_keep_anybody_in(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(session, "needs", now=now)
    draw(session, "Client", "API", now=now)
    monkeypatch.setattr(handing_in, "join", lambda *_: 1 / 0)
    assert flow.hand_in(session, now=now)
    handed = Submission.objects.get()
    assert handed.answer["requirements"] == "needs"
    assert handed.originals == {"high_level_design.board": board("Client", "API")}


@pytest.mark.parametrize("late", ["a save", "a word"])
def test_what_arrives_while_the_answer_is_joined_is_handed_in(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    join = handing_in.join
    calls: list[str] = []

    def slow(*arguments: Any) -> handing_in.Handed:
        if not calls:
            calls.append(late)
            if late == "a save":
                write(session, "in time", now=now)
            else:
                Exchange.objects.create(session=session, at=1, kind="question", text="in time?", step="deep_dive")
        return join(*arguments)

    monkeypatch.setattr(handing_in, "join", slow)
    assert flow.hand_in(session, now=now)
    handed = Submission.objects.get()
    assert (handed.answer["requirements"] or handed.exchanges[0]["text"]).startswith("in time")


@pytest.mark.parametrize("kind", ["probe", "probe_reply", "skip", "hint", "curveball"])
def test_the_database_refuses_to_bring_anything_up_twice(session: Session, kind: str) -> None:
    Exchange.objects.create(session=session, at=1, kind=kind, key="once", step="deep_dive")
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.create(session=session, at=2, kind=kind, key="once", step="deep_dive")


def test_a_session_has_one_curveball(session: Session) -> None:
    Exchange.objects.create(session=session, at=1, kind="curveball", key="one", step="deep_dive")
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.create(session=session, at=2, kind="curveball", key="other", step="deep_dive")


@pytest.mark.parametrize(
    ("factor", "ends"), [(Decimal("1.5"), NOON + minutes(67.5)), (Decimal(10), NOON + minutes(450)), (None, None)]
)
def test_a_new_time_factor_applies_to_the_running_session(
    session: Session, alice: User, factor: Decimal | None, ends: datetime | None
) -> None:
    change_factor(alice, factor, at=NOON + minutes(10))
    session.refresh_from_db()
    assert session.ends_at == ends
    assert session.started_at == NOON
    planned = Outbox.objects.filter(kind=flow.KIND).first()
    assert (planned is None) == (ends is None)


def test_a_shorter_clock_leaves_a_minute_and_never_ends_a_session(session: Session, alice: User) -> None:
    change_factor(alice, Decimal(2), at=NOON + minutes(10))
    change_factor(alice, Decimal(1), at=NOON + minutes(80))
    session.refresh_from_db()
    assert session.is_running
    assert session.ends_at == NOON + minutes(81)


def test_a_new_time_factor_does_not_open_closed_strict_steps_again(alice: User) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    change_factor(alice, Decimal(2), at=NOON + minutes(7))
    session.refresh_from_db()
    assert session.open_step(NOON + minutes(7)) == "estimation"
    # Estimation opened at minute 6 and has six minutes now.
    assert session.open_step(NOON + minutes(11.9)) == "estimation"
    assert session.open_step(NOON + minutes(12)) == "high_level_design"


def test_a_new_time_factor_hands_in_what_had_run_out_already(session: Session, alice: User) -> None:
    change_factor(alice, Decimal(2), at=NOON + minutes(50))
    session.refresh_from_db()
    assert session.ended_by == EndedBy.DEADLINE


def test_a_page_whose_clock_runs_fast_cannot_hand_in(session: Session, now: datetime) -> None:
    assert not flow.hand_in_at_zero(session, now=now + minutes(44.9))
    session.refresh_from_db()
    assert session.is_running
    assert flow.hand_in_at_zero(session, now=now + minutes(45))
    session.refresh_from_db()
    assert session.ended_by == EndedBy.DEADLINE


def test_a_page_cannot_hand_in_a_session_without_a_limit(alice: User, now: datetime) -> None:
    assert not flow.hand_in_at_zero(make_session(alice, mode=Mode.UNTIMED), now=now + minutes(600))


def test_two_devices_that_move_at_once_do_not_undo_each_other(session: Session, now: datetime) -> None:
    phone = Session.objects.get(pk=session.pk)
    write(session, "first", now=now)
    assert flow.go_to(session, step="estimation", now=now + minutes(4))
    write(session, "second", now=now + minutes(5))
    # The phone still shows step 1, and its move comes later.
    assert not flow.go_to(phone, step="deep_dive", now=now + minutes(6))
    assert phone.current_step == "estimation"
    session.refresh_from_db()
    assert (session.frozen_text, session.spent) == ("first", {"requirements": 240})


def test_an_untimed_session_of_the_same_question_is_taken_up_again(alice: User) -> None:
    session = make_session(alice, mode=Mode.UNTIMED)
    with pytest.raises(flow.AlreadyRunning) as refused:
        make_session(alice, mode=Mode.UNTIMED)
    assert refused.value.session == session


def test_a_drill_is_submitted_as_one_step(alice: User, now: datetime) -> None:
    session = make_session(alice, mode=Mode.ONE_STEP, step="deep_dive")
    flow.finish(session, by=EndedBy.CANDIDATE, now=now)
    submission = Submission.objects.get()
    assert submission.asked == ["deep_dive"]
    assert not submission.is_whole


def test_each_try_draws_other_numbers(alice: User, now: datetime) -> None:
    question = make_question()
    assert history.next_variant(alice, question.pk) == 0
    flow.finish(make_session(alice), by=EndedBy.CANDIDATE, now=now)
    assert history.next_variant(alice, question.pk) == 1


def test_what_a_guest_did_goes_to_the_account(alice: User, stranger: User, now: datetime) -> None:
    session = make_session(stranger)
    flow.adopt(stranger, alice)
    session.refresh_from_db()
    assert session.user == alice


def test_a_guest_and_an_account_that_both_sit_do_not_collide(alice: User, stranger: User) -> None:
    from django.utils import timezone

    mine, theirs = make_session(alice, now=timezone.now()), make_session(stranger, now=timezone.now())
    flow.adopt(stranger, alice)
    theirs.refresh_from_db()
    assert theirs.user == alice
    assert not theirs.is_running
    assert Session.objects.get(pk=mine.pk).is_running


def test_a_session_keeps_its_edition_when_the_question_changes(session: Session) -> None:
    make_question(title="Design a better lamp network")
    assert Question.objects.get().current.number == 2
    session.refresh_from_db()
    assert session.edition.number == 1
    assert Draft.objects.filter(session=session).count() == 7
    assert draft_of(session).version == 0


def change_factor(user: User, factor: Decimal | None, *, at: datetime) -> None:
    user.time_factor = factor
    with time_machine.travel(at, tick=False):
        flow.apply_time_factor(user)


def _due(session: Session, now: datetime) -> outbox.Job:
    """The expiry job as the runner would hand it over at `now`."""
    from uuid import uuid4

    row = Outbox.objects.get(kind=flow.KIND, object_id=str(session.pk))
    token = uuid4()
    Outbox.objects.filter(pk=row.pk).update(claim_token=token)
    return outbox.Job(kind=row.kind, object_id=row.object_id, attempts=1, now=now, row_id=row.pk, token=token)
