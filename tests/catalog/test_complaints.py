"""What is wrong with the form of a file is said to its author, and not to who wrote the program."""

import inspect
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from catalog import complaints, library_spec, spec
from catalog.folder import FROM_FILES
from tests.catalog.factories import content

MISTAKES = [{"edge": ["phone", "store"], "why": "No.", "cap": 1.0}, {"claims": ["It is.", "It was."], "why": "No."}]
WRONG: list[Any] = [
    *("", "Some Text", "x" * 300, "\ud800", 7, 7.3, -1, float("nan"), True, None, date(2026, 2, 3)),
    *([], ["a"], ["a", "b", "c"], [None], {}, {"a": 1}),
]
OF_PYDANTIC = ("Input", "valid", "String", "Tuple", "Field required", "Extra", "dictionary", "instance")


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in data, of a list the first two items."""
    yield path
    inner = data.items() if isinstance(data, dict) else enumerate(data[:2]) if isinstance(data, list) else ()
    for key, value in inner:
        yield from paths(value, (*path, key))


def found(data: dict[str, Any], model: type[BaseModel] = spec.Question) -> list[tuple[tuple[Any, ...], str]]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return list(complaints.of(error, model, elsewhere=FROM_FILES))
    return []


def full() -> dict[str, Any]:
    data = content()
    data["steps"]["requirements"]["criteria"][0]["mistakes"] = deepcopy(MISTAKES)
    # One step is like another.
    return data


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_nothing_is_said_in_the_words_of_the_library(wrong: Any) -> None:
    told = set()
    for *path, last in filter(None, paths(full())):
        if path[:1] == ["steps"] and len(path) > 1 and path[1] != "requirements":
            continue
        data = full()
        place = data
        for key in path:
            place = place[key]
        place[last] = wrong
        told |= {message for _, message in found(data)}
    assert [message for message in told if any(word in message for word in OF_PYDANTIC)] == []


def test_every_part_has_a_name_for_authors() -> None:
    classes = [c for module in (spec, library_spec) for _, c in inspect.getmembers(module, inspect.isclass)]
    parts = {c for c in classes if issubclass(c, spec.Part) and c is not spec.Part}
    assert parts == set(complaints.NAMES)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ((), "is no field of a question; did you mean “tags”?"),
        (("givens", 0), "is no field of a given"),
        (("steps", "wrap_up"), "is no field of a step"),
        (("steps", "wrap_up", "criteria", 1, "points", 0), "is no field of a point"),
        (("expectations",), "is no field of the expectations"),
        (("reviewed", "claims", 0), "is no field of a checked fact"),
        (("trade_offs", 0, "options", 1), "is no field of a side of a trade-off"),
    ],
)
def test_a_field_that_there_is_not_is_told_of_the_part_it_stands_in(place: tuple[Any, ...], message: str) -> None:
    data = content()
    part = data
    for key in place:
        part = part[key]
    part["tgs"] = "x"
    assert found(data) == [((*place, "tgs"), message)]


def test_no_field_is_proposed_that_is_not_written_there() -> None:
    assert found({**content(), "exmples": []}) == [(("exmples",), "is no field of a question")]


def test_who_gives_a_text_for_a_part_is_told_what_it_holds() -> None:
    assert found(content(flows=["switch"])) == [(("flows", 0), "must hold fields: key, label, path")]


@pytest.mark.parametrize("text", ["A sentence: with a colon", "“quoted” and 'so'", "x" * 60, ""])
def test_only_what_can_stand_in_brackets_is_shown_in_them(text: str) -> None:
    ((_, message),) = found(content(tags=text))
    assert message == "write a list: each item on a line of its own, after a hyphen"


def test_a_criterion_is_named_by_its_question() -> None:
    card = {"key": "why", "kind": "which", "topic": "wiring", "front": "Why?", "back": "So.", "criteria": ["chat"]}
    ((_, message),) = found(card, library_spec.Card)
    assert message == "write question.criterion, as in chat.store_choice, not “chat”"


def test_one_is_no_number_of_many() -> None:
    assert [complaints.counted(n, "problem") for n in (0, 1, 2)] == ["0 problems", "1 problem", "2 problems"]
