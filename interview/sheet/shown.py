"""Amounts as people read them: three digits, a scale, and what is counted.

Every form can be typed into a sheet again and is read by the scorer as the same number.
"""

import re
from typing import Final

from interview.sheet import amount, words
from interview.sheet.amount import BINARY, BITS, DAY, HOUR, MINUTE, MONTH, PERIODS, SECOND, YEAR, Amount
from interview.sheet.grammar import Asked, Sum
from lib.quantities import is_unit, scaled, three_digits, unit

_COUNT_PREFIXES: Final = ("", "k", "M", "G", "T")
_BINARY_PREFIXES: Final = ("", "Ki", "Mi", "Gi", "Ti", "Pi")
_SIZE_PREFIXES: Final = ("", "k", "M", "G", "T", "P", "E")
# Beyond the last scale a number is written with its power of ten, and so is one too small for three digits.
_MOST: Final = 999.5e12
_LEAST: Final = 1e-3
_MOST_BYTES: Final = 999.5e18
_SLOW_RATE: Final = 0.1
_SPOKEN_RATE: Final = 0.01
_TIMES: Final = (
    (1e-6, "ns"), (1e-3, "µs"), (1.0, "ms"), (120.0, "s"), (120 * MINUTE, "min"), (48 * HOUR, "h"), (2 * YEAR, "days"),
)  # fmt: skip
# What the name of a line says about the period it is to be shown in: `storage_per_day`, `daily_posts`.
_PERIOD_IN_NAME: Final = re.compile(
    r"(?:^|_)(?:per_(s|sec|second|min|minute|hour|day|week|month|year)|(daily|hourly|weekly|monthly|yearly|annual))(?=_|$)",
    re.IGNORECASE,
)


def shown(made: Sum, name: str) -> tuple[str, str]:
    """How a value is shown, and a second way that says more; the latter may be empty."""
    worth = made.worth
    if made.asked:
        return in_unit(worth, made.asked), ""
    if worth.kind == (0, -1) or worth.kind == (1, -1):
        return _rate(worth, name, said=made.said)
    if worth.kind == (0, 1):
        return _time(worth, made.literals[0].unit if made.said else "")
    if worth.kind == (1, 0):
        return _size(worth)
    if made.said and worth.kind == (0, 0) and is_time(made.literals[0].unit):
        # `30 min/day` is a number, and says more as it stands.
        return made.text, three_digits(worth.value)
    if worth.share and not worth.things and not worth.kind[0] and not worth.kind[1]:
        return _share(worth), ""
    also = _share(worth) if worth.is_plain and 0 < worth.value < 1 and not made.said else ""
    return _form(worth, worth.per or SECOND), also


def is_time(word: str) -> bool:
    """Whether a word is a unit of time."""
    return is_unit(word) and (unit(word).data, unit(word).time) == (0, 1)


def in_unit(worth: Amount, asked: Asked) -> str:
    """In the unit that was asked for, whatever its size: `0.05 TB`, `93,000 MB/s`."""
    number = worth.value / asked.unit.value
    if abs(number) >= 999_500:
        return f"{_numbered(number, '')} {asked.text}"
    digits = f"{number:,.0f}" if abs(number) >= 99.5 else three_digits(number)
    return f"{digits} {asked.text}"


def _share(worth: Amount) -> str:
    number = worth.value * 100
    # 99.95 % must not become 100 %.
    digits = f"{number:.6g}" if 99 < abs(number) < 100 else three_digits(number)
    return f"{digits} %"


def _rate(worth: Amount, name: str, *, said: bool) -> tuple[str, str]:
    per = worth.per or SECOND
    money = bool(set(words.MONEY.values()) & {noun for noun, _ in worth.things})
    named = _PERIOD_IN_NAME.search(name)
    if said or money:
        chosen = per if said else max(per, DAY)
    elif named:
        word = (named[1] or words.PERIODS[named[2].lower()]).lower()
        chosen = unit(word).value
    else:
        slow = abs(worth.value) < (1.0 if worth.data else _SLOW_RATE)
        chosen = SECOND if not slow else DAY if abs(worth.value) * DAY >= 1 or not worth.value else YEAR
    first = _form(worth, chosen)
    if chosen == SECOND:
        other = per if per > SECOND else None
        if other is None and worth.data:
            return first, _form(worth._replace(written=amount.BYTES if worth.written == BITS else BITS), SECOND)
        return first, _form(worth, other) if other else ""
    spoken = abs(worth.value) >= _SPOKEN_RATE and not money
    return first, _form(worth, SECOND) if spoken else ""


def _time(worth: Amount, said_in: str) -> tuple[str, str]:
    seconds = abs(worth.value)
    usual = next((symbol for below, symbol in _TIMES if seconds < below), "years")
    fits = said_in and 0.1 <= seconds / unit(said_in).value < 10_000
    symbol = said_in if fits else usual
    first = _in_time(worth, symbol)
    if seconds < 120:
        return first, ""
    if unit(symbol).value == SECOND:
        return first, _in_time(worth, usual)
    return first, f"{_numbered(worth.value, '')} s"


def _in_time(worth: Amount, symbol: str) -> str:
    number = worth.value / unit(symbol).value
    small = abs(number) < 999.5
    digits = three_digits(number) if small else f"{number:,.0f}" if abs(number) < 1e9 else f"{number:.3g}"
    return f"{digits} {symbol}{_each(worth)}"


def _size(worth: Amount) -> tuple[str, str]:
    first = _form(worth, SECOND)
    if worth.written == BITS:
        return first, _form(worth._replace(written=amount.BYTES), SECOND)
    if abs(worth.value) < 999.5:  # a byte is a byte
        return first, ""
    other = amount.BYTES if worth.written == BINARY else BINARY
    return first, _form(worth._replace(written=other), SECOND)


def _form(worth: Amount, per: float) -> str:
    """One way to write an amount; a rate is one per `per`."""
    counted, _ = amount.label(worth.things)
    number, tail = worth.value, ""
    if worth.time == -1:
        number, tail = number * per, f"/{PERIODS.get(per, 's')}"
    elif worth.time == 1:
        # What is kept for a time is paid by the month.
        number, tail = (number / MONTH, " months") if worth.data == 1 else (number, " s")
    if worth.data == 1:
        return f"{_sized(number, worth.written)}{tail}{_each(worth)}"
    if worth.data == -1:
        size = f"{tail}/GB" if worth.time == 1 else f"/GB{tail}"
        return f"{_numbered(number * 1e9, counted)}{size}{_each(worth)}"
    return f"{_numbered(number, counted)}{tail}{_each(worth)}"


def _each(worth: Amount) -> str:
    _, per = amount.label(worth.things)
    return "".join(f"/{noun}" for noun in per)


def _sized(number: float, written: int) -> str:
    if abs(number) >= _MOST_BYTES:
        return f"{number:.3g} B"
    if written == BITS:
        digits, prefix = scaled(number * 8, _SIZE_PREFIXES)
        return f"{digits} {prefix}bit"
    if written == BINARY:
        digits, prefix = scaled(number, _BINARY_PREFIXES, 1024.0)
    else:
        digits, prefix = scaled(number, _SIZE_PREFIXES)
    return f"{digits} {prefix}B"


def _numbered(number: float, counted: str) -> str:
    if abs(number) >= _MOST:
        mantissa, _, exponent = f"{number:.2e}".partition("e")
        digits, prefix = f"{float(mantissa):g} × 10^{int(exponent)}", ""
    elif abs(number) < _LEAST:
        digits, prefix = three_digits(number), ""
    else:
        digits, prefix = scaled(number, _COUNT_PREFIXES)
    if counted in words.MONEY:
        return f"{counted}{digits}{prefix}"
    noun = counted if digits == "1" and not prefix else words.plural(counted) if counted else ""
    return " ".join(part for part in (digits, prefix, noun) if part)
