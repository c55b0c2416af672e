"""The result over HTTP: pending, done, dead; what it says and what it never pretends."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from interview import flow
from interview.clock import Mode
from interview.models import Session
from jobs.models import Outbox
from scoring.models import Evaluation
from tests.interview.factories import make_session, write
from tests.scoring.factories import score_now

pytestmark = pytest.mark.django_db

ANSWER = "Pressing the button makes the bulb glow at once, because people wait for the light."


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def finished(alice: User) -> Session:
    now = timezone.now()
    session = make_session(alice, now=now)
    for step in session.steps:
        write(
            session, ANSWER + f" This is the {step.title} of ten million lamps in every town.", step=step.key, now=now
        )
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    session.refresh_from_db()
    return session


def evaluation_of(session: Session) -> Evaluation:
    assert session.submission
    return session.submission.evaluations.get()


def page(client: Client, session: Session, name: str = "result") -> str:
    return client.get(reverse(f"interview:{name}", args=[session.pk])).content.decode()


def test_while_it_waits_there_is_no_number(client: Client, finished: Session) -> None:
    text = page(client, finished)
    assert "Waiting for a free worker" in text
    assert 'hx-trigger="every 1s"' in text
    assert "bandscale" not in text
    assert 'class="meter"' not in text


def test_polling_stops_by_itself_and_shows_the_page(client: Client, finished: Session) -> None:
    url = reverse("interview:score", args=[finished.pk])
    assert "HX-Refresh" not in client.get(url)
    score_now(evaluation_of(finished))
    response = client.get(url)
    assert response["HX-Refresh"] == "true"
    assert "hx-trigger" not in response.content.decode()


def test_the_result_quotes_the_answer_word_for_word(client: Client, finished: Session) -> None:
    score_now(evaluation_of(finished))
    text = page(client, finished)
    assert "Pressing the button makes the bulb glow at once" in text
    assert 'class="ev"' in text
    assert evaluation_of(finished).criterion_marks.exclude(evidence=[]).exists()


def test_every_quote_is_verbatim(finished: Session) -> None:
    score_now(evaluation_of(finished))
    assert finished.submission
    quotes = [e for mark in evaluation_of(finished).criterion_marks.all() for e in mark.evidence]
    assert quotes
    for quote in quotes:
        assert finished.submission.answer[quote["section"]][quote["start"] : quote["end"]] == quote["quote"]


def test_the_result_page_does_not_ask_more_for_a_longer_answer(
    client: Client, finished: Session, django_assert_max_num_queries: Any
) -> None:
    score_now(evaluation_of(finished))
    page(client, finished)
    # browser session · user · the session with question, edition and submission · the rules' evaluation ·
    # earlier attempts · step marks · criterion marks · topics to study · drafts · texts set aside
    with django_assert_max_num_queries(10 + 1):
        page(client, finished)


def test_a_dead_evaluation_says_so_and_offers_another_try(client: Client, finished: Session) -> None:
    evaluation = evaluation_of(finished)
    Outbox.objects.filter(object_id=str(evaluation.pk)).delete()
    Evaluation.objects.filter(pk=evaluation.pk).update(status="dead", reason="The disk was full.", attempts=5)
    text = page(client, finished)
    assert "Not scored yet. That is on us, not on your answer." in text
    assert "The disk was full." in text
    assert "bandscale" not in text
    client.post(reverse("interview:retry", args=[finished.pk]))
    evaluation.refresh_from_db()
    assert (evaluation.status, evaluation.reason) == ("queued", "")
    assert Outbox.objects.filter(kind="score", object_id=str(evaluation.pk)).exists()


def test_retry_does_nothing_to_a_finished_score(client: Client, finished: Session) -> None:
    score_now(evaluation_of(finished))
    client.post(reverse("interview:retry", args=[finished.pk]))
    assert evaluation_of(finished).status == "done"


def test_a_drill_has_a_step_mark_and_no_overall(client: Client, alice: User) -> None:
    now = timezone.now()
    session = make_session(alice, mode=Mode.ONE_STEP, step="deep_dive", now=now)
    write(session, ANSWER + " It is the deep dive into ten million lamps.", step="deep_dive", now=now)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    session.refresh_from_db()
    evaluation = evaluation_of(session)
    score_now(evaluation)
    evaluation.refresh_from_db()
    assert [mark.step for mark in evaluation.step_marks.all()] == ["deep_dive"]
    assert (evaluation.overall, evaluation.band, evaluation.level) == (None, "", "")
    assert "An overall and a band need all five" in page(client, session)


def test_an_empty_answer_has_no_score(client: Client, alice: User) -> None:
    now = timezone.now()
    session = make_session(alice, now=now)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    session.refresh_from_db()
    evaluation = evaluation_of(session)
    score_now(evaluation)
    evaluation.refresh_from_db()
    assert evaluation.overall is None
    assert all(mark.mark is None and not mark.scorable and mark.reason for mark in evaluation.step_marks.all())
    assert "Nothing to score" in page(client, session)


def test_the_export_holds_answer_and_marks(client: Client, finished: Session) -> None:
    score_now(evaluation_of(finished))
    response = client.get(reverse("interview:export", args=[finished.pk]))
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/markdown")
    assert ".md" in response["Content-Disposition"]
    assert "## Requirements\n\n" + ANSWER in text
    assert "# Score" in text
    assert "> Pressing the button" in text


def test_the_export_holds_all_that_is_said_beside_the_marks(client: Client, finished: Session) -> None:
    evaluation = score_now(evaluation_of(finished))
    first = evaluation.criterion_marks.first()
    assert first
    lift = {"criterion": first.key, "missing": "Say who", "mark_from": 2.0, "mark_to": 3.5, "overall": 71.2}
    Evaluation.objects.filter(pk=evaluation.pk).update(
        gates=["No need is a number."],
        ask_mentor=["Much is in doubt.", "It may be about locks."],
        lift={**lift, "band": "strong"},
        calibration="7",
        encoder="minilm:abc",
        level="",
    )
    place = {"section": "deep_dive", "start": 0, "end": 20}
    note = {
        "kind": "mistake",
        "text": "No switch is as quick.",
        "evidence": {**place, "quote": "glow at once,\nalways"},
    }
    evaluation.step_marks.filter(step="deep_dive").update(notes=[note], low=0.5, high=2.5)
    doubt = {"kind": "guard", "text": "This reads like a mistake.", "evidence": {**place, "quote": "people wait"}}
    evaluation.criterion_marks.filter(pk=first.pk).update(notes=[doubt], unsure=["Say who switches."])
    text = client.get(reverse("interview:export", args=[finished.pk])).content.decode()
    for said in (
        "No level is shown. No need is a number.",
        "A mentor should look at this: Much is in doubt. It may be about locks.",
        "It takes criterion 1.1 from 2 to 3.5 and the overall to 71, Strong.",
        f"engine {evaluation.engine}, calibration 7, encoder minilm:abc.",
        "Edition 1 of the question, variant 0 of its numbers.",
        "Wrong as it stands: No switch is as quick.\n\n> glow at once,\n> always\n",
        "In doubt: This reads like a mistake.\n\n> people wait\n",
        "- Perhaps there, but not recognised: Say who switches.",
        "likely 0.5 to 2.5",
    ):
        assert said in text
    assert text.index("## Deep dive: ") < text.index("No switch is as quick.") < text.index("## Wrap-up: ")


def test_the_export_says_once_what_is_said_of_every_step(client: Client, finished: Session) -> None:
    evaluation = score_now(evaluation_of(finished))
    evaluation.step_marks.update(
        mark=1.0, notes=[{"kind": "guard", "text": "No step stands above 1.", "evidence": None}]
    )
    text = client.get(reverse("interview:export", args=[finished.pk])).content.decode()
    assert text.count("In doubt: No step stands above 1.") == 1
    assert text.index("No step stands above 1.") < text.index("## Requirements: ")


def test_the_export_says_when_only_words_were_read_and_which_level_was_reached(
    client: Client, finished: Session
) -> None:
    evaluation = score_now(evaluation_of(finished))
    Evaluation.objects.filter(pk=evaluation.pk).update(encoder="words", level="mid", gates=[], overall=55.0)
    text = client.get(reverse("interview:export", args=[finished.pk])).content.decode()
    assert "Read by its words alone" in text
    assert ", the bar for mid level: 55 of 100" in text
    assert "No level is shown" not in text


def test_the_export_of_an_unscored_answer_says_so(client: Client, finished: Session) -> None:
    url = reverse("interview:export", args=[finished.pk])
    assert "Not scored yet." in client.get(url).content.decode()
    Evaluation.objects.filter(pk=evaluation_of(finished).pk).update(status="dead", reason="The disk was full.")
    assert "Not scored yet. The disk was full." in client.get(url).content.decode()


def test_the_list_shows_each_state(client: Client, finished: Session, alice: User) -> None:
    assert "Being scored" in page_list(client)
    score_now(evaluation_of(finished))
    make_session(alice, now=timezone.now())
    text = page_list(client)
    assert "Running" in text
    assert 'class="band"' in text


def test_the_list_costs_the_same_for_many(client: Client, alice: User, django_assert_num_queries: Any) -> None:
    for _ in range(4):
        session = make_session(alice, now=timezone.now())
        flow.finish(session, by=Session.EndedBy.CANDIDATE, now=timezone.now())
    # browser session · user · the running session · count · the sessions · their evaluations
    with django_assert_num_queries(6):
        page_list(client)


def page_list(client: Client) -> str:
    return client.get(reverse("interview:list")).content.decode()
