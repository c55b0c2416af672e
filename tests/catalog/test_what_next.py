"""What to take next: questions that exercise what the last results were weak at, each with its reason."""

import pytest

from catalog import what_next
from catalog.personal import Missed
from tests.catalog.factories import make_question, make_topic
from tests.catalog.studies import studies

pytestmark = pytest.mark.django_db


def missed(topic: str = "wiring", mark: float = 1.0, question: int = 0) -> Missed:
    return Missed(topic, "Names the wire", mark, question, "Design doors")


def test_nobody_without_results_is_told_anything(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert what_next.suggest([], tried=()) == []


def test_a_suggestion_names_the_topic_and_the_mark_that_speaks_for_it() -> None:
    make_question(steps=studies("wiring"))
    make_topic()
    (found,) = what_next.suggest([missed(mark=1.5)], tried=())
    assert (found.question.slug, found.topic_title) == ("lamps", "Wiring")
    assert found.reason == "“Names the wire” reached 1.5 of 4 in Design doors."


def test_a_question_not_tried_comes_before_one_that_was_and_the_missed_one_comes_last() -> None:
    lamps = make_question(steps=studies("wiring"))
    doors = make_question(slug="doors", title="Design doors", steps=studies("wiring"), difficulty="hard")
    floors = make_question(slug="floors", title="Design floors", steps=studies("wiring"), difficulty="hard")
    make_topic()

    def first(*tried: int) -> str:
        return what_next.suggest([missed(question=lamps.pk)], tried=tried)[0].question.slug

    assert first() == "doors"
    assert first(doors.pk) == "floors"
    assert first(doors.pk, floors.pk) == "doors"


def test_another_try_at_the_same_question_says_so() -> None:
    lamps = make_question(steps=studies("wiring"))
    make_topic()
    (found,) = what_next.suggest([missed(question=lamps.pk)], tried=(lamps.pk,))
    assert found.reason == "“Names the wire” reached 1 of 4 in your last try; the next one has other numbers."


def test_three_are_enough_and_no_question_comes_twice() -> None:
    for n in range(5):
        make_topic(f"wiring-{n}")
        make_question(slug=f"lamps-{n}", steps=studies(f"wiring-{n}"))
    found = what_next.suggest([missed(f"wiring-{n}") for n in (0, 0, 1, 2, 3)], tried=())
    assert [one.question.slug for one in found] == ["lamps-0", "lamps-1", "lamps-2"]


def test_a_topic_that_is_not_in_the_library_leads_nowhere() -> None:
    make_question(steps=studies("wiring"))
    assert what_next.suggest([missed()], tried=()) == []
