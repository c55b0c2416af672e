"""Quantities with units: the one evaluator behind givens, formulas, estimation sheets, and numbers in answers.

    >>> humane(evaluate("100M links/month"), "link/s")
    '38 link/s'

Things that are counted (users, links, messages …) are pure numbers; bytes and seconds are dimensions, kept
and checked by pint. Text is parsed here and never reaches `eval`; length, depth and exponents are bounded,
so hostile input costs microseconds. `Grammar` is the language without its values: the sheet reads the same sums,
and minds what is counted in them as well.
"""

import math
import re
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

# pint is imported by the first evaluation, and without numpy: most web requests need neither.
if TYPE_CHECKING:
    import pint

    Quantity = pint.Quantity[Any]
else:
    Quantity = Any

MAX_LENGTH: Final = 300
MAX_DEPTH: Final = 20
MAX_EXPONENT: Final = 12
SCALE_PREFIXES: Final = ("", "k", "M", "G", "T", "P")
_BITS_IN_A_BYTE: Final = 8.0

SCALES: Final = {
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
SIGNS: Final = {"×": "*", "·": "*", "÷": "/", "−": "-", "**": "^", "per": "/"}


class QuantityError(ValueError):
    """What is wrong with an expression, in words for whoever wrote it; `at` is where, counted from 0, if known."""

    def __init__(self, message: str, at: int | None = None) -> None:
        super().__init__(message)
        self.at = at


class _NumpyIsAway(MetaPathFinder):
    """Says that numpy is not installed, to the thread that imports pint and to no other."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        if name.partition(".")[0] == "numpy" and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is not needed here", name=name)
        return None


@contextmanager
def _without_numpy() -> Iterator[None]:
    """pint loads numpy where it is installed, for arrays; ours are plain numbers, and the web does without it."""
    away = _NumpyIsAway()
    sys.meta_path.insert(0, away)
    try:
        yield
    finally:
        sys.meta_path.remove(away)


_MAKING: Final = threading.Lock()


def registry() -> "pint.UnitRegistry[Any]":
    """Only the units of system design. pint's own thousand would make bits pure numbers, and take longer to load."""
    with _MAKING:  # quantities of two registries do not add
        return _registry()


@cache
def _registry() -> "pint.UnitRegistry[Any]":
    with _without_numpy():
        import pint

        units: pint.UnitRegistry[Any] = pint.UnitRegistry(None)
    units.load_definitions(_DEFINITIONS)
    return units


def evaluate(text: str, names: Mapping[str, Quantity] | None = None) -> Quantity:
    """The value of an expression; raises QuantityError. `names` are what it may refer to."""
    units = registry()  # before anything else of pint is imported
    from pint import DimensionalityError

    if len(text) > MAX_LENGTH:
        raise QuantityError(f"is longer than {MAX_LENGTH} characters")
    parser = _Formula(_tokens(text), names or {}, units)
    try:
        value = parser.whole()
    except DimensionalityError as error:
        raise QuantityError(f"mixes units that do not fit: {error.units1} and {error.units2}") from None
    except ZeroDivisionError:
        raise QuantityError("divides by zero") from None
    except OverflowError:
        raise QuantityError("is too large to be meant") from None
    if not math.isfinite(value.magnitude):
        raise QuantityError("is too large to be meant")
    return value


def magnitude(value: Quantity, unit: str) -> float:
    """How many `unit` (an expression such as `write/s` or `TB`) the value is; QuantityError if of another kind."""
    per_unit = evaluate(f"1 {unit}") if unit else registry().Quantity(1.0)
    from pint import DimensionalityError

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


def written_in(value: Quantity) -> dict[str, int]:
    """The units that a value is in, with their powers: a byte a day is byte 1, day -1."""
    # pint's exponents are whole here: nothing takes a root.
    return {str(name): round(float(str(power))) for name, power in value.unit_items()}


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
        digits, prefix = scaled(number)
        return f"{digits} {prefix}{size[2]}{size[3] or ''}"
    digits, prefix = scaled(number)
    return " ".join(part for part in (digits, prefix, unit) if part)


def scaled(number: float, prefixes: Sequence[str] = SCALE_PREFIXES, step: float = 1000.0) -> tuple[str, str]:
    """Three digits and the prefix that makes them enough: `1160` is `("1.16", "k")`."""
    prefix = ""
    for candidate in prefixes:
        prefix = candidate
        if abs(number) < step - 0.5 or candidate == prefixes[-1]:
            break
        number /= step
    return three_digits(number), prefix


def three_digits(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 99.5 else f"{number:.3g}"


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name or a sign, and where it stands."""

    kind: str  # number · name · op
    text: str
    value: float = 0.0
    at: int = 0


def _tokens(text: str) -> list[Token]:
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            rest = text[position:].lstrip()
            raise QuantityError(f"has a sign that is not understood: “{rest[:1]}”", len(text) - len(rest))
        at = match.start(match.lastgroup or 0)
        position = match.end()
        if match["number"]:
            number = float(match["number"].replace(",", ""))
            scale = match["scale"]
            if scale == "B" and not counted_follows(text, position):
                tokens += [Token("number", match["number"], number, at), Token("name", "B", at=match.start("scale"))]
                continue
            value = number * SCALES.get((scale or "").lower(), 1.0)
            tokens.append(Token("number", match[0].strip(), value, match.start("number")))
        elif match["name"] and match["name"] != "per":
            tokens.append(Token("name", match["name"], at=at))
        else:
            sign = match["op"] or "per"
            tokens.append(Token("op", SIGNS.get(sign, sign), at=at))
    return tokens


def counted_follows(text: str, position: int) -> bool:
    """Whether `5B` means five billion: a counted noun comes next (`5B users`), else it means bytes."""
    following = re.match(r"\s*([A-Za-z]+)", text[position:])
    return bool(following and is_counted(following[1]))


@lru_cache(maxsize=4096)
def is_counted(word: str) -> bool:
    low = word.lower()
    stems = (low, low.removesuffix("s"), low.removesuffix("es"), re.sub("ies$", "y", low))
    return any(stem in _COUNTED for stem in stems)


def is_unit(word: str) -> bool:
    return word in _UNITS


def units() -> tuple[str, ...]:
    """Every way to write a unit."""
    return tuple(_UNITS)


def in_base_units(value: Plain) -> Quantity:
    """The quantity of a plain value: in counts, bytes and seconds."""
    unit_of = {"byte": value.data, "second": value.time}
    made = registry()
    return made.Quantity(value.value, made.UnitsContainer({name: power for name, power in unit_of.items() if power}))


Value = TypeVar("Value")


class Grammar(ABC, Generic[Value]):
    """Recursive descent: sums of products of powers. What numbers and words are worth is for others to say."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    @abstractmethod
    def number(self, token: Token) -> Value:
        """A number, with what belongs to it."""

    @abstractmethod
    def named(self, token: Token) -> Value:
        """A word where a value may stand."""

    @abstractmethod
    def worked_out(self, sign: Token, left: Value, right: Value) -> Value:
        """`left` and `right` joined by one of `+ - * / ^`."""

    @abstractmethod
    def negative(self, value: Value) -> Value: ...

    @property
    def current(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def ahead(self, by: int = 1) -> Token | None:
        """The token so many places on; those left behind have negative places."""
        return self._tokens[self._at + by] if 0 <= self._at + by < len(self._tokens) else None

    def advance(self) -> Token:
        """The current token, which is left behind."""
        token = self._tokens[self._at]
        self._at += 1
        return token

    def take(self, *signs: str) -> Token | None:
        token = self.current
        return self.advance() if token and token.kind == "op" and token.text in signs else None

    def whole(self) -> Value:
        value = self.sum()
        if self.current is not None:
            raise QuantityError(f"stops making sense at “{self.current.text}”", self.current.at)
        return value

    def sum(self) -> Value:
        value = self.product()
        while sign := self.take("+", "-"):
            value = self.worked_out(sign, value, self.product())
        return value

    def product(self) -> Value:
        value = self.power()
        while True:
            if sign := self.take("*", "/"):
                value = self.worked_out(sign, value, self.power())
            elif self.current and self.current.kind == "name":
                value = self.worked_out(Token("op", "*", at=self.current.at), value, self.power())
            else:
                return value

    def power(self) -> Value:
        value = self.atom()
        if sign := self.take("^"):
            value = self.worked_out(sign, value, self.atom())
        return value

    def atom(self) -> Value:
        minus = False
        while self.take("-"):
            minus = not minus
        value = self._positive()
        return self.negative(value) if minus else value

    def _positive(self) -> Value:
        if self.current is None:
            last = self._tokens[-1] if self._tokens else None
            raise QuantityError("ends too early", last.at if last else None)
        token = self.advance()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "name":
            return self.named(token)
        if token.text != "(":
            raise QuantityError(f"has “{token.text}” where a number should be", token.at)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QuantityError("has too many brackets", token.at)
        value = self.sum()
        if not self.take(")"):
            raise QuantityError("has a bracket that is not closed", token.at)
        self._depth -= 1
        return value


class _Formula(Grammar[Quantity]):
    """Values are pint's: a unit written after a number multiplies it."""

    def __init__(self, tokens: Sequence[Token], names: Mapping[str, Quantity], units: "pint.UnitRegistry[Any]") -> None:
        super().__init__(tokens)
        self._names, self._units = names, units

    def number(self, token: Token) -> Quantity:
        return self._units.Quantity(token.value)

    def named(self, token: Token) -> Quantity:
        word = token.text
        if word in self._names:
            return self._names[word]
        if word in _UNITS:
            return self._units.Quantity(1.0, _UNITS[word])
        if word.lower() in _WORD_SCALES:
            return self._units.Quantity(SCALES[word.lower()])
        if is_counted(word):
            return self._units.Quantity(1.0)
        raise QuantityError(f"uses “{word}”, which is neither a unit nor a name given here", token.at)

    def worked_out(self, sign: Token, left: Quantity, right: Quantity) -> Quantity:
        made: Quantity
        if sign.text == "+":
            made = left + right
        elif sign.text == "-":
            made = left - right
        elif sign.text == "*":
            made = left * right
        elif sign.text == "/":
            made = left / right
        else:
            made = self._raised(left, right, sign)
        return made

    def _raised(self, base: Quantity, exponent: Quantity, sign: Token) -> Quantity:
        power = exponent.to("").magnitude
        if abs(power) > MAX_EXPONENT:
            raise QuantityError(f"has an exponent above {MAX_EXPONENT}", sign.at)
        if base.magnitude < 0 and power != int(power):
            raise QuantityError("takes a root of a negative number", sign.at)
        raised: Quantity = base**power
        return raised

    def negative(self, value: Quantity) -> Quantity:
        made: Quantity = value * -1
        return made
