"""The interviewer over HTTP: the pane for a script, the room again without one, and never anybody else's session."""

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog import answer_file, loader
from catalog.models import Question
from catalog.steps import REQUIREMENTS, STEPS
from interview import flow, prompted, room, talk
from interview.clock import Mode
from interview.forms import MAX_QUESTION
from interview.interviewer import probing
from interview.models import Exchange, Session
from tests.interview import bank
from tests.interview.factories import NOON, write
from tests.interview.talking import HUBS, lamp_session

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}
# What every signed-in request makes: the browser session, the user.
SIGNED_IN = 2
QUIET = {"idle": "10"}


@pytest.fixture(autouse=True)
def counters_begin_at_zero() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def session(alice: User, noon: Any) -> Session:
    return lamp_session(alice)


@pytest.fixture
def client(alice: User) -> Client:
    return client_of(alice)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, session: Session) -> str:
    return reverse(f"interview:{name}", args=[session.pk])


def post(client: Client, name: str, session: Session, data: dict[str, Any], *, script: bool = True) -> Any:
    return client.post(url(name, session), data, headers=SCRIPT if script else {})


def ask(client: Client, session: Session, text: str, *, script: bool = True) -> Any:
    return post(client, "ask", session, {"text": text}, script=script)


def listen(client: Client, session: Session, step: str = "high_level_design", **data: str) -> Any:
    return post(client, "listen", session, {"step": step, **QUIET, **data})


def draw_near(session: Session, step: str, noon: Any, *, minutes: float, text: str = HUBS) -> None:
    """Enter a step, write something in it, and let time pass."""
    flow.go_to(session, step=step, now=NOON + timedelta(minutes=5))
    write(session, text, step=step, now=NOON + timedelta(minutes=5))
    noon.move_to(NOON + timedelta(minutes=minutes))


def pane_of(session: Session) -> str:
    """The pane as the room shows it now."""
    session = Session.objects.select_related("edition").get(pk=session.pk)
    shown = room.build(session, shown=None, now=NOON + timedelta(minutes=8))
    return render_to_string("interview/_interviewer.html", {"room": shown, "session": session})


# --- asking


def test_asking_answers_with_the_pane(client: Client, session: Session, noon: Any) -> None:
    noon.shift(timedelta(minutes=1))
    response = ask(client, session, "How many lamps are there?")
    assert response.status_code == 200
    html = response.text
    assert "<html" not in html
    said = html[html.index("What you asked") :]
    assert said.index("How many lamps are there?</p>") < said.index("There are 10M devices.</p>")
    assert 'data-say="There are 10M devices."' in said
    assert "<time>1:00</time>" in html
    assert "counts" not in html
    assert "</textarea>" in html
    assert html.split("</textarea>")[0].endswith(">\n"), "the box is empty again"


def test_without_script_asking_leads_back_to_the_interviewer(client: Client, session: Session) -> None:
    response = ask(client, session, "How many lamps are there?", script=False)
    assert response.status_code == 302
    assert response["Location"] == url("room", session) + "#interviewer"
    page = client.get(response["Location"]).text
    assert 'id="interviewer"' in page
    assert "There are 10M devices." in page


def test_what_is_asked_is_shown_as_it_was_typed_and_runs_nothing(client: Client, session: Session) -> None:
    html = ask(client, session, '<script>alert("1")</script> & how many lamps?').text
    assert "<script" not in html
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; how many lamps?" in html


@pytest.mark.parametrize("script", [True, False])
def test_too_long_a_question_stays_in_the_box(client: Client, session: Session, script: bool) -> None:
    text = "How many? " * 60
    response = ask(client, session, text, script=script)
    assert response.status_code == 422
    assert "99 characters too long; 500 fit" in response.text
    assert text in response.text
    assert 'aria-invalid="true"' in response.text
    assert not Exchange.objects.exists()


def test_the_box_takes_as_much_as_the_server(client: Client, session: Session) -> None:
    assert f'maxlength="{MAX_QUESTION}"' in pane_of(session)
    # A line end is one character to the browser, and two on the way here.
    lines = "\r\n".join(["x"] * (MAX_QUESTION // 2))
    assert ask(client, session, lines).status_code == 200


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_nothing_is_no_question(client: Client, session: Session, text: str) -> None:
    response = ask(client, session, text)
    assert response.status_code == 422
    assert "Write your question first." in response.text
    assert not Exchange.objects.exists()


def test_a_null_character_is_left_out_of_a_question(client: Client, session: Session) -> None:
    assert ask(client, session, "How many\x00 lamps are there?").status_code == 200
    assert Exchange.objects.get(kind="question").text == "How many lamps are there?"


def test_a_second_click_asks_once(client: Client, session: Session) -> None:
    ask(client, session, "How many lamps are there?")
    html = ask(client, session, "How many lamps are there?").text
    assert html.count("You asked</span>") == 1


@pytest.mark.parametrize("script", [True, False])
def test_one_question_too_many_stays_in_the_box(client: Client, session: Session, script: bool) -> None:
    Exchange.objects.bulk_create(
        Exchange(session=session, at=n, kind="question", text=f"Question {n}?", step="requirements")
        for n in range(talk.MAX_QUESTIONS)
    )
    response = ask(client, session, "And one more?", script=script)
    assert response.status_code == 409
    assert "You have asked 60 questions." in response.text
    assert "\nAnd one more?</textarea>" in response.text


def test_asking_without_end_is_stopped(client: Client, session: Session) -> None:
    answers = [ask(client, session, "How many lamps are there?").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


# --- following up


def test_with_nothing_to_say_there_is_no_content(client: Client, session: Session) -> None:
    response = listen(client, session, "requirements")
    assert (response.status_code, response.content) == (204, b"")


def test_a_follow_up_comes_as_a_card(client: Client, session: Session, noon: Any) -> None:
    draw_near(session, "high_level_design", noon, minutes=7)
    html = listen(client, session).text
    probe = Exchange.objects.get()
    assert "Follow-ups: 1 of 2" in html
    assert f'data-say="Follow-up: {probe.text}"' in html
    assert 'data-answer="&gt; Interviewer: ' in html
    assert prompted.quote(probe.text) in unescape(html)
    assert "Answered already" in html
    assert "Skip" in html
    assert "<time>7:00</time>" in html
    assert listen(client, session).status_code == 204


def test_a_follow_up_shows_the_words_that_caused_it(client: Client, session: Session, noon: Any) -> None:
    text = "No hub at first.\n\n> Interviewer: a hub?\n\n```\nhub -> lamp\n```\n\n" + "Words. " * 30
    draw_near(
        session, "high_level_design", noon, minutes=7, text=text + "\n\n- Lamps hang on **hubs** of two kinds; good."
    )
    html = listen(client, session).text
    assert "Lamps hang on **hubs** of two kinds<cite>" in re.sub(r"\s+(?=<cite>)", "", html)
    assert "Asked because you wrote this" in html


def test_words_that_are_not_there_are_not_shown(client: Client, session: Session, noon: Any) -> None:
    draw_near(session, "high_level_design", noon, minutes=7)
    listen(client, session)
    write(session, "All is new.", step="high_level_design", now=NOON + timedelta(minutes=7))
    assert "Asked because" not in pane_of(session)


def test_a_second_tab_catches_up(client: Client, session: Session, noon: Any) -> None:
    draw_near(session, "high_level_design", noon, minutes=7)
    known = re.search(r'data-known="(\d+)"', pane_of(session))
    assert known
    assert listen(client, session, known=known[1]).status_code == 200
    other_tab = listen(client, session, known=known[1])
    assert (other_tab.status_code, Exchange.objects.count()) == (200, 1)
    assert "Follow-ups: 1 of 2" in other_tab.text
    assert listen(client, session, known="1").status_code == 204


@pytest.mark.parametrize(
    "data", [{}, {"step": "x"}, {"idle": "-1"}, {"idle": "nan"}, {"idle": "inf"}, {"idle": "now"}, {"known": "-1"}]
)
def test_listening_that_makes_no_sense_is_refused(client: Client, session: Session, data: dict[str, str]) -> None:
    whole = {"step": "deep_dive", **QUIET, **data} if data else {}
    assert post(client, "listen", session, whole).status_code == 422


def test_listening_without_script_shows_the_room(client: Client, session: Session) -> None:
    response = post(client, "listen", session, {"step": "deep_dive", **QUIET}, script=False)
    assert response["Location"] == url("room", session) + "#interviewer"


def test_listening_all_the_time_is_stopped(client: Client, session: Session) -> None:
    answers = [listen(client, session, "requirements").status_code for _ in range(31)]
    assert answers == [204] * 30 + [429]


def test_the_change_is_announced_and_comes_as_a_card(client: Client, session: Session, noon: Any) -> None:
    assert "One requirement may change in the deep dive." in pane_of(session)
    draw_near(session, "deep_dive", noon, minutes=14)
    html = listen(client, session, "deep_dive").text
    ball = Exchange.objects.get(kind="curveball")
    assert "One requirement has changed" in html
    assert re.search(
        r"Until now: <del>Without a network lamps may stay as they are, all 10M devices of them\.</del>", html
    )
    assert f"{ball.text}</ins>" in html
    assert "Keep the board; you edit it, you do not start again." in html
    assert "may change" not in html
    assert prompted.quote(ball.text) in unescape(html)
    assert 'data-state="open"' in html
    html = post(client, "settle", session, {"key": ball.key, "how": "answered"}).text
    assert "One requirement has changed, answered in your text" in html
    assert 'data-state="open"' not in html
    # It stands among the requirements, too.
    page = client.get(url("room", session)).text
    assert f"data-now>{ball.text}</p>" in page[page.index('id="frozen"') :]


@pytest.mark.parametrize("mode", [Mode.UNTIMED, Mode.ONE_STEP])
def test_no_change_is_announced_where_none_comes(alice: User, noon: Any, mode: Mode) -> None:
    html = pane_of(lamp_session(alice, mode=mode, step="deep_dive"))
    assert "may change" not in html
    assert ("Follow-ups: 0 of 2" in html) is (mode == Mode.ONE_STEP), "the first step only answers"


# --- settling


@pytest.mark.parametrize(("how", "words"), [("answered", "answered in your text"), ("skip", "skipped")])
def test_a_follow_up_is_settled(client: Client, session: Session, noon: Any, how: str, words: str) -> None:
    draw_near(session, "high_level_design", noon, minutes=7)
    listen(client, session)
    probe = Exchange.objects.get()
    html = post(client, "settle", session, {"key": probe.key, "how": how}).text
    assert f"Follow-up, {words}" in html
    assert 'data-state="done"' in html
    assert "Answered already" not in html
    assert "Follow-ups: 1 of 2" in html


def test_without_script_the_quote_is_shown_to_be_copied(client: Client, session: Session, noon: Any) -> None:
    draw_near(session, "high_level_design", noon, minutes=7)
    listen(client, session)
    probe = Exchange.objects.get()
    response = post(client, "settle", session, {"key": probe.key, "how": "answered"}, script=False)
    assert response["Location"] == url("room", session) + "#interviewer"
    page = unescape(client.get(response["Location"]).text)
    assert f'<pre class="prewrap sm">{prompted.quote(probe.text)}</pre>' in page


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 422), ({"key": "hub_dies"}, 422), ({"key": "x", "how": "eat"}, 422), ({"key": "x", "how": "skip"}, 409),
     ({"key": "a\x00b", "how": "skip"}, 422), ({"key": "x" * 101, "how": "skip"}, 422)],
)  # fmt: skip
def test_settling_what_is_not_there(client: Client, session: Session, data: dict[str, str], status: int) -> None:
    assert post(client, "settle", session, data).status_code == status
    assert not Exchange.objects.exists()


# --- hints


def offered(html: str) -> str:
    found = re.search(r'name="criterion"\s+value="(\w+)"', html)
    assert found, html
    return found[1]


def test_a_hint_says_its_price_first_and_is_then_given(client: Client, session: Session) -> None:
    assert "Ask for a hint" in pane_of(session)
    html = client.get(url("hint", session), {"step": "requirements"}, headers=SCRIPT).text
    assert "It costs 5 % of what the criterion counts" in html
    assert "What happens in the dark?" not in html
    assert not Exchange.objects.exists()
    data = {"criterion": offered(html), "step": "requirements", "answer": "take"}
    html = post(client, "hint", session, data).text
    assert "What happens in the dark?" in html
    assert "costs 5 %</span>" in html
    assert "Ask for a hint" in html


def test_a_hint_may_be_left(client: Client, session: Session) -> None:
    criterion = offered(client.get(url("hint", session), {"step": "requirements"}, headers=SCRIPT).text)
    data = {"criterion": criterion, "step": "requirements", "answer": "no"}
    html = post(client, "hint", session, data).text
    assert "Ask for a hint" in html
    assert not Exchange.objects.exists()


def test_without_script_a_hint_is_offered_in_the_room(client: Client, session: Session) -> None:
    page = client.get(url("hint", session), {"step": "requirements"}).text
    assert "<html" in page
    data = {"criterion": offered(page), "step": "requirements", "answer": "take"}
    response = post(client, "hint", session, data, script=False)
    assert response["Location"] == url("room", session) + "#interviewer"
    assert "What happens in the dark?" in client.get(response["Location"]).text


def test_an_offer_that_changed_is_made_anew(client: Client, session: Session) -> None:
    criterion = offered(client.get(url("hint", session), {"step": "requirements"}, headers=SCRIPT).text)
    other = {"requirements_one": "requirements_two", "requirements_two": "requirements_one"}[criterion]
    response = post(client, "hint", session, {"criterion": other, "step": "requirements", "answer": "take"})
    assert response.status_code == 409
    assert "not on offer any more" in response.text
    assert offered(response.text) == criterion
    assert not Exchange.objects.exists()


def test_where_no_hint_is_left_it_says_so(client: Client, session: Session) -> None:
    text = "A lamp that is switched on shines until somebody switches it off."
    write(session, text, now=NOON)
    html = client.get(url("hint", session), {"step": "requirements"}, headers=SCRIPT).text
    assert "No hint is left for this step" in html


@pytest.mark.parametrize("data", [{}, {"criterion": "x", "step": "deep_dive"}, {"criterion": "x", "answer": "take"}])
def test_a_hint_that_makes_no_sense_is_refused(client: Client, session: Session, data: dict[str, str]) -> None:
    assert post(client, "hint", session, data).status_code == 422


# --- whose it is, and when it is over

CALLS = {
    "ask": {"text": "How many lamps are there?"},
    "listen": {"step": "deep_dive", "idle": "10"},
    "hint": {"criterion": "requirements_one", "step": "requirements", "answer": "take"},
    "settle": {"key": "hub_dies", "how": "skip"},
}


@pytest.mark.parametrize("name", CALLS)
def test_nobody_else_can_talk_in_it(stranger: User, session: Session, name: str) -> None:
    assert post(client_of(stranger), name, session, CALLS[name]).status_code == 404
    assert client_of(stranger).get(url("hint", session), headers=SCRIPT).status_code == 404
    assert Client().post(url(name, session), CALLS[name])["Location"].startswith(reverse("account_login"))
    assert not Exchange.objects.exists()


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("name", CALLS)
def test_after_the_end_nothing_is_said(client: Client, session: Session, noon: Any, name: str, late: bool) -> None:
    ask(client, session, "Do lamps have colours?")
    if late:
        noon.shift(timedelta(minutes=46))
    else:
        flow.hand_in(session, now=NOON)
    response = post(client, name, session, CALLS[name])
    assert response.status_code == 409
    assert "The session is over" in response.text
    assert "Do lamps have colours?" in response.text
    assert "<form" not in response.text
    assert post(client, name, session, CALLS[name], script=False)["Location"] == url("result", session)
    assert Exchange.objects.count() == 2


def test_a_session_that_is_over_shows_what_was_said_and_asks_for_nothing(session: Session) -> None:
    talk.ask(session, text="How many lamps are there?", now=NOON)
    flow.hand_in(session, now=NOON)
    html = pane_of(session)
    assert "There are 10M devices." in html
    assert "<form" not in html
    assert "may change" not in html


def test_strict_follows_the_clock_whatever_the_page_says(client: Client, alice: User, noon: Any) -> None:
    session = lamp_session(alice, mode=Mode.STRICT)
    noon.shift(timedelta(minutes=7))
    response = listen(client, session, "deep_dive")
    assert response.status_code == 204
    session.refresh_from_db()
    assert session.current_step == "estimation"
    html = ask(client, session, "How many lamps are there?").text
    assert 'data-step="estimation"' in html
    assert set(session.exchanges.values_list("step", flat=True)) == {"estimation"}


# --- what it costs


def test_asking_costs_a_bounded_number_of_queries(
    client: Client, session: Session, django_assert_num_queries: Any
) -> None:
    ask(client, session, "Do lamps have colours?")
    # the session · what was said · the transaction, its row, the questions, the new rows, its end · the pane's two
    with django_assert_num_queries(SIGNED_IN + 1 + 1 + 5 + 2):
        ask(client, session, "How many lamps are there?")


def test_listening_costs_two_queries_of_its_own(
    client: Client, session: Session, django_assert_num_queries: Any, noon: Any
) -> None:
    draw_near(session, "high_level_design", noon, minutes=5.5)
    with django_assert_num_queries(SIGNED_IN + 2):  # the session · what was said
        listen(client, session)


# --- sessions as they go


def play(seed: int, user: User, noon: Any) -> Session:
    """A session over HTTP, with an answer of the catalog cut at random, questions of all sorts, and things left out."""
    rng = random.Random(seed)
    question = bank.question(rng.choice(bank.SLUGS[::8]))
    row = Question.objects.filter(slug=question.slug).first()
    if row is None:
        loader.publish(question, source="tests")
        row = Question.objects.select_related("edition").get(slug=question.slug)
    mode = rng.choice([Mode.INTERVIEW, Mode.STRICT, Mode.UNTIMED])
    noon.move_to(NOON)
    cache.clear()
    session = flow.start(user, question=row, mode=mode, variant=rng.randint(0, 5), now=NOON)
    client = client_of(user)
    text = rng.choice([question.model_answer, *(example.text for example in question.examples)])
    written = answer_file.steps_of(text)
    now = 0.0
    for step in STEPS:
        client.post(url("go", session), {"step": step.key})
        lines = [line for line in written[step.key].splitlines() if rng.random() < 0.8]
        if step.key == REQUIREMENTS:
            subjects = [term for probe in question.probes for term in probe.presupposes]
            lines += [f"Out of scope: {term}." for term in rng.sample(subjects, min(3, len(subjects)))]
        client.post(reverse("interview:save", args=[session.pk, step.key]), {"text": "\n".join(lines), "base": 0})
        ends = now + step.minutes * 60 - 5
        while (now := now + rng.uniform(40, 200)) < ends:
            noon.move_to(NOON + timedelta(seconds=now))
            listen(client, session, step.key, idle=str(rng.choice([2, 9, 40])))
            if rng.random() < 0.2:
                ask(client, session, rng.choice(bank.rows()).text)
        now = ends + 5
        noon.move_to(NOON + timedelta(seconds=now))
    client.post(url("finish", session))
    session.refresh_from_db()
    return session


def presupposed(session: Session, one: Exchange) -> set[str]:
    question = session.edition.spec
    if one.kind == "curveball":
        return set(next(ball.presupposes for ball in question.curveballs if ball.key == one.key))
    return set(next(p.presupposes for p in (*question.probes, *probing.general()) if p.key == one.key))


def test_sessions_keep_what_is_promised(alice: User, noon: Any) -> None:
    kinds: dict[str, int] = {}
    for seed in range(20):
        session = play(seed, alice, noon)
        assert not session.is_running
        said = list(session.exchanges.all())
        for one in said:
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
        brought = [one for one in said if one.kind in ("probe", "curveball")]
        assert len({one.key for one in brought}) == len(brought)
        assert sum(one.kind == "curveball" for one in brought) <= (session.mode != Mode.UNTIMED)
        assert not any(one.step == REQUIREMENTS for one in brought)
        for step in STEPS:
            assert sum(one.kind == "probe" and one.step == step.key for one in brought) <= 2
        for one, following in pairwise(brought):
            assert following.kind == "curveball" or following.at - one.at >= 180
        out = {line.removeprefix("Out of scope: ").rstrip(".") for line in session.frozen_text.splitlines()}
        for one in brought:
            assert not presupposed(session, one) & out, (one.key, session.frozen_text)
        assert session.submission
        assert len(session.submission.exchanges) == len(said)
    # Silence would keep every promise.
    assert kinds["probe"] > 40
    assert kinds["curveball"] > 5
    assert kinds["reply"] > 40
