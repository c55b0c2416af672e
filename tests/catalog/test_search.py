"""Search: by meaning rather than letter, titles first, in few queries."""

from itertools import permutations
from time import process_time

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from catalog import matching, search, spelling
from catalog.models import Question, Reference, Topic
from tests.catalog.factories import make_card, make_question, make_reference, make_topic

pytestmark = pytest.mark.django_db


def titles(words: str, kind: str = "topic") -> list[str]:
    return [hit.title for group in search.search(words).groups if group.kind == kind for hit in group.hits]


@pytest.fixture
def caching() -> None:
    make_topic("caching", title="Caching", also=["memcached", "write-through"], summary="Answers near their readers.")


@pytest.mark.usefixtures("caching")
@pytest.mark.parametrize("words", ["caching", "cache", "Caches", "cached", "CACHING?", "the cache", "how to cache"])
def test_a_word_is_found_in_all_its_forms(words: str) -> None:
    assert titles(words) == ["Caching"]


@pytest.mark.usefixtures("caching")
@pytest.mark.parametrize(
    "words", ["c", "ca", "ca ", "cach", "cachi", "near their rea", "memc", "writethrough", "write-thr"]
)
def test_the_last_word_may_be_half_typed(words: str) -> None:
    assert titles(words) == ["Caching"]


@pytest.mark.usefixtures("caching")
@pytest.mark.parametrize("words", ["ca xyzzy", "emcach", "xyzzy", "%", "_", ""])
def test_other_words_and_parts_of_words_find_nothing(words: str) -> None:
    assert titles(words) == []


def test_accents_and_apostrophes_do_not_matter() -> None:
    make_topic("laws", title="Little’s law", also=["café"])
    assert titles("littles law") == titles("little's law") == titles("cafe") == ["Little’s law"]


def test_titles_come_before_other_names_those_before_summaries_and_those_before_the_rest() -> None:
    make_topic("one", title="Elsewhere", body="All of it is about queues.\n\n## Choose\n\nMore.")
    make_topic("two", title="Somewhere", summary="It has queues.")
    make_topic("three", title="Other names", also=["message queue"])
    make_topic("four", title="Queues and streams")
    assert titles("queue") == ["Queues and streams", "Other names", "Somewhere", "Elsewhere"]


def test_a_whole_word_comes_before_one_that_begins_like_it() -> None:
    make_topic("capacity", title="Capacity")
    make_topic("cap", title="CAP and what follows from it")
    assert titles("cap") == ["CAP and what follows from it", "Capacity"]


def test_of_titles_that_fit_alike_the_shorter_is_nearer() -> None:
    make_topic("long", title="Caching of many things at once")
    make_topic("short", title="Caching")
    assert titles("caching") == ["Caching", "Caching of many things at once"]


def test_every_word_counts_and_some_are_enough_where_nothing_holds_all() -> None:
    make_topic("one", title="Leader election")
    make_topic("two", title="Leader and follower")
    assert titles("leader election") == ["Leader election"]
    found = search.search("leader of an orchestra")
    assert found.some == ("leader",)
    assert {hit.title for hit in found.groups[0].hits} == {"Leader election", "Leader and follower"}


def test_each_kind_is_a_group_that_leads_to_its_page() -> None:
    question = make_question(also=["lightbulb"])
    topic = make_topic(also=["lightbulb"])
    make_reference(also=["lightbulb"])
    make_card(topic, front="What is a `lightbulb`?")
    groups = search.search("lightbulb").groups
    assert [(group.kind, [(hit.title, hit.url) for hit in group.hits]) for group in groups] == [
        ("question", [(question.title, "/questions/lamps/")]),
        ("topic", [("Wiring", "/library/wiring/")]),
        ("reference", [("Amperes", "/library/reference/amperes/")]),
        ("card", [("What is a lightbulb?", "/library/wiring/#card-why-wires")]),
    ]


def test_the_group_with_the_best_hit_comes_first() -> None:
    make_question(also=["wiring"])
    make_topic()
    assert [group.kind for group in search.search("wiring").groups] == ["topic", "question"]


def test_what_is_retired_is_not_found() -> None:
    make_question(also=["lightbulb"])
    make_card(make_topic(also=["lightbulb"]), front="What is a lightbulb?")
    make_reference(also=["lightbulb"])
    assert search.search("lightbulb").total == 4
    for kind in (Question, Topic, Reference):
        kind.objects.update(retired_at="2026-03-02T00:00:00Z")
    assert search.search("lightbulb").groups == ()


def test_a_long_group_is_cut_and_says_by_how_much() -> None:
    for number in range(search.SHOWN + 3):
        make_topic(f"wire-{number}")
    found = search.search("wire")
    (group,) = found.groups
    assert (len(group.hits), group.more) == (search.SHOWN, 3)
    assert found.total == search.SHOWN + 3


def test_many_of_one_kind_never_hide_another() -> None:
    like = make_topic("queues", title="Queues")
    copies = [{"slug": f"queues-{number}", "title": f"Queues {number}"} for number in range(450)]
    shared = {f.name: getattr(like, f.name) for f in Topic._meta.fields if f.name not in ("id", "slug", "title")}
    Topic.objects.bulk_create([Topic(**shared, **copy) for copy in copies])
    make_question(summary="It has queues.")
    found = search.search("queues")
    assert [(group.kind, group.more) for group in found.groups] == [("topic", 445), ("question", 0)]
    assert found.total == 452


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("queues", 1000),
        ("que", 700),
        ("stream", 100),
        ("strea", 70),
        ("sums", 10),
        ("bodies", 1),
        ("queue streams bodies", 1101),
        ("queue strea", 1070),
    ],
)
def test_every_word_adds_what_its_weightiest_field_is_worth(words: str, points: int) -> None:
    make_topic(title="Queues", also=["queue streams"], summary="Queue sums.", body="Streams, sums, body.\n\n## A\n\nx")
    (group,) = search.search(words).groups
    assert [hit.points for hit in group.hits] == [points]


def test_where_nothing_holds_all_the_words_the_longest_are_looked_for() -> None:
    make_topic("one", title="Orchestration")
    make_topic("two", title="Ox")
    found = search.search("orchestration without leadership nor musicians ox")
    assert [hit.title for group in found.groups for hit in group.hits] == ["Orchestration"]
    assert len(matching.longest(matching.terms("one two three four five six"))) == matching.MAX_LOOSE


@pytest.mark.parametrize("size", [1, 5])
def test_a_search_takes_few_queries_however_much_there_is(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(size):
        make_card(make_topic(f"wire-{number}", also=["lightbulb"]), f"card-{number}")
    with django_assert_num_queries(1):
        search.search("wire")
    with django_assert_num_queries(3):  # all words · words that are near to them · any of the words
        search.search("wire xyzzy")
    with django_assert_num_queries(3):  # all words · words that are near to them · these
        search.search("lightblub")
    with django_assert_num_queries(4):
        search.search("lightblub xyzzy")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lightblub", "lightbulb"),
        ("ligthbolb", "lightbulb"),
        ("wirring", "wiring"),
        ("wirring the lihgtbulb", "wiring lightbulb"),
        ("vlts wiring", "volts wiring"),
        ("vlots wiring", "volts wiring"),
    ],
)
def test_a_typing_error_finds_what_the_nearest_words_find_and_says_so(client: Client, typed: str, meant: str) -> None:
    make_topic(title="Wiring of 12 volts", also=["lightbulb"])
    found = search.search(typed)
    assert found.meant == meant
    assert [hit.title for group in found.groups for hit in group.hits] == ["Wiring of 12 volts"]
    page = client.get("/search/", {"q": typed}).text
    assert f"This is what <strong>“{meant}”</strong> finds." in page
    assert f"1 result for “{meant}”" in page


@pytest.mark.parametrize("typed", ["vlt", "vlxxs", "lxghxbxlb", "w1ring", "wiring", "wires", "of", "", "%"])
def test_words_that_are_known_or_far_from_all_known_are_left_as_they_are(typed: str) -> None:
    make_topic(title="Wiring of 12 volts", also=["lightbulb"])
    assert spelling.meant(typed, [Topic.objects.live()]) == ""


def test_a_word_left_as_a_stem_is_no_suggestion_and_a_left_out_letter_is_likelier_than_a_wrong_one() -> None:
    make_topic(title="Sharding", also=["sharing"])
    assert spelling.meant("shardng", [Topic.objects.live()]) == "sharding"
    assert spelling.meant("sard", [Topic.objects.live()]) == ""


def test_what_is_published_or_retired_changes_what_is_near() -> None:
    make_topic(title="Wiring")
    assert search.search("lightblub").meant == ""
    make_topic("bulbs", title="Lightbulbs")
    assert search.search("lightblubs").meant == "lightbulbs"
    Topic.objects.filter(slug="bulbs").update(retired_at="2026-03-02T00:00:00Z")
    assert search.search("lightblubs").meant == ""


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_a_distance_is_the_same_both_ways_and_none_only_to_itself(a: str, b: str) -> None:
    far = spelling.distance(a, b, 99)
    assert abs(len(a) - len(b)) <= far == spelling.distance(b, a, 99) <= max(len(a), len(b))
    assert (far == 0) == (a == b)
    assert [spelling.distance(a, b, limit) for limit in range(4)] == [min(far, limit + 1) for limit in range(4)]


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [("shard", "shard", 0), ("ubar", "uber", 1), ("shardng", "sharding", 1), ("qeueu", "queue", 2), ("ab", "ba", 1)],
)
def test_two_neighbours_that_changed_places_are_one_error(a: str, b: str, edits: int) -> None:
    assert spelling.distance(a, b, 2) == edits


def test_many_hostile_words_are_compared_in_no_time() -> None:
    words = ["".join(letters) for letters in permutations("abcdefg")][:4000]
    for number in range(0, len(words), 50):
        make_topic(f"topic-{number}", title=f"Topic {number}", also=words[number : number + 50])
    spelling.meant("abcdefgh", [Topic.objects.live()])
    begun = process_time()
    spelling.meant(" ".join(["abcdefgx", "xgfedcba", "bcdefgah"] * 4), [Topic.objects.live()])
    assert process_time() - begun < 2


def test_what_holds_only_some_of_the_words_is_little_and_says_which() -> None:
    for number in range(search.SHOWN):
        make_topic(f"wire-{number}")
    found = search.search("wire without orchestra")
    (group,) = found.groups
    assert (len(group.hits), group.more, found.total) == (search.SHOWN_LOOSE, 0, search.SHOWN_LOOSE)
    assert found.some == ("wire",)


def test_the_page_says_which_of_the_words_were_found(client: Client) -> None:
    make_topic(title="Leader election")
    make_topic("orchestras", title="Orchestras")
    page = client.get("/search/", {"q": "leader of an orchestra with xyzzy"}).text
    assert "This holds <strong>“orchestra”</strong> or <strong>“leader”</strong>." in page
    assert "2 results for some of the words" in page


def test_very_long_words_are_no_trouble() -> None:
    assert search.search("x" * 5000).total == 0
    assert len(matching.terms("one two " * 50)) <= matching.MAX_WORDS


def test_the_list_of_questions_finds_by_the_same_rules(client: Client) -> None:
    make_question(also=["lightbulb"])
    for words in ("lightbulbs", "networks", "switched", "real time"):
        assert "Design a lamp network" in client.get("/questions/", {"q": words}).text, words
    assert "No question fits" in client.get("/questions/", {"q": "doors"}).text


def test_the_page_and_the_fragment_of_the_dialog(client: Client) -> None:
    make_topic()
    page = client.get("/search/", {"q": "wiring"}).text
    fragment = client.get("/search/", {"q": "wiring"}, headers={"HX-Request": "true"}).text
    for html in (page, fragment):
        assert 'href="/library/wiring/"' in html
    assert "<html" in page
    assert "<html" not in fragment
    assert 'hx-swap-oob="innerHTML:#search-status">1 result</p>' in fragment
    assert "hx-swap-oob" not in page


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_page_that_htmx_asks_for_whole_swaps_nothing_out_of_band(client: Client, header: str) -> None:
    html = client.get("/search/", {"q": "wiring"}, headers={"HX-Request": "true", header: "true"}).text
    assert "<html" in html
    assert "hx-swap-oob" not in html


def test_what_somebody_typed_is_shown_as_text(client: Client) -> None:
    html = client.get("/search/", {"q": "<script>x</script>"}).text
    assert "Nothing found for “&lt;script&gt;x&lt;/script&gt;”" in html


def test_every_page_offers_search_by_a_link_that_needs_no_script(client: Client) -> None:
    html = client.get("/").text
    assert 'href="/search/"' in html
    assert 'id="search-dialog"' in html
