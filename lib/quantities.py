"""Quantities with units: the one evaluator behind givens, formulas, and numbers in answers.

    >>> humane(evaluate("100M links/month"), "link/s")
    '38 link/s'

Things that are counted (users, links, messages …) are pure numbers; bytes and seconds are dimensions, kept
and checked by pint. Text is parsed here and never reaches `eval`; length, depth and exponents are bounded,
so hostile input costs microseconds.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

# pint is imported by the first evaluation. It loads numpy where that is installed, and most web requests need neither.
if TYPE_CHECKING:
    import pint

    Quantity = pint.Quantity[Any]
else:
    Quantity = Any

MAX_LENGTH: Final = 300
MAX_DEPTH: Final = 20
MAX_EXPONENT: Final = 12
_BITS_IN_A_BYTE: Final = 8.0

_SCALES: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "mio": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "g": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_WORD_SCALES: Final = {"thousand", "million", "billion", "trillion", "mn", "mio", "bn", "tn"}

_DEFINITIONS: Final = [
    "second = [time]",
    "minute = 60 * second",
    "hour = 60 * minute",
    "day = 24 * hour",
    "week = 7 * day",
    "year = 365.25 * day",
    "month = year / 12",
    "bit = [data]",
    "byte = 8 * bit",
    "percent = 0.01",
    *(f"{name}- = 1e{exponent}" for name, exponent in (("kilo", 3), ("mega", 6), ("giga", 9), ("tera", 12))),
    *(f"{name}- = 1e{exponent}" for name, exponent in (("peta", 15), ("exa", 18), ("milli", -3), ("micro", -6))),
    "nano- = 1e-9",
    *(f"{name}- = 2**{exponent}" for name, exponent in (("kibi", 10), ("mebi", 20), ("gibi", 30), ("tebi", 40))),
    "pebi- = 2**50",
]

_PREFIXES: Final = {"k": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa"}
_BINARY: Final = {"K": "kibi", "M": "mebi", "G": "gibi", "T": "tebi", "P": "pebi"}

_UNITS: Final = {
    **dict.fromkeys(("B", "byte", "bytes"), "byte"),
    **dict.fromkeys(("bit", "bits"), "bit"),
    "KB": "kilobyte",
    **{f"{p}B": f"{q}byte" for p, q in _PREFIXES.items()},
    **{f"{p}iB": f"{q}byte" for p, q in _BINARY.items()},
    **{f"{q}{unit}{s}": f"{q}{unit}" for q in _PREFIXES.values() for unit in ("byte", "bit") for s in ("", "s")},
    **{f"{p}{unit}": f"{q}bit" for p, q in _PREFIXES.items() for unit in ("b", "bit", "bits")},
    **{f"{p}bps": f"{q}bit/second" for p, q in _PREFIXES.items()},
    **{f"{p}Bps": f"{q}byte/second" for p, q in _PREFIXES.items()},
    **dict.fromkeys(("ns", "nanosecond", "nanoseconds"), "nanosecond"),
    **dict.fromkeys(("us", "µs", "μs", "microsecond", "microseconds"), "microsecond"),
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds"), "millisecond"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "second"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "minute"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hour"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("month", "months", "mo"), "month"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
    **dict.fromkeys(("qps", "rps", "tps", "QPS", "RPS", "TPS"), "1/second"),
    "%": "percent",
}  # fmt: skip

# Nouns that are counted. Singular; a plural "s" or "es" is understood.
_COUNTED: Final = frozenset(
    """user person people reader writer author follower friend account member customer buyer seller driver rider
    viewer recipient merchant device client server machine node shard partition replica core worker process thread
    connection socket session request query call read write operation op event click redirect view visit impression
    hit miss insert message notification notice campaign post tweet like comment story feed entry item row record
    document doc page term token link url code key order payment charge transaction job task file object chunk block
    segment rendition stream disk photo image video group channel conversation room team region copy time x char
    character digit symbol review vote service line ride trip seat ticket edit editor host series sample rule phrase
    keystroke suggestion ad schedule slot report""".split()
)

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|\.\d+)
        (?:(?P<scale>[kKMGT]|[bB]n|B|m(?:illi)on)(?![A-Za-zµμ]))?
    | (?P<name>[A-Za-zµμ_][A-Za-z0-9_µμ]*|%)
    | (?P<op>\*\*|[-+*/^()×·÷−])
    )""",
    re.VERBOSE,
)
_OPS: Final = {"×": "*", "·": "*", "÷": "/", "−": "-", "**": "^", "per": "/"}


class QuantityError(ValueError):
    """What is wrong with an expression, in words for whoever wrote it."""


@cache
def registry() -> "pint.UnitRegistry[Any]":
    """Only the units of system design. pint's own thousand would make bits pure numbers, and take longer to load."""
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry(None)
    units.load_definitions(_DEFINITIONS)
    return units


def evaluate(text: str, names: Mapping[str, Quantity] | None = None) -> Quantity:
    """The value of an expression; raises QuantityError. `names` are what it may refer to."""
    from pint import DimensionalityError

    if len(text) > MAX_LENGTH:
        raise QuantityError(f"is longer than {MAX_LENGTH} characters")
    parser = _Parser(_tokens(text), names or {})
    try:
        value = parser.sum()
    except DimensionalityError as error:
        raise QuantityError(f"mixes units that do not fit: {error.units1} and {error.units2}") from None
    except ZeroDivisionError:
        raise QuantityError("divides by zero") from None
    except OverflowError:
        raise QuantityError("is too large to be meant") from None
    if parser.current is not None:
        raise QuantityError(f"stops making sense at “{parser.current.text}”")
    if not math.isfinite(value.magnitude):
        raise QuantityError("is too large to be meant")
    return value


def magnitude(value: Quantity, unit: str) -> float:
    """How many `unit` (an expression such as `write/s` or `TB`) the value is; QuantityError if of another kind."""
    from pint import DimensionalityError

    per_unit = evaluate(f"1 {unit}") if unit else registry().Quantity(1.0)
    try:
        return float((value / per_unit).to("").magnitude)
    except DimensionalityError:
        raise QuantityError(f"is not a number of {unit or 'things'}") from None


@dataclass(frozen=True, slots=True)
class Plain:
    """A value in counts, bytes and seconds, and the powers of data and of time it is of: a byte a second is (1, -1)."""

    value: float
    data: int
    time: int


def plain(value: Quantity) -> Plain:
    based = value.to_base_units()
    # pint's exponents are whole here: nothing takes a root.
    data, time = (round(float(str(based.dimensionality.get(name, 0)))) for name in ("[data]", "[time]"))
    return Plain(float(based.magnitude) / _BITS_IN_A_BYTE**data, data, time)


@cache
def unit(word: str) -> Plain:
    """What one of a unit (`ms`, `Mbit`, `QPS`) is in counts, bytes and seconds; QuantityError for any other word."""
    if word not in _UNITS:
        raise QuantityError(f"uses “{word}”, which is not a unit")
    return plain(registry().Quantity(1.0, _UNITS[word]))


def same_kind(a: Quantity, b: Quantity) -> bool:
    return bool(a.dimensionality == b.dimensionality)


def humane(value: Quantity, unit: str) -> str:
    """Three digits at most and a readable scale: `1.16 k link/s`, `18.3 TB`."""
    number = magnitude(value, unit)
    size = re.fullmatch(r"([kKMGTPE]?)(B|bit)(/.*)?", unit)
    if size:
        number *= 1000.0 ** (" kMGTPE".index(size[1].replace("K", "k") or " "))
        scaled, prefix = _scale(number)
        return f"{scaled} {prefix}{size[2]}{size[3] or ''}"
    scaled, prefix = _scale(number)
    return " ".join(part for part in (scaled, prefix, unit) if part)


def _scale(number: float) -> tuple[str, str]:
    prefix = ""
    for candidate in ("", "k", "M", "G", "T", "P"):
        prefix = candidate
        if abs(number) < 999.5 or candidate == "P":
            break
        number /= 1000
    digits = f"{number:.0f}" if abs(number) >= 99.5 else f"{number:.3g}"
    return digits, prefix


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    value: float = 0.0


def _tokens(text: str) -> list[_Token]:
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise QuantityError(f"has a sign that is not understood: “{text[position:].strip()[:1]}”")
        position = match.end()
        if match["number"]:
            number = float(match["number"].replace(",", ""))
            scale = match["scale"]
            if scale == "B" and not _counted_follows(text, position):
                tokens += [_Token("number", match["number"], number), _Token("name", "B")]
                continue
            tokens.append(_Token("number", match[0].strip(), number * _SCALES.get((scale or "").lower(), 1.0)))
        elif match["name"] and match["name"] != "per":
            tokens.append(_Token("name", match["name"]))
        else:
            sign = match["op"] or "per"
            tokens.append(_Token("op", _OPS.get(sign, sign)))
    return tokens


def _counted_follows(text: str, position: int) -> bool:
    """Whether `5B` means five billion: a counted noun comes next (`5B users`), else it means bytes."""
    following = re.match(r"\s*([A-Za-z]+)", text[position:])
    return bool(following and is_counted(following[1]))


def is_counted(word: str) -> bool:
    low = word.lower()
    stems = (low, low.removesuffix("s"), low.removesuffix("es"), re.sub("ies$", "y", low))
    return any(stem in _COUNTED for stem in stems)


def is_unit(word: str) -> bool:
    return word in _UNITS


class _Parser:
    """Recursive descent: sums of products of powers; a unit written after a number multiplies it."""

    def __init__(self, tokens: list[_Token], names: Mapping[str, Quantity]) -> None:
        self._tokens, self._names, self._at, self._depth = tokens, names, 0, 0

    @property
    def current(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *ops: str) -> str | None:
        token = self.current
        if token and token.kind == "op" and token.text in ops:
            self._at += 1
            return token.text
        return None

    def sum(self) -> Quantity:
        value = self.product()
        while op := self._take("+", "-"):
            other = self.product()
            value = value + other if op == "+" else value - other
        return value

    def product(self) -> Quantity:
        value = self.power()
        while True:
            if op := self._take("*", "/"):
                other = self.power()
                value = value * other if op == "*" else value / other
            elif self.current and self.current.kind == "name":
                value = value * self.power()
            else:
                return value

    def power(self) -> Quantity:
        value = self.atom()
        if self._take("^"):
            exponent = self.atom().to("").magnitude
            if abs(exponent) > MAX_EXPONENT:
                raise QuantityError(f"has an exponent above {MAX_EXPONENT}")
            value = value**exponent
        return value

    def atom(self) -> Quantity:
        token = self.current
        if token is None:
            raise QuantityError("ends too early")
        self._at += 1
        if token.kind == "number":
            return registry().Quantity(token.value)
        if token.kind == "name":
            return self._named(token.text)
        if token.text == "-":
            negative: Quantity = self.atom() * -1
            return negative
        if token.text != "(":
            raise QuantityError(f"has “{token.text}” where a number should be")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QuantityError("has too many brackets")
        value = self.sum()
        if not self._take(")"):
            raise QuantityError("has a bracket that is not closed")
        self._depth -= 1
        return value

    def _named(self, word: str) -> Quantity:
        if word in self._names:
            return self._names[word]
        if word in _UNITS:
            return registry().Quantity(1.0, _UNITS[word])
        if word.lower() in _WORD_SCALES:
            return registry().Quantity(_SCALES[word.lower()])
        if is_counted(word):
            return registry().Quantity(1.0)
        raise QuantityError(f"uses “{word}”, which is neither a unit nor a name given here")
