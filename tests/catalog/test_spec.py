"""What the form of a point and of a mistake allows."""

from typing import Any, get_args, get_type_hints

import pytest
from django.db.models import CharField, Model
from pydantic import TypeAdapter, ValidationError

from catalog import library_spec, models, rules
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


def with_clarifications(*keys: str | None) -> Question:
    asked = [{"ask": [f"Question {n}?"], "answer": "Ten.", "key": key} for n, key in enumerate(keys)]
    return Question.model_validate(content(clarifications=asked))


def test_a_clarification_goes_by_its_key_or_else_by_its_place() -> None:
    question = with_clarifications(None, "shade", None, "colour")
    assert question.keyed_clarifications() == list(
        zip(("clarification_1", "shade", "clarification_3", "colour"), question.clarifications, strict=True)
    )
    for key, clarification in question.keyed_clarifications():
        assert question.clarification(key) is clarification


def test_the_key_of_a_clarification_is_not_the_place_of_another() -> None:
    assert list(rules.keys_differ(with_clarifications("shade", "clarification_1", None, None))) == []
    ((path, message),) = rules.keys_differ(with_clarifications(None, "clarification_1", None, None))
    assert path == ("clarifications",)
    assert "“clarification_1” 2 times" in message


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


def room(model: type[Model], field: str) -> int:
    """How many characters the column holds."""
    column = model._meta.get_field(field)
    assert isinstance(column, CharField)
    assert column.max_length
    return column.max_length


def test_the_words_of_a_field_fit_its_column() -> None:
    choices: dict[tuple[type[Model], str], tuple[str, ...]] = {
        (models.Topic, "section"): tuple(library_spec.SECTION_OF),
        (models.Topic, "level"): library_spec.LEVELS,
        (models.Card, "kind"): get_args(library_spec.CardKind),
    }
    for (model, field), words in choices.items():
        assert max(map(len, words)) <= room(model, field)


@pytest.mark.parametrize("model", [models.Topic, models.Reference])
@pytest.mark.parametrize("field", ["slug", "title", "summary"])
def test_a_text_of_the_library_is_as_long_as_its_column_at_most(
    model: type[models.Topic] | type[models.Reference], field: str
) -> None:
    form = library_spec.Topic if model is models.Topic else library_spec.Reference
    most = room(model, field)
    kind: TypeAdapter[str] = TypeAdapter(get_type_hints(form, include_extras=True)[field])
    assert kind.validate_python("x" * most)
    with pytest.raises(ValidationError, match=f"at most {most}"):
        kind.validate_python("x" * (most + 1))


@pytest.mark.parametrize("field", ["title", "summary", "challenge"])
def test_a_text_of_a_question_is_as_long_as_its_column_at_most(field: str) -> None:
    most = room(models.Question, field)
    fits, overflows = (Question.model_validate(content(**{field: "x" * length})) for length in (most, most + 1))
    assert rules.faults(fits) == []
    ((path, message),) = rules.faults(overflows)
    assert (path, message) == ((field,), f"has {most + 1} characters; {most} fit the list")


def test_no_text_holds_what_postgresql_cannot_store() -> None:
    with pytest.raises(ValidationError, match="NUL"):
        point(statements=[*STATEMENTS, "A lamp\0shines."])
