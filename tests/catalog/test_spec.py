"""What the form of a point and of a mistake allows."""

from typing import Any

import pytest
from pydantic import ValidationError

from catalog import rules
from catalog.spec import Mistake, Point, Question
from tests.catalog.factories import content, criterion

STATEMENTS = ["A lamp shines.", "The bulb glows.", "There is light."]
CLAIMS = ["Lamps never fail.", "A bulb burns for ever."]
WAYS: list[dict[str, Any]] = [
    {"statements": STATEMENTS},
    {"quantity": "rate"},
    {"flow": "switch"},
    {"component": "hub"},
    {"replicated": "hub"},
]


def point(**fields: Any) -> Point:
    return Point.model_validate({"key": "x", "missing": "Say x.", **fields})


def mistake(**fields: Any) -> Mistake:
    return Mistake.model_validate({"why": "It is wrong.", **fields})


@pytest.mark.parametrize("way", WAYS, ids=lambda way: next(iter(way)))
def test_a_point_is_found_in_one_way(way: dict[str, Any]) -> None:
    assert point(**way).design is None
    assert point(**way, design="wired").design == "wired"


@pytest.mark.parametrize("other", WAYS[1:], ids=lambda way: next(iter(way)))
def test_and_in_no_second_one(other: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="exactly one of"):
        point(statements=STATEMENTS, **other)


def test_a_point_without_any_way_cannot_be_found() -> None:
    with pytest.raises(ValidationError, match="exactly one of"):
        point()


def test_a_mistake_is_claimed_or_drawn() -> None:
    assert mistake(claims=CLAIMS).corrections == ()
    assert mistake(claims=CLAIMS, corrections=["Lamps fail now and then."]).edge is None
    assert mistake(edge=["phone", "store|hub"]).claims == ()
    for wrong in ({}, {"claims": CLAIMS, "edge": ["phone", "store"]}):
        with pytest.raises(ValidationError, match="either claims or an edge"):
            mistake(**wrong)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"claims": CLAIMS[:1]}, "at least two claims"),
        ({"edge": ["phone", "store"], "corrections": ["Lamps fail."]}, "corrections belong to claims"),
        ({"edge": ["phone"]}, "edge"),
        ({"claims": CLAIMS, "cap": 1.3}, "cap"),
    ],
)
def test_half_a_mistake_is_none(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        mistake(**fields)


def with_points(*points: dict[str, Any]) -> Question:
    data = content()
    data["steps"]["deep_dive"]["criteria"][0] = criterion("deep_dive_one", points=list(points))
    return Question.model_validate(data)


def a_point(key: str, **fields: Any) -> dict[str, Any]:
    return {"key": key, "missing": f"Say {key}.", "statements": STATEMENTS, **fields}


def test_designs_come_in_twos_at_least() -> None:
    wired, wireless = a_point("wire", design="wired"), a_point("radio", design="wireless")
    assert list(rules.designs_are_alternatives(with_points(wired, wireless, a_point("switch")))) == []
    ((path, message),) = rules.designs_are_alternatives(with_points(wired, a_point("switch")))
    assert path == ("steps", "deep_dive", "criteria", 0, "points")
    assert "“wired”" in message


def test_a_question_keeps_its_new_fields_on_the_way_through_an_edition() -> None:
    data = content()
    data["steps"]["deep_dive"]["criteria"][0] = criterion(
        "deep_dive_one",
        points=[
            a_point("wire", design="wired"),
            a_point("radio", design="wireless"),
            {**a_point("two"), "statements": []},
        ],
        mistakes=[
            {"claims": CLAIMS, "corrections": ["Lamps fail."], "why": "They do."},
            {"edge": ["phone", "store"], "why": "No."},
        ],
    )
    data["steps"]["deep_dive"]["criteria"][0]["points"][2] = {"key": "two", "missing": "Two.", "replicated": "store"}
    question = Question.model_validate(data)
    assert rules.violations(question, thorough=False) == []
    assert Question.model_validate(question.model_dump(mode="json")) == question
