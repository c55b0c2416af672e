"""What is wrong with the form of a file, in the words of those who write it and not in those of pydantic. Pure."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from textwrap import shorten
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from catalog import library_spec, spec
from catalog.yaml_lines import Path

# How authors call what they write: the headings of docs/content-format.md.
NAMES: Final[Mapping[type[BaseModel], str]] = {
    spec.Question: "a question",
    spec.Given: "a given",
    spec.Clarification: "a clarification",
    spec.Expected: "a quantity",
    spec.Component: "a component",
    spec.Flow: "a flow",
    spec.StepRubric: "a step",
    spec.Criterion: "a criterion",
    spec.Point: "a point",
    spec.Mistake: "a mistake",
    spec.Curveball: "a curveball",
    spec.Probe: "a follow-up",
    spec.TradeOff: "a trade-off",
    spec.Option: "a side of a trade-off",
    spec.Expectations: "the expectations",
    spec.Review: "the review",
    spec.Claim: "a checked fact",
    spec.Attack: "an attack",
    spec.Example: "an example",
    library_spec.Topic: "a topic",
    library_spec.Reference: "a reference page",
    library_spec.Card: "a card",
}
# What the patterns of keys and names mean.
_FORMS: Final = {
    TypeAdapter(spec.Key).json_schema()["pattern"]: "lower-case letters, digits and underscores, a letter first",
    TypeAdapter(spec.Slug).json_schema()["pattern"]: "lower-case letters, digits and hyphens, a letter first",
    TypeAdapter(spec.Fact).json_schema()["pattern"]: "facts with one | between them, as in cache|words:Redis",
    TypeAdapter(library_spec.CriterionRef).json_schema()["pattern"]: "question.criterion, as in chat.store_choice",
}
# Where pydantic refuses the name of a field and not its value.
_OF_A_KEY: Final = "[key]"
# So much of what somebody wrote is quoted, in characters.
_QUOTED: Final = 40
# A text with one of these is not read as itself within brackets.
_NOT_IN_BRACKETS: Final = frozenset(":#[]{}\"'&*!|>%@`\n")


def of(
    error: ValidationError, model: type[BaseModel], *, elsewhere: Collection[str] = ()
) -> Iterator[tuple[Path, str]]:
    """(path to the field, what to do about it) for everything that `model` refuses.

    `elsewhere` are fields that are not written in the file, so that none of them is proposed.
    """
    items = error.errors(include_url=False)
    for item in items:
        path = item["loc"]
        # A list whose items are wrong seems to be short of them; that is said of the items.
        if item["type"] == "too_short" and any(other["loc"][: len(path)] == path != other["loc"] for other in items):
            continue
        yield path[:-1] if path[-1:] == (_OF_A_KEY,) else path, _message(item, model, elsewhere)


def counted(count: int, noun: str) -> str:
    """`1 problem`, `2 problems`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _message(item: ErrorDetails, model: type[BaseModel], elsewhere: Collection[str]) -> str:
    kind, given, limits = item["type"], item["input"], item.get("ctx", {})
    if given is None and (kind.endswith("_type") or kind == "literal_error"):
        return "is empty: write one"
    match kind:
        case "missing":
            return "is missing: write one"
        case "extra_forbidden":
            return _no_field(str(item["loc"][-1]), _type_at(model, item["loc"][:-1]), elsewhere)
        case "model_type":
            return f"must hold fields: {_needed(_type_at(model, item['loc']))}"
        case "dict_type":
            return "must hold fields, each with its name and a colon"
        case "tuple_type":
            return _no_list(given)
        case "too_short":
            return f"holds {limits['actual_length']}; {limits['min_length']} or more are needed"
        case "string_too_long" | "too_long" if isinstance(given, str):
            return f"has {len(given)} characters; at most {limits['max_length']} are allowed"
        case "too_long":
            return f"holds {limits['actual_length']}; {limits['max_length']} are needed"
        case "literal_error":
            return f"write {limits['expected'].replace(chr(39), '')}, not {_quoted(given)}"
        case "string_too_short":
            return "is empty: write one"
        case "string_pattern_mismatch":
            return f"write {_FORMS[limits['pattern']]}, not {_quoted(given)}"
        case "string_unicode":
            return "holds half a character, which is no unicode"
        case "string_type":
            return _no_text(given)
        case "bool_type" | "bool_parsing":
            return f"write true or false, not {_quoted(given)}"
        case "float_type" | "float_parsing" | "finite_number":
            return f"write a number, not {_quoted(given)}"
        case "greater_than":
            return f"must be more than {limits['gt']:g}"
        case "greater_than_equal":
            return f"must be {limits['ge']:g} or more"
        case "less_than_equal":
            return f"must be at most {limits['le']:g}"
        case "multiple_of":
            return f"must be a multiple of {limits['multiple_of']:g}"
        case _:
            return item["msg"].removeprefix("Value error, ")


def _no_field(name: str, parent: Any, elsewhere: Collection[str]) -> str:
    fields = [field for field in parent.model_fields if field not in elsewhere]
    near = get_close_matches(name, fields, n=1)
    return f"is no field of {NAMES[parent]}" + (f"; did you mean “{near[0]}”?" if near else "")


def _needed(model: Any) -> str:
    return ", ".join(name for name, field in model.model_fields.items() if field.is_required())


def _no_list(given: object) -> str:
    if isinstance(given, str) and 0 < len(given) <= _QUOTED and not _NOT_IN_BRACKETS & {*given}:
        return f"write a list, such as [{given}]"
    return "write a list: each item on a line of its own, after a hyphen"


def _no_text(given: object) -> str:
    if isinstance(given, list):
        return "write one text, not a list"
    if isinstance(given, dict):
        return "is read as fields, because of its colon: put the whole text between quotation marks"
    return f"is read as {_quoted(given)}, which is no text: put it between quotation marks"


def _quoted(given: object) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, list | dict):
        return "a list" if isinstance(given, list) else "fields"
    return f"“{shorten(str(given), _QUOTED, placeholder=' …')}”"


def _type_at(kind: Any, path: Path) -> Any:
    """The type of what lies at `path` in a value of type `kind`."""
    for part in path:
        if _is_model(kind):
            kind = kind.model_fields[str(part)].annotation
        else:
            kind = get_args(kind)[1 if get_origin(kind) is dict else 0]
        # Of what may be left out, the type that it has where it is there.
        kind = next(filter(_is_model, get_args(kind)), kind) if type(None) in get_args(kind) else kind
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
