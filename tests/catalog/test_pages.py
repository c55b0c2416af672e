"""The list of questions and the page of one, as a browser gets them."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog import listing, variants
from catalog.listing import best_bucket, tag_name
from catalog.models import Question
from catalog.modes import MODES
from catalog.personal import Best, Practised
from interview import flow, history
from interview.models import Session
from lib import bands
from tests.accounts.factories import make_user
from tests.catalog.factories import make_question, make_topic
from tests.interview.factories import NOON, make_session

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def questions() -> list[Question]:
    return [
        make_question(),
        make_question(slug="doors", title="Design doors", difficulty="hard", tags=["batch"]),
    ]


def page(client: Client, query: str = "", **headers: str) -> str:
    return client.get(f"/questions/{query}", headers=headers).text


def counts(html: str) -> dict[str, str]:
    return dict(re.findall(r'id="count-([\w-]+)"[^>]*>(\d+)<', html))


@pytest.mark.usefixtures("questions")
def test_a_swap_brings_the_counts_and_says_the_result_outside_of_what_is_swapped(client: Client) -> None:
    whole, swapped = page(client), page(client, "?q=doors", **HTMX)
    assert counts(whole)["difficulty-hard"] == counts(whole)["difficulty-standard"] == "1"
    assert counts(swapped)["difficulty-hard"] == "1"
    assert counts(swapped)["difficulty-standard"] == "0"
    # Every count of the page is brought up to date, none is left as it was.
    assert counts(swapped).keys() == counts(whole).keys()
    assert swapped.count('hx-swap-oob="true"') == len(counts(whole))
    assert re.search(r'<p hx-swap-oob="innerHTML:#status">\s*1 of 2 questions', swapped)
    section = swapped[swapped.index('id="questions"') : swapped.index("</section>")]
    assert 'role="status"' not in section
    assert whole.count('role="status"') == 1
    assert whole.index('id="status"') < whole.index('id="questions"')


@pytest.mark.usefixtures("questions")
def test_a_whole_page_swaps_nothing_out_of_band(client: Client) -> None:
    assert "hx-swap-oob" not in page(client)


@pytest.mark.usefixtures("questions")
def test_a_tag_stays_in_the_list_when_the_words_leave_it_nothing(client: Client) -> None:
    assert counts(page(client, "?q=doors"))["tag-real-time"] == "0"


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    "query", ["?tag=unknown", "?topic=unknown", "?topic=%00", "?kind=x&difficulty=x&best=x&sort=x"]
)
def test_what_is_unknown_filters_nothing(client: Client, query: str) -> None:
    html = page(client, query)
    assert "2 of 2 questions" in html
    assert "Remove filter" not in html
    assert 'type="hidden" name="topic"' not in html


@pytest.mark.usefixtures("questions")
def test_a_known_tag_filters_beside_an_unknown_one(client: Client) -> None:
    html = page(client, "?tag=unknown&tag=batch")
    assert "1 of 2 questions" in html
    assert 'aria-label="Remove filter: Batch"' in html


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("words", ["%25", "_", "***", "%00"])
def test_words_that_say_nothing_find_nothing_as_in_the_search(client: Client, words: str) -> None:
    html = page(client, f"?q={words}")
    assert "0 of 2 questions" in html
    assert "Remove search" in html


@pytest.mark.usefixtures("questions")
def test_a_list_by_topic_keeps_it_while_other_filters_change(client: Client) -> None:
    make_topic(title="Wires & wiring", questions=["doors"])
    html = page(client, "?topic=wiring&difficulty=hard")
    assert "1 of 2 questions" in html
    assert re.search(
        r'href="/questions/\?difficulty=hard"\s+aria-label="Remove filter: Exercises Wires &amp; wiring"', html
    )
    assert '<input type="hidden" name="topic" value="wiring">' in html
    assert "0 of 2 questions" in page(client, "?topic=wiring&q=lamp")


def test_a_row_names_its_question(client: Client, questions: list[Question]) -> None:
    html = page(client, "?difficulty=hard")
    assert 'href="/questions/doors/">Design doors</a>' in html
    assert f'href="/questions/{questions[0].slug}/"' not in html
    assert "<dt>Lamps</dt> <dd>10M devices</dd>" in html
    assert "<dt>Switches per lamp</dt> <dd>4 operations/day</dd>" in html


@pytest.mark.parametrize(
    ("tag", "name"),
    [("cdn", "CDN"), ("ids", "IDs"), ("read-heavy", "Read-heavy"), ("keys-and-caches", "Keys and caches")],
)
def test_a_tag_is_written_as_people_write_it(tag: str, name: str) -> None:
    assert tag_name(tag) == name


def test_every_band_falls_into_one_of_the_filters() -> None:
    found = [best_bucket(Best(band.key, 0, 0, None)) for band in bands.BANDS]  # type: ignore[arg-type]
    assert found == ["low", "low", "solid", "high", "high"]
    assert best_bucket(None) == "none"
    assert best_bucket(None, Practised({})) == "practised"


def test_the_page_of_a_question_offers_every_mode_in_words(client: Client) -> None:
    question, alice = make_question(), make_user("alice@example.com")
    client.force_login(alice)
    html = client.get(f"/questions/{question.slug}/").text
    for mode in MODES:
        assert f'value="{mode.key}"' in html
        assert mode.explanation in html


def test_the_modes_are_those_a_session_can_have() -> None:
    assert [(mode.key, mode.title) for mode in MODES] == [
        (str(key), title) for key, title in Session._meta.get_field("mode").choices or ()
    ]


def test_a_guest_is_told_the_days_of_the_settings(client: Client) -> None:
    html = client.get(f"/questions/{make_question().slug}/").text
    assert f"kept for {settings.GUEST_DAYS}&nbsp;days" in html


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?q=kafka", "Try another word for it."),
        ("?q=kafka+streams", "Nothing has all of these words."),
        ("?q=kafka&kind=classic", "Remove a filter, or use fewer words."),
        ("?kind=scenario", "Remove a filter."),
    ],
)
def test_where_no_question_fits_the_page_says_what_else_to_do(client: Client, query: str, said: str) -> None:
    html = page(client, query)
    assert said in html
    assert "Show all 2" in html
    assert ("Search the library for “kafka" in html) == ("q=" in query)
    assert ("/search/?q=kafka" in html) == ("q=" in query)


@pytest.mark.usefixtures("questions")
def test_words_with_a_typing_error_lead_to_the_nearest_that_find_something(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    html = page(client, "?q=dors&difficulty=hard")
    assert 'Did you mean <a href="/questions/?q=doors&amp;difficulty=hard">“doors”</a>?' in html
    # Where the other filters leave nothing of it, it is no way on.
    assert "Did you mean" not in page(client, "?q=dors&difficulty=standard")
    # A word of the library alone is no help among questions.
    make_topic(title="Wires")
    assert "Did you mean" not in page(client, "?q=wirse")
    # the questions · those with the words · the words there are · those with the nearest words
    with django_assert_num_queries(4):
        page(client, "?q=dors")


@pytest.mark.parametrize("signed_in", [True, False])
def test_one_page_has_one_name(client: Client, signed_in: bool) -> None:
    if signed_in:
        client.force_login(make_user("alice@example.com"))
    for url in ("/questions/", f"/questions/{make_question().slug}/"):
        html = client.get(url).text
        assert re.search(r'<a href="/questions/" aria-current="page">Questions</a>', html)
        assert "Practice" not in html


def test_whoever_signs_in_to_start_comes_back_to_the_start(client: Client) -> None:
    url = f"/questions/{make_question().slug}/"
    html = client.get(url).text
    assert f'?next={url}%23start-h">Sign in' in html
    assert re.search(rf'name="next"\s+value="{url}#start-h"', html)
    assert client.post(reverse("accounts:guest"), {"next": f"{url}#start-h"}).headers["Location"] == f"{url}#start-h"
    assert '<h2 id="start-h" tabindex="-1">Start</h2>' in client.get(url).text


def test_the_numbers_shown_are_those_of_the_next_try(client: Client) -> None:
    question, alice = make_question(), make_user("alice@example.com")
    client.force_login(alice)
    shown = set()
    for _ in range(4):
        expected = variants.draw(question.current.spec, history.next_variant(alice, question.pk))["lamps"]
        html = client.get(f"/questions/{question.slug}/").text
        assert f"We run {expected}." in html
        assert f"<dd>{expected}</dd>" in html
        shown.add(expected)
        flow.finish(make_session(alice), by=Session.EndedBy.CANDIDATE, now=NOON)
    assert len(shown) == 2, "four tries never drew other numbers"


def test_a_long_list_has_pages_that_keep_the_filters(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for number in range(5):
        make_question(slug=f"lamps-{number}", title=f"Design lamps {number}")
    first = page(client, "?difficulty=standard")
    assert "5 of 5 questions" in first
    assert "Design lamps 1<" in first
    assert "Design lamps 2<" not in first
    assert 'rel="prev"' not in first
    assert 'href="/questions/?difficulty=standard&amp;page=2">Next' in first
    last = page(client, "?difficulty=standard&page=3")
    assert "Design lamps 4<" in last
    assert 'rel="next"' not in last
    assert re.search(r'href="/questions/\?"\s+aria-label="Remove filter: Standard"', last)
    # Whatever somebody types, there is a page.
    assert "Design lamps 4<" in page(client, "?page=999")
    for odd in ("0", "-1", "x", "99999999999"):
        assert "Design lamps 0<" in page(client, f"?page={odd}")
