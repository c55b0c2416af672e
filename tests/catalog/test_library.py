"""The library: shelves, topics, reference pages, and what of them stands beside questions."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog import library_folder, library_spec, loader, shelves
from catalog.models import Topic
from lib.svg import scale
from tests.catalog.factories import content, make_card, make_question, make_reference, make_topic
from tests.catalog.studies import studies

pytestmark = pytest.mark.django_db


def test_shelves_stand_in_their_order_and_topics_from_foundation_on(client: Client) -> None:
    make_topic("zones", section="scaling")
    make_topic("mastery", level="mastery")
    make_topic("basics", level="foundation")
    html = client.get("/library/").text
    places = [html.index(f"/library/{slug}/") for slug in ("basics", "mastery", "zones")]
    assert places == sorted(places)
    assert 'data-rung="mastery">Mastery<' in html
    assert 'id="messaging"' not in html


def test_reference_pages_stand_on_top(client: Client) -> None:
    make_topic()
    make_reference()
    html = client.get("/library/").text
    assert html.index("/library/reference/amperes/") < html.index("/library/wiring/")


def test_an_empty_library_says_so(client: Client) -> None:
    assert "No topics yet" in client.get("/library/").text


def test_reference_pages_need_no_topics_beside_them(client: Client) -> None:
    make_reference()
    html = client.get("/library/").text
    assert "/library/reference/amperes/" in html
    assert "No topics yet" not in html


def test_a_topic_has_its_parts_under_headings_one_can_link_to(client: Client) -> None:
    make_topic()
    html = client.get("/library/wiring/").text
    assert '<h2 id="when-not-to">When not to</h2>' in html
    assert '<a href="#when-not-to">When not to</a>' in html
    assert "<h3>Within it</h3>" in html
    assert html.count("<h1") == 1
    assert "1&nbsp;min to read" in html


def test_a_topic_leads_to_questions_related_topics_sources_and_neighbours(client: Client) -> None:
    make_question()
    make_question(slug="doors", title="Design doors", steps=studies("wiring"))
    make_question(slug="floors", title="Design floors")
    make_topic("amber")
    make_topic("switches")
    make_topic("wiring", title="Wiring")
    html = client.get("/library/switches/").text
    assert re.search(r'rel="prev"\s+href="/library/amber/"', html)
    assert re.search(r'rel="next"\s+href="/library/wiring/"', html)
    html = client.get("/library/wiring/").text
    assert 'href="/library/switches/"' in html
    assert re.search(r'<a href="https://wires.example/on"\s+rel="noopener">A. Author, On Wires, 2001</a>', html)
    # By its own list, and because a criterion sends people here.
    assert "/questions/lamps/" in html
    assert "/questions/doors/" in html
    assert "/questions/floors/" not in html
    assert 'rel="next"' not in html


def test_cards_can_be_opened_and_their_answers_are_markdown(client: Client) -> None:
    make_card(make_topic(), front="Why `wires` & lamps?")
    html = client.get("/library/wiring/").text
    assert '<details id="card-why-wires">' in html
    assert "<summary>Why <code>wires</code> &amp; lamps?" in html
    assert "<p>They <em>carry</em>.</p>" in html


def test_links_between_pages_become_addresses(client: Client) -> None:
    make_topic(body="See [a](topic:switches), [b](question:lamps), [c](reference:amperes).\n\n## Choose\n\nx")
    html = client.get("/library/wiring/").text
    for address in ("/library/switches/", "/questions/lamps/", "/library/reference/amperes/"):
        assert f'href="{address}"' in html


def test_what_is_retired_or_unknown_is_not_there(client: Client) -> None:
    make_topic()
    Topic.objects.update(retired_at="2026-03-02T00:00:00Z")
    assert client.get("/library/wiring/").status_code == 404
    assert client.get("/library/nothing/").status_code == 404
    assert client.get("/library/reference/nothing/").status_code == 404


def test_a_reference_page_has_tables_and_the_others_beside_it(client: Client) -> None:
    make_reference()
    make_reference("volts", body="## To scale\n\n```scale\nA blink | 100 ms\n```\n")
    html = client.get("/library/reference/amperes/").text
    assert '<td align="right">2</td>' in html
    assert 'href="/library/reference/volts/"' in html
    assert 'aria-label="Bars to scale' in client.get("/library/reference/volts/").text


def test_nothing_of_the_library_is_styled_inline(client: Client) -> None:
    make_reference(body="```scale\nA blink | 100 ms\n```\n")
    html = client.get("/library/reference/amperes/").text
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)


def test_a_question_names_its_level_and_what_to_study_first(client: Client) -> None:
    make_question(level="expert", steps=studies("wiring"))
    make_topic()
    html = client.get("/questions/lamps/").text
    assert 'data-rung="expert"' in html
    assert "Study first" in html
    assert 'href="/library/wiring/"' in html
    assert "Expert" in client.get("/questions/").text


def test_topics_that_name_the_question_come_before_others(client: Client) -> None:
    steps = content()["steps"]
    names = [f"wiring-{n}" for n in range(shelves.STUDY_FIRST + 1)]
    for step, topic in zip(steps, names, strict=True):
        steps[step] = studies(topic)[step]
        make_topic(topic, section="data", questions=["lamps" if topic == names[-1] else "doors"])
    make_question(steps=steps)
    html = client.get("/questions/lamps/").text
    assert f"/library/{names[-1]}/" in html
    assert f"/library/{names[-2]}/" not in html


def test_what_every_question_asks_for_comes_last(client: Client) -> None:
    steps = content()["steps"]
    names = [f"wiring-{n}" for n in range(shelves.STUDY_FIRST + 1)]
    for step, topic in zip(steps, names, strict=True):
        steps[step] = studies(topic)[step]
        make_topic(topic, section="principles" if topic == names[0] else "data", questions=["lamps"])
    make_question(steps=steps)
    html = client.get("/questions/lamps/").text
    assert f"/library/{names[0]}/" not in html
    assert all(f"/library/{name}/" in html for name in names[1:])


def test_a_question_whose_topics_are_not_there_offers_nothing_to_study(client: Client) -> None:
    make_question()
    html = client.get("/questions/lamps/").text
    assert "Study first" not in html


def test_questions_can_be_filtered_by_kind(client: Client) -> None:
    make_question()
    make_question(slug="doors", title="Plan doors", kind="scenario")
    html = client.get("/questions/?kind=scenario").text
    assert "Plan doors" in html
    assert "Design a lamp network</a>" not in html
    assert "Design a lamp network</a>" in client.get("/questions/?kind=nonsense").text


def test_a_page_takes_as_many_queries_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 4):
        for n in range(size):
            make_card(make_topic(f"wiring-{size}-{n}"), f"card-{size}-{n}")
            make_reference(f"amperes-{size}-{n}")
            make_question(slug=f"lamps-{size}-{n}", steps=studies(f"wiring-{size}-{n}"))
        with django_assert_num_queries(3):  # topics, how many there are, reference pages
            client.get("/library/")
        with django_assert_num_queries(6):  # this topic, related ones, questions, cards, the one before, the one after
            client.get(f"/library/wiring-{size}-0/")
        with django_assert_num_queries(2):  # this page, the others
            client.get(f"/library/reference/amperes-{size}-0/")
        with django_assert_num_queries(2):  # this question, its topics
            client.get(f"/questions/lamps-{size}-0/")


def test_a_long_shelf_shows_its_beginning_and_leads_to_the_rest(client: Client) -> None:
    for number in range(shelves.ON_THE_FRONT + 2):
        make_topic(f"wiring-{number:02}")
    make_topic("zones", section="scaling")
    last = f"/library/wiring-{number:02}/"
    html = client.get("/library/").text
    assert 'href="/library/?section=principles">And 2 more' in html
    assert last not in html
    html = client.get("/library/?section=principles").text
    assert last in html
    assert "/library/zones/" not in html
    assert "<h1>Principles and estimation</h1>" in html
    assert 'href="/library/#principles">All of the library</a>' in html
    assert "zones" in client.get(last).text.partition('rel="next"')[2]
    assert last in client.get("/library/zones/").text.partition('rel="prev"')[2]


@pytest.mark.parametrize("section", ["nonsense", "cloud", "%00"])
def test_a_section_that_holds_nothing_shows_the_whole_library(client: Client, section: str) -> None:
    make_topic()
    make_reference()
    html = client.get(f"/library/?section={section}").text
    assert "/library/wiring/" in html
    assert "/library/reference/amperes/" in html


def test_topics_with_one_title_stand_beside_each_other_and_none_is_skipped(client: Client) -> None:
    slugs = [f"wiring-{number}" for number in (2, 0, 3, 1)]
    for slug in slugs:
        make_topic(slug, title="Wiring")
    html = client.get("/library/").text
    assert sorted(slugs, key=lambda slug: html.index(f"/library/{slug}/")) == sorted(slugs)
    walked = ["wiring-0"]
    while after := re.search(r'rel="next"\s+href="/library/([\w-]+)/"', client.get(f"/library/{walked[-1]}/").text):
        walked.append(after[1])
    assert walked == sorted(slugs)
    while before := re.search(r'rel="prev"\s+href="/library/([\w-]+)/"', client.get(f"/library/{walked[-1]}/").text):
        assert before[1] == walked[-2]
        walked.pop()
    assert walked == ["wiring-0"]


def test_what_to_practise_is_cut_after_those_a_topic_names_and_leads_to_all(client: Client) -> None:
    make_topic(questions=["zebras"])
    for number in range(shelves.PRACTISE + 2):
        make_question(slug=f"lamps-{number}", title=f"Design lamps {number}", steps=studies("wiring"))
    make_question(slug="zebras", title="Design zebras")
    make_question(slug="doors", title="Design doors")
    html = client.get("/library/wiring/").text
    practise = html[html.index("Practise it") : html.index("</section>", html.index("Practise it"))]
    assert practise.count('href="/questions/') == shelves.PRACTISE + 1
    assert practise.index("/questions/zebras/") < practise.index("/questions/lamps-0/")
    assert 'href="/questions/?topic=wiring">And 3 more questions</a>' in practise
    listed = client.get("/questions/?topic=wiring").text
    assert f"{shelves.PRACTISE + 3} of {shelves.PRACTISE + 4} questions" in listed
    assert "Design zebras</a>" in listed
    assert "Design doors</a>" not in listed


# --- The pages that are shipped.

SHIPPED = library_folder.read(loader.default_pack())


@pytest.mark.parametrize("placed", SHIPPED.reference, ids=lambda placed: placed.item.slug)
def test_every_scale_of_our_pages_is_drawn(placed: library_folder.Placed[library_spec.Reference]) -> None:
    fences = re.findall(r"^```scale\n(.*?)^```", placed.item.body, re.MULTILINE | re.DOTALL)
    assert all(scale.draw(fence) for fence in fences)
    assert bool(fences) == (placed.item.slug == "latency")


def test_the_six_reference_pages_are_there_and_sound() -> None:
    assert {placed.item.slug for placed in SHIPPED.reference} == {
        *("availability", "capacity", "formulas", "latency", "powers", "trade-offs")
    }
    assert [problem for problem in SHIPPED.problems if "/reference/" in problem.file] == []
    for placed in SHIPPED.reference:
        page = shelves.page(placed.item.slug, placed.item.body)
        assert len({part.anchor for part in page.parts}) == len(page.parts)
