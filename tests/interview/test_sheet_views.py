"""The sheet over HTTP: what its lines come to, where they are used, and saving it without script."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from interview import flow, room
from interview.clock import Mode
from interview.models import Revision, Session
from scoring.engine.graph import excalidraw
from scoring.engine.graph.types import Edge, Graph, Node
from tests.interview.factories import NOON, draft_of, make_session, write

pytestmark = pytest.mark.django_db

LINES = "writes = 100M users * 1 link/day\nstorage = writes * 500 B * 5 years"
BY_FORM = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def results(client: Client, session: Session, sheet: str) -> str:
    response = client.post(reverse("interview:sheet", args=[session.pk]), {"sheet": sheet})
    assert response.status_code == 200
    return response.content.decode()


def save_by_form(client: Client, session: Session, **data: Any) -> Any:
    return client.post(reverse("interview:save_estimation", args=[session.pk]), data, headers=BY_FORM)


def test_every_line_has_its_value_and_its_kind(client: Client, noon: Any, session: Session) -> None:
    page = results(client, session, f"users = 3 users\n\n{LINES}")
    assert "1.16 k links/s" in page
    assert "91.3 TB" in page
    # A row for every line, blank ones included: they stand beside the lines.
    assert page.count("<li data-kind=") == 4
    assert 'data-kind="assumed"' in page
    assert 'data-kind="worked out"' in page


def test_an_error_is_said_on_its_line_with_its_remedy(client: Client, noon: Any, session: Session) -> None:
    page = results(client, session, "writes = 5 links/s\ntotal = writs * 2")
    errors = page.split('id="sheet-errors"')[1].split("</ul>")[0]
    assert 'data-line="2"' in errors
    assert "No line above is named “writs”" in errors
    assert "Did you mean writes?" in errors


def test_words_that_are_no_sum_are_marked_and_a_note_is_not(client: Client, noon: Any, session: Session) -> None:
    page = results(client, session, "one link a day\n# one link a day")
    words, note = page.split("<li data-kind=")[1:3]
    assert "words, no sum" in words
    assert "aria-hidden" not in words.split(">")[0]
    assert "words, no sum" not in note
    assert "aria-hidden" in note.split(">")[0]


def test_nothing_is_stored_by_asking(client: Client, noon: Any, session: Session) -> None:
    results(client, session, LINES)
    assert draft_of(session, "estimation", "sheet").text == ""
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("step", "said"), [("high_level_design", "High-level"), ("wrap_up", "Wrap-up"), ("estimation", "the text")]
)
def test_a_number_names_the_step_that_speaks_of_it(
    client: Client, noon: Any, session: Session, step: str, said: str
) -> None:
    write(session, "We plan for `storage` from the start.", step=step, now=NOON)
    page = results(client, session, LINES)
    row = page.split("Drop storage into the text")[0].rsplit("<li ", 1)[1]
    assert said in row
    assert "not used yet" not in row


def test_requirements_come_before_the_sheet_and_use_nothing(client: Client, noon: Any, session: Session) -> None:
    write(session, "We need `storage`.", now=NOON)
    row = results(client, session, LINES).split("Drop storage into the text")[0].rsplit("<li ", 1)[1]
    assert "not used yet" in row


def test_what_another_line_is_worked_out_from_is_not_idle(client: Client, noon: Any, session: Session) -> None:
    row = results(client, session, LINES).split("Drop writes into the text")[0].rsplit("<li ", 1)[1]
    assert "not used yet" not in row


def test_a_number_on_the_board_is_used(client: Client, noon: Any, session: Session) -> None:
    nodes = {"a": Node("Browser"), "b": Node("Store, 91.3 TB")}
    scene = json.dumps(excalidraw.write(Graph(nodes=nodes, edges=[Edge("a", "b")])))
    write(session, scene, step="high_level_design", part="board", now=NOON)
    row = results(client, session, LINES).split("Drop storage into the text")[0].rsplit("<li ", 1)[1]
    assert "High-level" in row


def test_named_results_are_offered_beside_every_step(client: Client, noon: Any, session: Session) -> None:
    write(session, f"{LINES}\n2 * 3", step="estimation", part="sheet", now=NOON)
    page = client.get(reverse("interview:room", args=[session.pk]) + "?step=deep_dive").content.decode()
    numbers = page.split('id="numbers"')[1].split("</section>")[0]
    assert 'data-drop="writes ≈ 1.16 k links/s"' in numbers
    assert numbers.count("data-drop=") == 2


def test_markup_in_a_line_stays_text(client: Client, noon: Any, session: Session) -> None:
    assert "<script" not in results(client, session, "<script>alert(1)</script> = 5 users")


def test_a_sheet_that_is_too_long_is_answered_all_the_same(client: Client, noon: Any, session: Session) -> None:
    assert "xxx" not in results(client, session, "x" * 60_001)


def test_a_session_without_estimation_has_no_sheet(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.ONE_STEP, step="deep_dive")
    assert client.post(reverse("interview:sheet", args=[session.pk]), {"sheet": "x = 1"}).status_code == 404
    assert save_by_form(client, session, sheet="x = 1", sheet_base=0, text="", base=0).status_code == 404


def test_without_script_sheet_and_text_are_saved_by_one_button(client: Client, noon: Any, session: Session) -> None:
    response = save_by_form(client, session, sheet=LINES, sheet_base=0, text="Reads decide.", base=0)
    assert response.status_code == 302
    assert draft_of(session, "estimation", "sheet").text == LINES
    assert draft_of(session, "estimation").text == "Reads decide."


def test_without_script_going_on_takes_the_sheet_along(client: Client, noon: Any, session: Session) -> None:
    save_by_form(client, session, sheet=LINES, sheet_base=0, text="", base=0, go="high_level_design")
    session.refresh_from_db()
    assert session.current_step == "high_level_design"
    assert draft_of(session, "estimation", "sheet").text == LINES


def test_without_script_a_sheet_from_two_tabs_keeps_both(client: Client, noon: Any, session: Session) -> None:
    write(session, "a = 1 user", step="estimation", part="sheet", now=NOON)
    save_by_form(client, session, sheet="b = 2 users", sheet_base=0, text="Kept.", base=0)
    page = client.get(reverse("interview:room", args=[session.pk])).content.decode()
    assert "The sheet: This step was changed somewhere else" in page
    assert draft_of(session, "estimation", "sheet").text == "a = 1 user"
    assert Revision.objects.set_aside().get().inserted == "b = 2 users"
    assert draft_of(session, "estimation").text == "Kept."


def test_without_script_what_was_not_taken_is_still_on_the_page(client: Client, noon: Any, session: Session) -> None:
    sheet = "x" * 60_001
    response = save_by_form(client, session, sheet=sheet, sheet_base=0, text="Not lost either.", base=0)
    page = response.content.decode()
    assert response.status_code == 422
    assert sheet in page
    assert "Not lost either." in page
    assert "The sheet: This is 1 character too long" in page


@pytest.mark.parametrize("more", [{"hand_over": "yes"}, {"go": "high_level_design"}])
def test_a_sheet_that_was_not_taken_hands_nothing_over_and_goes_nowhere(
    client: Client, noon: Any, session: Session, more: dict[str, str]
) -> None:
    write(session, "a = 1 user", step="estimation", part="sheet", now=NOON)
    response = save_by_form(client, session, sheet="b = 2 users", sheet_base=0, text="Kept.", base=0, **more)
    assert response["Location"] == reverse("interview:room", args=[session.pk])
    session.refresh_from_db()
    assert session.is_running
    assert session.current_step == "requirements"
    assert draft_of(session, "estimation").text == "Kept."


def test_without_script_a_sheet_that_was_taken_is_handed_over(client: Client, noon: Any, session: Session) -> None:
    save_by_form(client, session, sheet=LINES, sheet_base=0, text="Kept.", base=0, hand_over="yes")
    session.refresh_from_db()
    assert session.submission is not None
    assert session.submission.originals["estimation.sheet"] == LINES


def test_saving_both_by_one_button_counts_as_one_save_and_is_limited(
    client: Client, noon: Any, session: Session, alice: User
) -> None:
    cache.delete(counter := f"limit:save:{alice.pk}")
    save_by_form(client, session, sheet=LINES, sheet_base=0, text="Once.", base=0)
    assert cache.get(counter) == 1
    cache.set(counter, 120)
    assert save_by_form(client, session, sheet="b = 2 users", sheet_base=1, text="Late.", base=1).status_code == 429
    assert draft_of(session, "estimation", "sheet").text == LINES
    assert draft_of(session, "estimation").text == "Once."
    cache.delete(counter)


def test_strict_shows_a_refused_sheet_beside_the_step_that_is_open(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    noon.shift(timedelta(minutes=14))
    sheet = "x" * 60_001
    response = save_by_form(client, session, sheet=sheet, sheet_base=0, text="Not lost either.", base=0)
    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["room"].open_step == "high_level_design"
    assert {row.draft.text for row in response.context["room"].rows} == {""}
    assert f'id="refused-sheet" rows="8" readonly autocomplete="off">\n{sheet}</textarea>' in page
    assert 'id="refused-text" rows="8" readonly autocomplete="off">\nNot lost either.</textarea>' in page


def test_a_late_sheet_is_kept_beside_the_answer(client: Client, noon: Any, session: Session) -> None:
    noon.shift(timedelta(minutes=46))
    save_by_form(client, session, sheet=LINES, sheet_base=0, text="", base=0)
    assert Revision.objects.set_aside().get().inserted == LINES


def test_what_was_handed_in_is_said_in_words(noon: Any, session: Session) -> None:
    write(session, "two words", now=NOON)
    write(session, LINES, step="estimation", part="sheet", now=NOON)
    nodes = {"a": Node("Browser"), "b": Node("Store")}
    scene = json.dumps(excalidraw.write(Graph(nodes=nodes, edges=[Edge("a", "b")])))
    write(session, scene, step="high_level_design", part="board", now=NOON)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=NOON)
    session.refresh_from_db()
    shown = room.build(session, shown=None, now=NOON)
    held = {row.step.key: words for row, words in shown.handed_in}
    assert held["requirements"] == ("2 words",)
    assert held["estimation"] == ("0 words", "2 lines on the sheet")
    assert held["high_level_design"] == ("0 words", "2 parts, 1 link")
    assert held["deep_dive"] == ("0 words", "the same board, 2 parts, 1 link")
    assert held["wrap_up"] == ("0 words",)
