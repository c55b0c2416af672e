"""The room over HTTP: what it shows, what it costs, what becomes of a save."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from interview import flow, prompted, room
from interview.clock import Mode
from interview.models import Revision, Session
from tests.catalog.factories import make_question
from tests.interview.factories import NOON, draft_of, make_session, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, session: Session, *args: str) -> str:
    return reverse(f"interview:{name}", args=[session.pk, *args])


def save(client: Client, session: Session, text: str, base: int, step: str = "requirements") -> Any:
    return client.post(url("save", session, step), {"text": text, "base": base})


def test_starting_leads_into_the_room(client: Client, noon: Any) -> None:
    question = make_question()
    response = client.post(reverse("interview:start", args=[question.slug]), {"mode": "interview"})
    session = Session.objects.get()
    assert response["Location"] == url("room", session)
    page = client.get(response["Location"]).content.decode()
    assert "We run 10M devices." in page
    assert 'data-seconds-left="2700"' in page


def test_starting_a_second_one_leads_to_the_first(client: Client, noon: Any, session: Session) -> None:
    response = client.post(reverse("interview:start", args=["lamps"]), {"mode": "strict"}, follow=True)
    assert response.redirect_chain[-1][0] == url("room", session)
    assert "still running" in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"mode": "party"}, {"mode": "one_step"}, {"mode": "one_step", "step": "x"}])
def test_a_start_that_makes_no_sense_goes_back_to_the_question(client: Client, data: dict[str, str]) -> None:
    make_question()
    response = client.post(reverse("interview:start", args=["lamps"]), data)
    assert response["Location"] == reverse("catalog:detail", args=["lamps"])
    assert not Session.objects.exists()


def test_what_was_typed_is_shown_as_it_was_typed(client: Client, noon: Any, session: Session) -> None:
    text = '\n  <b>5 < 6</b> & "quotes"\r\n\n'
    write(session, text, now=NOON)
    page = client.get(url("room", session)).content.decode()
    shown = page.split('data-version="1"')[1].split(">", 1)[1].split("</textarea>")[0]
    from html import unescape

    # A textarea swallows the first newline after its tag, so the template writes one of its own.
    assert unescape(shown) == "\n" + text


def test_a_save_answers_with_version_and_clock(client: Client, noon: Any, session: Session) -> None:
    noon.shift(timedelta(minutes=10))
    response = save(client, session, "needs", 0)
    assert response.json() == {"outcome": "saved", "version": 1, "seconds_left": 2100.0}
    assert draft_of(session).text == "needs"


def test_a_null_character_is_left_out_and_the_rest_is_saved(client: Client, noon: Any, session: Session) -> None:
    assert save(client, session, "pasted\x00 from a file", 0).json()["outcome"] == "saved"
    assert draft_of(session).text == "pasted from a file"


def test_a_stale_save_gets_the_other_text(client: Client, noon: Any, session: Session) -> None:
    save(client, session, "first tab", 0)
    response = save(client, session, "second tab", 0)
    assert response.status_code == 409
    assert response.json() == {"outcome": "conflict", "version": 1, "seconds_left": 2700.0, "text": "first tab"}


def test_a_late_save_is_told_that_it_is_over(client: Client, noon: Any, session: Session) -> None:
    noon.shift(timedelta(minutes=46))
    response = save(client, session, "typed offline", 0)
    assert (response.status_code, response.json()["outcome"]) == (409, "over")
    assert Revision.objects.set_aside().get().inserted == "typed offline"


@pytest.mark.parametrize(
    "data", [{"text": "x"}, {"text": "x", "base": -1}, {"text": "x", "base": 10**30}, {"text": "x" * 60_001, "base": 0}]
)
def test_a_malformed_save_says_what_is_wrong(client: Client, noon: Any, session: Session, data: dict[str, Any]) -> None:
    response = client.post(url("save", session, "requirements"), data)
    assert response.status_code == 422
    assert response.json()["errors"]


def test_a_board_may_be_longer_than_a_text(client: Client, noon: Any, session: Session) -> None:
    address = url("save_part", session, "high_level_design", "board")
    assert client.post(address, {"text": "x" * 60_001, "base": 0}).json()["outcome"] == "saved"
    too_long = client.post(address, {"text": "x" * 400_001, "base": 1})
    assert too_long.status_code == 422
    assert too_long.json()["errors"] == {"text": ["This is 1 character too long; 400,000 fit."]}


@pytest.mark.parametrize(("step", "part"), [("requirements", "sheet"), ("deep_dive", "board"), ("wrap_up", "board")])
def test_a_step_has_only_its_own_parts(client: Client, noon: Any, session: Session, step: str, part: str) -> None:
    assert client.post(url("save_part", session, step, part), {"text": "x", "base": 0}).status_code == 404


def test_without_script_a_save_leads_back_into_the_room(client: Client, noon: Any, session: Session) -> None:
    html = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    data = {"text": "needs", "base": 0, "go": "estimation"}
    response = client.post(url("save", session, "requirements"), data, headers=html, follow=True)
    page = response.content.decode()
    assert "Saved." in page
    assert "<title>Estimation" in page
    session.refresh_from_db()
    assert session.frozen_text == "needs"


def test_without_script_handing_over_takes_what_is_in_the_editor(client: Client, noon: Any, session: Session) -> None:
    data = {"text": "last words", "base": 0, "hand_over": "yes"}
    response = client.post(url("save", session, "requirements"), data, headers={"Accept": "text/html"})
    assert response["Location"] == url("result", session)
    session.refresh_from_db()
    assert session.submission is not None
    assert session.submission.answer["requirements"] == "last words"


def test_without_script_a_text_that_was_not_taken_hands_nothing_over(
    client: Client, noon: Any, session: Session
) -> None:
    write(session, "from another device", now=NOON)
    data = {"text": "older", "base": 0, "hand_over": "yes"}
    client.post(url("save", session, "requirements"), data, headers={"Accept": "text/html"})
    session.refresh_from_db()
    assert session.is_running


def test_without_script_what_was_not_taken_is_still_in_the_editor(client: Client, noon: Any, session: Session) -> None:
    data = {"text": "x" * 70_000, "base": 0}
    response = client.post(url("save", session, "requirements"), data, headers={"Accept": "text/html"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "10,000 characters too long" in page
    assert "x" * 70_000 in page


def by_form(client: Client, address: str, data: dict[str, Any]) -> Any:
    return client.post(address, data, headers={"Accept": "text/html"})


def in_the_form(page: Any, *names: str) -> dict[str, str]:
    """What the hidden fields of the form in front hold, so what is sent with it again."""
    form = page.content.decode().partition(f'id="form-{page.context["room"].shown}"')[2].partition("</form>")[0]
    return {name: form.partition(f'name="{name}" value="')[2].partition('"')[0] for name in names}


@pytest.mark.parametrize("step", ["requirements", "high_level_design"])
def test_without_script_a_mended_text_meets_what_another_tab_saved_meanwhile(
    client: Client, noon: Any, session: Session, step: str
) -> None:
    address = url("save", session, step)
    save(client, session, "both tabs hold this", 0, step)
    by_form(client, address, {"text": "from the other tab", "base": 1})
    refused = by_form(client, address, {"text": "x" * 60_001, "base": 1})
    assert refused.status_code == 422
    by_form(client, address, {"text": "mended", **in_the_form(refused, "base")})
    assert draft_of(session, step).text == "from the other tab"
    assert Revision.objects.set_aside().get().inserted == "mended"


def test_without_script_a_mended_sheet_and_text_meet_what_another_tab_saved_meanwhile(
    client: Client, noon: Any, session: Session
) -> None:
    address = url("save_estimation", session)
    by_form(client, address, {"sheet": "a = 1 user", "sheet_base": 0, "text": "other", "base": 0})
    refused = by_form(client, address, {"sheet": "x" * 60_001, "sheet_base": 0, "text": "own", "base": 0})
    assert refused.status_code == 422
    bases = in_the_form(refused, "sheet_base", "base")
    assert bases == {"sheet_base": "0", "base": "0"}
    by_form(client, address, {"sheet": "b = 2 users", "text": "own", **bases})
    assert draft_of(session, "estimation", "sheet").text == "a = 1 user"
    assert draft_of(session, "estimation").text == "other"
    assert {row.inserted for row in Revision.objects.set_aside()} == {"b = 2 users", "own"}


def test_without_script_a_sheet_that_was_taken_is_not_in_the_way_of_the_text_that_was_not(
    client: Client, noon: Any, session: Session
) -> None:
    address = url("save_estimation", session)
    refused = by_form(client, address, {"sheet": "a = 1 user", "sheet_base": 0, "text": "x" * 60_001, "base": 0})
    bases = in_the_form(refused, "sheet_base", "base")
    by_form(client, address, {"sheet": "a = 2 users", "text": "mended", **bases})
    assert draft_of(session, "estimation", "sheet").text == "a = 2 users"
    assert draft_of(session, "estimation").text == "mended"
    assert not Revision.objects.set_aside().exists()


def test_without_script_a_base_that_is_no_number_overwrites_nothing(
    client: Client, noon: Any, session: Session
) -> None:
    save(client, session, "saved before", 0)
    refused = by_form(client, url("save", session, "requirements"), {"text": "mended", "base": "none"})
    by_form(client, url("save", session, "requirements"), {"text": "mended", **in_the_form(refused, "base")})
    assert draft_of(session, "requirements").text == "saved before"
    assert Revision.objects.set_aside().get().inserted == "mended"


def test_a_page_that_shows_zero_too_early_is_told_the_time(client: Client, noon: Any, session: Session) -> None:
    noon.shift(timedelta(minutes=44))
    response = client.post(url("finish", session), {"reason": "deadline"})
    assert (response.status_code, response.json()) == (409, {"seconds_left": 60.0})
    session.refresh_from_db()
    assert session.is_running


def test_a_rewritten_list_of_requirements_costs_no_time(session: Session) -> None:
    lines = [f"- requirement number {n} of {n * 7}" for n in range(400)]
    write(session, "\n".join(lines), now=NOON)
    flow.go_to(session, step="estimation", now=NOON)
    write(session, "\n".join(f"{line} changed" for line in lines), now=NOON)
    session.refresh_from_db()
    assert len(room.build(session, shown=None, now=NOON).amendments) == 800


def test_a_step_that_is_not_asked_for_cannot_be_saved(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.ONE_STEP, step="estimation")
    assert save(client, session, "x", 0, "deep_dive").status_code == 404


# Two that every signed-in request makes: the browser session, the user.
SIGNED_IN = 2


def test_a_save_costs_three_queries_of_its_own(
    client: Client, noon: Any, session: Session, django_assert_num_queries: Any
) -> None:
    # the draft with its session · the conditional update · the revision; and one transaction around the last two
    with django_assert_num_queries(SIGNED_IN + 3 + 2):
        save(client, session, "needs", 0)


def test_the_room_costs_three_queries_of_its_own(
    client: Client, noon: Any, session: Session, django_assert_num_queries: Any
) -> None:
    # the session with its edition · its drafts · what was said
    client.get(url("room", session))
    with django_assert_num_queries(SIGNED_IN + 3):
        client.get(url("room", session))


def test_the_clock_costs_one_query_of_its_own(
    client: Client, noon: Any, session: Session, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(SIGNED_IN + 1):
        client.get(url("clock", session))


def test_moving_on_answers_with_the_stepper_and_the_frozen_requirements(
    client: Client, noon: Any, session: Session
) -> None:
    write(session, "- Shorten\n- Redirect", now=NOON)
    noon.shift(timedelta(minutes=5))
    response = client.post(url("go", session), {"step": "estimation"}, headers={"HX-Request": "true"})
    fragment = response.content.decode()
    assert "<html" not in fragment
    assert 'id="stepper"' in fragment
    assert "<li>Shorten</li><li>Redirect</li>" in fragment
    assert "Frozen 5:00" in fragment


def test_later_changes_to_the_requirements_are_amendments(client: Client, noon: Any, session: Session) -> None:
    write(session, "- Shorten\n- Redirect", now=NOON)
    flow.go_to(session, step="estimation", now=NOON)
    write(session, "- Shorten\n- Count clicks", now=NOON)
    page = client.get(url("room", session)).content.decode()
    assert "added: </span>Count clicks</ins>" in page
    assert "taken out: </span>Redirect</del>" in page


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("- **No** logins", "No logins"),
        ("2. *Redirect* within __50 ms__", "Redirect within 50 ms"),
        ("## Out of scope", "Out of scope"),
        ("- [x] `user_id` and ~~names~~ stay_as_they_are", "user_id and names stay_as_they_are"),
        ("> [the brief](https://example.com) says so", "the brief says so"),
        ("5 * 3 * 2 = 30, 100M users", "5 * 3 * 2 = 30, 100M users"),
    ],
)
def test_frozen_requirements_are_plain_words(
    client: Client, noon: Any, session: Session, line: str, plain: str
) -> None:
    write(session, f"{line}\n\n---\n```\n", now=NOON)
    flow.go_to(session, step="estimation", now=NOON)
    assert f'<ul class="bullets sm mt-2"><li>{plain}</li></ul>' in client.get(url("room", session)).content.decode()


def test_the_words_of_the_interviewer_are_not_counted(client: Client, noon: Any, session: Session) -> None:
    quoted = prompted.quote("What if it fails?\nAnd then?")
    write(session, f"Three own words.\n\n{quoted}\n\nTwo more.", now=NOON)
    page = client.get(url("room", session)).content.decode()
    assert "<span data-words>5</span>" in page


def test_leaving_the_requirements_says_that_it_freezes_them(client: Client, noon: Any, session: Session) -> None:
    assert "Leaving freezes your requirements" in client.get(url("room", session)).content.decode()
    flow.go_to(session, step="estimation", now=NOON)
    assert "Leaving freezes your requirements" not in client.get(url("room", session)).content.decode()


def test_the_room_of_a_session_that_ran_out_leads_to_its_result(client: Client, noon: Any, session: Session) -> None:
    noon.shift(timedelta(minutes=46))
    response = client.get(url("room", session))
    assert response["Location"] == url("result", session)
    session.refresh_from_db()
    assert session.ended_by == "deadline"


def test_the_room_is_open_on_any_device_while_it_runs(client: Client, alice: User, noon: Any, session: Session) -> None:
    save(client, session, "from the laptop", 0)
    phone = Client()
    phone.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    noon.shift(timedelta(minutes=15))
    page = phone.get(url("room", session)).content.decode()
    assert "from the laptop" in page
    assert 'data-seconds-left="1800"' in page


def test_strict_shows_one_open_editor(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    noon.shift(timedelta(minutes=7))
    page = client.get(url("room", session) + "?step=deep_dive").content.decode()
    assert page.count("readonly") == 4
    assert "<title>Estimation" in page


@pytest.mark.parametrize(
    ("minutes", "step", "part", "length"),
    [
        (7, "requirements", "text", 60_001),
        (7, "high_level_design", "board", 400_001),
        (7, "wrap_up", "text", 60_001),
        (44, "deep_dive", "text", 60_001),
    ],
)
def test_strict_never_puts_a_refused_text_into_another_step(
    client: Client, noon: Any, alice: User, minutes: int, step: str, part: str, length: int
) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    noon.shift(timedelta(minutes=minutes))
    address = url("save_part", session, step, part) if part != "text" else url("save", session, step)
    response = client.post(address, {"text": "x" * length, "base": 0}, headers={"Accept": "text/html"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "1 character too long" in page
    # Nowhere but beside the steps, to be copied.
    assert page.count("x" * length) == 1
    assert f'id="refused-{part}" rows="8" readonly autocomplete="off">\n{"x" * length}</textarea>' in page


def test_strict_puts_a_refused_text_of_the_open_step_back_into_it(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    noon.shift(timedelta(minutes=14))
    data = {"text": "x" * 60_001, "base": 0}
    response = client.post(url("save", session, "high_level_design"), data, headers={"Accept": "text/html"})
    assert response.status_code == 422
    assert response.context["room"].row.draft.text == data["text"]
    assert "refused-text" not in response.content.decode()


def test_a_refused_board_does_not_stand_in_a_text(client: Client, noon: Any, session: Session) -> None:
    data = {"text": "no scene", "base": "none"}
    address = url("save_part", session, "high_level_design", "board")
    response = client.post(address, data, headers={"Accept": "text/html"})
    assert response.status_code == 422
    assert response.context["room"].row.draft.text == ""
    assert response.context["room"].row.board.text == "no scene"


@pytest.mark.parametrize(
    ("step", "assumed"),
    [
        ("requirements", ""),
        ("estimation", ""),
        ("high_level_design", "Begin with the needs you assume, in a few lines."),
        ("deep_dive", "Begin with the design you assume, in a few lines or on the board."),
        ("wrap_up", "Begin with the design you assume, in a few lines."),
    ],
)
def test_a_drill_asks_for_what_its_step_rests_on(
    client: Client, noon: Any, alice: User, step: str, assumed: str
) -> None:
    page = client.get(url("room", make_session(alice, mode=Mode.ONE_STEP, step=step))).content.decode()
    assert "We run 10M devices." in page
    assert page.count("Begin with the") == bool(assumed)
    assert assumed in page


def test_a_whole_interview_rests_on_its_own_steps(client: Client, noon: Any, session: Session) -> None:
    assert "Begin with the" not in client.get(url("room", session)).content.decode()


def test_a_doubtful_sum_is_told_in_full_and_is_no_error(client: Client, noon: Any, session: Session) -> None:
    response = client.post(url("sheet", session), {"sheet": "all = 10M messages + 3M requests\nx = nobody"})
    told = response.content.decode().partition('id="sheet-errors"')[2].partition("</ul>")[0]
    assert "<b>Line 1</b> adds messages and requests." in told
    assert told.count("data-line") == 1
    assert 'data-line="2"' in told


def test_the_preview_draws_what_it_understood(client: Client, noon: Any, session: Session) -> None:
    text = "Flow\n\n```mermaid\nflowchart LR\n a[Phone] --> b[Hub]\n c[Lonely]\n```\n"
    fragment = client.post(url("preview", session), {"text": text}).content.decode()
    assert "<svg" in fragment
    assert "3 parts and 1 link" in fragment
    assert "Not attached to anything: Lonely" in fragment


def test_the_preview_lets_no_script_through(client: Client, noon: Any, session: Session) -> None:
    fragment = client.post(url("preview", session), {"text": "<script>alert(1)</script>"}).content.decode()
    assert "<script" not in fragment
