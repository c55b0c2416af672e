"""A person's practice as a whole: taken out, handed over, forgotten; and what its pages ask of the database."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session as BrowserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import lifecycle
from accounts.models import User
from catalog.steps import STEPS
from interview import flow, history
from interview.clock import Mode
from interview.models import Revision, Session
from jobs import runner
from jobs.models import Outbox
from scoring.models import Evaluation, Submission
from tests.accounts.factories import PASSWORD, make_guest, make_user, signed_in
from tests.catalog.factories import make_question, make_topic
from tests.catalog.studies import studies
from tests.interview.factories import draft_of, make_session, write
from tests.scoring.factories import score_now

pytestmark = pytest.mark.django_db

ANSWER = "Pressing the button makes the bulb glow at once, because people wait for the light."


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> Iterator[None]:
    """Rate limits count per address of the client, and every test has the same one."""
    cache.clear()
    yield
    cache.clear()


def text_of(step: str) -> str:
    return f"{ANSWER} That is the {step} of ten million lamps."


def finished(user: User, *, now: datetime | None = None, more: str = "") -> Session:
    """A session with something in every step, handed in and scored."""
    now = now or timezone.now()
    session = make_session(user, now=now)
    for step in STEPS:
        write(session, text_of(step.key) + more, step=step.key, now=now)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    session.refresh_from_db()
    score_now(evaluation_of(session))
    return session


def evaluation_of(session: Session) -> Evaluation:
    assert session.submission
    return session.submission.evaluations.get()


def practised(user: User) -> list[str]:
    """Somebody with one session scored, one waiting and one running with a text set aside; words to find them by."""
    scored = finished(user)
    waiting = make_session(user, now=timezone.now())
    write(waiting, "Handed in, not scored yet.", now=timezone.now())
    flow.finish(waiting, by=Session.EndedBy.CANDIDATE, now=timezone.now())
    waiting.refresh_from_db()
    running = make_session(user, now=timezone.now())
    write(running, "First words.", now=timezone.now())
    write(running, "First words, then others.", now=timezone.now())
    Revision.objects.create(
        draft=draft_of(running),
        kind=Revision.Kind.CONFLICT,
        version=0,
        at=timezone.now(),
        inserted="Typed in another tab.",
    )
    ids = [user.pk, scored.pk, waiting.pk, running.pk, scored.submission_id, waiting.submission_id]
    ids += [evaluation_of(scored).pk, evaluation_of(waiting).pk]
    words = [ANSWER, "Handed in, not scored yet.", "First words", "then others", "Typed in another tab."]
    return [*words, *(str(pk) for pk in ids), *([user.email] if user.email else [])]


def traces(needles: list[str]) -> list[str]:
    """Every row of every table that holds one of these texts, addresses or ids."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.all():
            values = [getattr(row, field.attname) for field in model._meta.concrete_fields]
            if isinstance(row, BrowserSession):
                values.append(row.get_decoded())
            whole = " ".join(str(value) for value in values)
            found += [f"{model._meta.label} {row.pk}: {needle}" for needle in needles if needle in whole]
    return found


def in_all(value: Any) -> str:
    """Everything in an export, as one string."""
    if isinstance(value, dict):
        return "\n".join(in_all(item) for item in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(in_all(item) for item in value)
    return str(value)


# --- Taking everything out.


def test_the_export_holds_every_text_of_a_person(alice: User) -> None:
    practised(alice)
    exported = lifecycle.export(alice)
    assert len(exported["sessions"]) == 3
    everything = in_all(exported["sessions"])
    for text in (
        *(text_of(step.key) for step in STEPS),
        "Handed in, not scored yet.",
        "First words, then others.",
        "Typed in another tab.",
    ):
        assert text in everything
    handed_in = in_all(exported["submissions"])
    for text in (*(text_of(step.key) for step in STEPS), "Handed in, not scored yet."):
        assert text in handed_in


def test_the_export_holds_every_mark_of_a_person(alice: User) -> None:
    session = finished(alice)
    evaluation = evaluation_of(session)
    exported = lifecycle.export(alice)["submissions"][0]["evaluations"][0]
    assert exported["overall"] == evaluation.overall
    assert {row["step"]: row["mark"] for row in exported["steps"]} == {
        mark.step: mark.mark for mark in evaluation.step_marks.all()
    }
    marks = {row["key"]: (row["mark"], row["evidence"], row["missing"]) for row in exported["criteria"]}
    assert marks == {row.key: (row.mark, row.evidence, row.missing) for row in evaluation.criterion_marks.all()}
    assert len(marks) == 12
    assert any(evidence for _, evidence, _ in marks.values())


def test_the_export_holds_nothing_of_anybody_else(alice: User, stranger: User) -> None:
    practised(alice)
    exported = lifecycle.export(stranger)
    assert (exported["sessions"], exported["submissions"]) == ([], [])


# --- Being forgotten.


def test_an_erased_person_leaves_no_row_anywhere(alice: User) -> None:
    client = signed_in(alice)
    needles = practised(alice)
    client.get(reverse("interview:list"))
    assert {trace.split()[0] for trace in traces(needles)} >= {
        "interview.Revision",
        "scoring.CriterionMark",
        "jobs.Outbox",
    }
    client.post(reverse("accounts:delete"), {"password": PASSWORD})
    assert not User.objects.filter(pk=alice.pk).exists()
    assert traces(needles) == []


def test_erasing_one_person_leaves_the_others_as_they_were(alice: User, stranger: User) -> None:
    practised(alice)
    theirs = practised(stranger)
    before = len(Session.objects.for_user(stranger)), Submission.objects.for_user(stranger).count()
    lifecycle.erase(alice)
    assert (len(Session.objects.for_user(stranger)), Submission.objects.for_user(stranger).count()) == before
    assert len(traces(theirs)) > len(theirs)


def test_a_guest_with_practice_is_forgotten_after_their_days() -> None:
    start = timezone.now()
    guest = make_guest(now=start)
    needles = practised(guest)
    end = start + timedelta(days=settings.GUEST_DAYS)
    work_through(lifecycle.ERASE_GUEST, end - timedelta(seconds=1))
    assert Session.objects.for_user(guest).count() == 3
    work_through(lifecycle.ERASE_GUEST, end)
    assert traces(needles) == []


def work_through(kind: str, now: datetime) -> None:
    """What a worker does with the jobs that are due."""
    for row in Outbox.objects.filter(kind=kind).due(now):
        runner.run(row.pk, now=now)


# --- Changing hands.


def test_what_a_guest_sat_belongs_to_the_account_they_sign_in_to(client: Client) -> None:
    question = make_question()
    account = make_user("ada@example.com")
    client.post(reverse("accounts:guest"))
    guest = User.objects.get(pk=UUID(client.session["_auth_user_id"]))
    client.post(reverse("interview:start", args=[question.slug]), {"mode": "interview"})
    session = Session.objects.for_user(guest).get()
    client.post(reverse("interview:save", args=[session.pk, "requirements"]), {"text": ANSWER, "base": 0})
    client.post(reverse("interview:finish", args=[session.pk]))
    client.post(reverse("account_login"), {"login": "ada@example.com", "password": PASSWORD})
    session.refresh_from_db()
    assert session.user == account
    assert session.submission
    assert session.submission.user == account
    assert session.submission.answer["requirements"] == ANSWER
    assert not User.objects.filter(pk=guest.pk).exists()
    assert client.get(reverse("interview:result", args=[session.pk])).status_code == 200


def test_the_second_try_has_other_numbers_in_the_room(alice: User) -> None:
    client = signed_in(alice)
    lamps = {"key": "lamps", "label": "Lamps", "values": [f"{n}M devices" for n in (10, 3, 5, 7, 11, 13, 17)]}
    question = make_question(givens=[lamps, {"key": "switches", "label": "Each", "values": ["4 operations/day"]}])
    numbers = []
    for _ in range(2):
        answer = client.post(reverse("interview:start", args=[question.slug]), {"mode": "interview"}, follow=True)
        numbers += re.findall(r"We run (\d+M) devices\.", answer.content.decode())
        client.post(reverse("interview:finish", args=[Session.objects.for_user(alice).running().get().pk]))
    assert numbers[0] == "10M"
    assert numbers[1] != "10M"
    assert list(Submission.objects.order_by("created_at").values_list("variant", flat=True)) == [0, 1]


# --- What the pages ask of the database, however much there is.

# Two that every signed-in request makes: the browser session, the user.
SIGNED_IN = 2


@pytest.mark.parametrize("words", [200, 4_000])
def test_a_result_costs_the_same_for_a_short_and_a_long_answer(
    alice: User, words: int, django_assert_num_queries: Any
) -> None:
    client = signed_in(alice)
    more = "\n" + " ".join(f"{ANSWER} Lamp {n}." for n in range(max(words // 5 - 25, 0) // 17))
    session = finished(alice, more=more)
    url = reverse("interview:result", args=[session.pk])
    client.get(url)
    # the session with question, edition and submission · the rules' evaluation · earlier tries ·
    # the edition that was answered · criterion marks · step marks · topics to study · drafts · texts set aside
    with django_assert_num_queries(SIGNED_IN + 9):
        client.get(url)


def test_asking_for_a_score_costs_as_little_as_it_can(alice: User, django_assert_max_num_queries: Any) -> None:
    client, session = signed_in(alice), make_session(alice, now=timezone.now())
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=timezone.now())
    url = reverse("interview:score", args=[session.pk])
    client.get(url)
    # the session with question, edition and submission · the rules' evaluation
    with django_assert_max_num_queries(SIGNED_IN + 2):
        client.get(url)


def test_moving_on_costs_the_same_with_much_written(alice: User, django_assert_num_queries: Any) -> None:
    client, session = signed_in(alice), make_session(alice, now=timezone.now())
    url = reverse("interview:go", args=[session.pk])
    # the session with its edition · its drafts · the requirements to freeze · the update · what was said
    with django_assert_num_queries(SIGNED_IN + 5):
        client.post(url, {"step": "estimation"}, headers={"HX-Request": "true"})
    for _ in range(20):
        write(session, ANSWER * _, now=timezone.now())
    # nothing is frozen a second time
    with django_assert_num_queries(SIGNED_IN + 4):
        client.post(url, {"step": "deep_dive"}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("saves", [0, 20])
def test_handing_over_costs_the_same_with_much_written(alice: User, saves: int, django_assert_num_queries: Any) -> None:
    client, session = signed_in(alice), make_session(alice, now=timezone.now())
    for number in range(saves):
        write(session, ANSWER * number, now=timezone.now())
    # the session, and once more with its person · twice how it stands: drafts and what was said · drafts and what was
    # said · the lock · drafts closed · submission · evaluation · its job · the requirements to freeze · the session's
    # update · the sweeper's job gone; and two transactions
    with django_assert_num_queries(SIGNED_IN + 16 + 4):
        client.post(reverse("interview:finish", args=[session.pk]))


@pytest.mark.parametrize("tries", [1, 5])
def test_a_question_page_costs_the_same_for_many_tries(alice: User, tries: int, django_assert_num_queries: Any) -> None:
    client = signed_in(alice)
    for number in range(tries):
        finished(alice, now=timezone.now() - timedelta(days=number))
    url = reverse("catalog:detail", args=["lamps"])
    client.get(url)
    # the question · which numbers come next · topics to study first · the tries · their evaluations
    # a timed session running · an untimed one
    with django_assert_num_queries(SIGNED_IN + 7):
        client.get(url)


@pytest.mark.parametrize("questions", [2, 12])
def test_the_list_of_questions_costs_the_same_for_many(
    alice: User, questions: int, django_assert_num_queries: Any
) -> None:
    for number in range(questions):
        make_question(slug=f"lamps-{number}", title=f"Lamps {number}")
    client = signed_in(alice)
    make_session(alice, mode=Mode.UNTIMED, now=timezone.now())
    url = reverse("catalog:list")
    client.get(url)
    # the best results · what has none · the questions · what is written on their rows · a timed session running
    # an untimed one · its drafts · the last results
    with django_assert_num_queries(SIGNED_IN + 8):
        client.get(url)


def drilled(user: User, step: str, *, now: datetime | None = None) -> Session:
    """One step handed in and scored."""
    now = now or timezone.now()
    session = make_session(user, mode=Mode.ONE_STEP, step=step, now=now)
    write(session, text_of(step), step=step, now=now)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    session.refresh_from_db()
    score_now(evaluation_of(session))
    return session


def test_a_step_practised_by_itself_is_neither_a_result_nor_nothing(alice: User, stranger: User) -> None:
    client = signed_in(alice)
    question = make_question()
    make_question(slug="doors", title="Design doors")
    drilled(stranger, "deep_dive")
    assert history.practised_by_question(alice) == {}
    first, newest = (drilled(alice, "deep_dive") for _ in range(2))
    for session, mark in ((first, 1.0), (newest, 2.5)):
        evaluation_of(session).step_marks.update(mark=mark)
    assert history.practised_by_question(alice)[question.pk].steps == {"deep_dive": 2.5}
    html = client.get("/questions/?best=practised").text
    assert ("1 of 2 questions" in html, "One step practised" in html, "Deep dive 2.5 of 4" in html) == (True,) * 3
    html = client.get("/questions/?best=none").text
    assert ("Design doors</a>" in html, "Design a lamp network</a>" in html) == (True, False)
    drilled(alice, "estimation")
    html = client.get("/questions/").text
    assert "2 steps practised" in html
    assert "Deep dive 2.5" not in html
    finished(alice)
    html = client.get("/questions/?best=practised").text
    assert "0 of 2 questions" in html, "the best result says more than a step"


def test_a_whole_answer_without_a_band_is_not_untried(alice: User) -> None:
    client, session = signed_in(alice), make_session(alice, now=timezone.now())
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=timezone.now())
    assert "1 of 1 question" in client.get("/questions/?best=practised").text
    assert history.practised_by_question(AnonymousUser()) == {}


def test_what_was_missed_names_topics_weakest_first_and_the_newest_result_counts(
    alice: User, django_assert_num_queries: Any
) -> None:
    now = timezone.now()
    assert history.missed(alice) == []
    older = finished(alice, now=now - timedelta(days=1))
    newer = finished(alice, now=now, more=" Again.")
    evaluation_of(older).criterion_marks.update(mark=0.5)
    evaluation_of(newer).criterion_marks.update(mark=2.0)
    with django_assert_num_queries(2):  # the last results with their questions · their marks
        (found,) = history.missed(alice)
    assert (found.topic, found.mark, found.question_title) == ("Lamps", 2.0, "Design a lamp network")
    evaluation_of(newer).criterion_marks.update(mark=3.0)
    assert history.missed(alice) == []
    assert history.missed(AnonymousUser()) == []


def test_scoring_an_old_answer_again_makes_it_no_newer(alice: User) -> None:
    now = timezone.now()
    older, newer = finished(alice, now=now - timedelta(days=30)), finished(alice, now=now, more=" Again.")
    for session, mark in ((older, 0.5), (newer, 4.0)):
        evaluation_of(session).criterion_marks.update(mark=mark)
        Evaluation.objects.filter(submission=session.submission).update(overall=60, low=50, high=70, band="solid")
    Evaluation.objects.filter(submission=older.submission).update(finished_at=now + timedelta(days=1))
    assert history.missed(alice) == []
    (best,) = history.best_by_question(alice).values()
    assert newer.submission
    assert best.at == newer.submission.created_at


def test_the_list_says_what_to_take_next_to_whoever_has_results(alice: User) -> None:
    client = signed_in(alice)
    make_topic("lamps", title="Lamps and light")
    make_question(steps=studies("lamps"))
    make_question(slug="doors", title="Design doors", steps=studies("lamps"))
    assert "What next" not in client.get(reverse("catalog:list")).text
    evaluation_of(finished(alice)).criterion_marks.update(mark=1.0)
    html = client.get(reverse("catalog:list")).text
    panel = html[html.index("What next") : html.index('id="filters"')]
    assert 'href="/questions/doors/"' in panel
    assert 'href="/library/lamps/">Lamps and light</a>' in panel
    assert "reached 1 of 4 in Design a lamp network." in panel
