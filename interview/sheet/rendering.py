"""A sheet as text: what is handed in, and what is dropped into prose. The scorer reads both like any other text."""

import math
from collections.abc import Iterator
from typing import Final

from interview.sheet.lines import Row, Sheet, evaluate
from interview.sheet.naming import called
from interview.sheet.parts import without_bullet
from scoring.engine.amounts import find
from scoring.engine.arithmetic import derivations

# What the rounded values in an expression may be off by before they would look like a slip.
_ROUNDED: Final = 0.02


def render(sheet: Sheet) -> str:
    """`- writes = 100M users * 1 link/day = 1.16 k links/s`: one line for each line of the sheet, in its order.

    Every line is a list item, so that no sum reads on into the next. A line that is wrong stays as it was typed.
    """
    return "\n".join(_line(row) for row in sheet.rows)


def _line(row: Row) -> str:
    if row.kind == "blank":
        return ""
    if row.kind == "text":
        parts = (part.strip(" #") for part in row.typed.partition("#"))
        return f"- {without_bullet(', '.join(part for part in parts if part))}"
    if row.kind == "wrong":
        # What is beyond the last line that is read stands in one row.
        return "\n".join(f"- {without_bullet(line)}" if line.strip() else "" for line in row.typed.split("\n"))
    note = f", {row.note}" if row.note else ""
    # Some sums read otherwise in prose (`10:1`, `30 min/day`): those say what they come to, and then what from.
    said = next((line for line in _ways(row) if not _looks_wrong(line)), f"{called(row) or 'a value'}: {row.shown}")
    return f"- {said}{note}"


def _ways(row: Row) -> Iterator[str]:
    """The line, from the way that says most. Values stand for names, so that each sum can be followed."""
    name = f"{called(row)} = " if row.name else ""
    expression, filled = row.expression.replace("**", "^"), row.filled.replace("**", "^")
    if _is_said(row):
        yield name + expression
    elif not filled or _bare(expression) in row.uses:
        yield name + " = ".join((expression, *_results(row)))
    elif _comes_out(row):
        told = name + " = ".join((filled, *_results(row)))
        # A number in the expression would stand between the name and the sum.
        yield f"{told} ({expression})" if find(expression) else f"{name}{expression}: {told[len(name) :]}"
        yield told
    yield f"{name}{' = '.join(_results(row))} (from {expression})"


def _looks_wrong(line: str) -> bool:
    """Whether the scorer would take a line for a slip. Its sum is right, so that would be a misreading."""
    return any(one.is_slip for one in derivations(line, find(line)))


def _results(row: Row) -> Iterator[str]:
    """The value, and where it is a rate the other period too, or where it is a share the per cent."""
    yield row.shown
    if ("/" in row.also_shown and "/" in row.shown) or row.also_shown.endswith("%"):
        yield row.also_shown


def _is_said(row: Row) -> bool:
    return row.kind in ("assumed", "given") and _bare(row.expression) == _bare(row.shown)


def _bare(text: str) -> str:
    return "".join(text.split()).replace(",", "").replace("~", "").replace("≈", "")


def _comes_out(row: Row) -> bool:
    """Whether the expression still comes to the same with the values of its names rounded."""
    again = evaluate(row.filled).rows[0].value
    if again is None or row.value is None or again.dimensionality != row.value.dimensionality:
        return False
    return math.isclose(float(again.magnitude), float(row.value.magnitude), rel_tol=_ROUNDED)


def insertion(row: Row) -> str:
    """How a value is dropped into prose: `writes ≈ 1.16 k links/s`; nothing where there is none."""
    if row.value is None:
        return ""
    sign = "=" if _is_said(row) else "≈"
    return f"{row.name} {sign} {row.shown}" if row.name else row.shown
