"""Equations under dimensions: what the right side should be, for every way the left side can be read.

Dimensions decide how an equation may be read. Where they agree as written, that is the only reading; where a
“per day” was left out, every usual one is tried before anything is called wrong.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from scoring.engine.amounts import Number
from scoring.engine.units import converts, converts_data, is_one_period, seconds, stands_for

MAX_COMBINATIONS: Final = 400
# The level of a reading in which a unit is missing altogether; nothing is accused on its ground.
GUESSED: Final = 2
_PERIODS: Final = ("second", "day", "month", "year")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with its powers of data and time; `level` 0 as written, 1 with something left unsaid.

    `exact` where a number was taken to convert units only: then the units must agree as written.
    """

    value: float
    data: int = 0
    time: int = 0
    level: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands and what stands between them, in order: numbers' places, operators and brackets."""

    operands: tuple[Number, ...]
    start: int
    items: tuple[int | str, ...] = ()
    whole: bool = True
    soft: bool = False


def outcomes(chain: Chain, result: Number, heard: frozenset[float]) -> dict[int, list[tuple[float, float]]]:
    """What the result should be and how far off it is, for each way to read the equation, by what is left unsaid."""
    everything = (*chain.operands, result)
    has_data = any(n.is_size or n.other_is_size for n in everything)
    timed = [any(n.per or n.duration or n.said for n in everything if n is not own) for own in chain.operands]
    options = [_options(n, has_data, has_time) for n, has_time in zip(chain.operands, timed, strict=True)]
    if math.prod(len(one) for one in options) > MAX_COMBINATIONS:
        options = [one[:1] for one in options]
    programs = [_postfix(items) for items in _variants(chain)]
    found: dict[int, list[tuple[float, float]]] = {}
    for program, values in product(programs, product(*options)):
        made = _run(program, values)
        if made is None or not 0 < abs(made.value) < math.inf:
            continue
        for reading in result.readings():
            for level, right in _meant(made, reading, chain.operands, heard):
                if right > 0 and reading.value > 0:
                    found.setdefault(level, []).append((right, reading.value / right))
    return found


def _options(number: Number, has_data: bool, has_time: bool) -> list[_Value]:
    """The ways to read one operand. What only converts units is worth 1 in base units."""
    found: list[_Value] = []
    for one in number.readings():
        data = int(one.is_size)
        if one.duration:
            found.append(_Value(one.value, 0, 1))
            if has_time and is_one_period(one.value):
                found.append(_Value(1.0, exact=True))
            found.append(_Value(one.written, 0, 0, 1))
        elif one.per:
            found += [_Value(one.value, data, -1), _Value(one.written, data, 0, 1)]
        else:
            found.append(_Value(one.value, data))
    if number.bare and not number.said:
        duration = stands_for(number.value) if has_time else None
        found += [_Value(duration[0], 0, 1, 0 if duration[1] else 1)] if duration else []
        only_converts = (has_time and converts(number.value)) or (has_data and converts_data(number.value))
        found += [_Value(1.0, exact=True)] if only_converts else []
    return found


def _meant(
    made: _Value, result: Number, operands: Sequence[Number], heard: frozenset[float]
) -> Iterator[tuple[int, float]]:
    """(level, right value) of a result, given what was worked out; level 2 where a unit is missing altogether."""
    data, time = int(result.is_size), 1 if result.duration else -1 if result.per else 0
    missing = time - made.time
    if made.exact and (missing or made.level):
        return
    if made.data != data:
        if abs(made.data - data) == 1 and missing in (0, -1):
            scales = (1.0, 1e3, 1e6, 1e9, 1e12) if data else (1.0,)
            yield from ((GUESSED, made.value * scale * (result.per or 1.0) ** missing) for scale in scales)
    elif missing == 0:
        yield made.level, made.value
    elif abs(missing) == 1:
        periods = [n.per or n.duration for n in operands if n.per or n.duration] + [result.per or 1.0, 1.0]
        if result.duration and result.written and not any(n.duration for n in operands):
            # `2 × 20 = 40 ms`
            periods.insert(0, result.value / result.written)
        if not (result.bare and made.time == -1):
            # A result a second hides any period; one a day hides a month only if a month was spoken of.
            hidden = result.per in (0.0, 1.0) and not any(n.per >= 3600 for n in operands)
            usual = _PERIODS if hidden else ("day",) if result.per else ()
            periods += [*sorted(heard), *(seconds(name) for name in usual)]
        yield from ((1, made.value * period**missing) for period in dict.fromkeys(periods))


def _variants(chain: Chain) -> list[tuple[int | str, ...]]:
    """The readings of loose signs: “at” multiplies or divides, and `a / 24 × 3600` divides by both."""
    found = [chain.items]
    for loose, meant in (("at", "*/"), ("over", "/*"), ("of", "*")):
        found = [
            tuple(sign if i == loose else i for i in items)
            for items in found
            for sign in (meant if loose in items else "*")
        ]
    plain = found[0]
    if "(" not in plain and "/" in plain and "*" in plain[plain.index("/") :]:
        at = plain.index("/")
        found.append((*plain[: at + 1], "(", *plain[at + 1 :], ")"))
    return found


_BINDS: Final = {"+": 1, "-": 1, "*": 2, "/": 2}


def _postfix(items: Sequence[int | str]) -> list[int | str]:
    found: list[int | str] = []
    waiting: list[str] = []
    for item in items:
        if isinstance(item, int):
            found.append(item)
        elif item == "(":
            waiting.append(item)
        elif item == ")":
            while waiting and waiting[-1] != "(":
                found.append(waiting.pop())
            waiting = waiting[:-1]
        else:
            while waiting and _BINDS.get(waiting[-1], 0) >= _BINDS[item]:
                found.append(waiting.pop())
            waiting.append(item)
    return found + [sign for sign in reversed(waiting) if sign != "("]


def _run(program: Sequence[int | str], values: Sequence[_Value]) -> _Value | None:
    """The value of an expression; None when it adds what cannot be added, or divides by nothing."""
    stack: list[_Value] = []
    for item in program:
        if isinstance(item, int):
            stack.append(values[item])
            continue
        if len(stack) < 2:
            return None
        b, a = stack.pop(), stack.pop()
        level, exact = max(a.level, b.level), a.exact or b.exact
        if item in "+-":
            if (a.data, a.time) != (b.data, b.time):
                return None
            stack.append(_Value(a.value + (b.value if item == "+" else -b.value), a.data, a.time, level, exact))
        elif item == "*":
            stack.append(_Value(a.value * b.value, a.data + b.data, a.time + b.time, level, exact))
        elif b.value:
            stack.append(_Value(a.value / b.value, a.data - b.data, a.time - b.time, level, exact))
        else:
            return None
    return stack[0] if len(stack) == 1 else None
