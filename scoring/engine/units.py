"""Units as people write them, in bytes, seconds and counts. What a unit is worth is known to lib.quantities alone."""

import re
from functools import lru_cache
from typing import Final

from lib.quantities import QuantityError, unit

SCALES: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "mil": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "g": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12, "hundred": 1e2,
    "dozen": 12.0, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
WORDS: Final = {
    **{word: float(n) for n, word in enumerate(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split(), 1)},
    **{word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)},
    "half": 0.5, "quarter": 0.25,
}  # fmt: skip
PERIODS: Final = {
    "daily": "day", "nightly": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "yearly": "year",
    "annually": "year", "annual": "year",
}  # fmt: skip

TIME_WORD: Final = (
    r"(?:(?:ns|[uµμ]s|ms|msec|s|h|d|y|mo)|(?i:nanoseconds?|microseconds?|milliseconds?|secs?|seconds?|mins?|minutes?|"
    r"hrs?|hours?|days?|weeks?|months?|yrs?|years?))(?![A-Za-z])"
)
DATA_WORD: Final = (
    r"(?:(?i:(?:kilo|mega|giga|tera|peta|exa)\s?(?:bytes?|bits?))|[kKmMgGtTpPE]i?[bB](?:its?|ytes?)?|[Bb]ytes?|[Bb]its?"
    r"|B)"
)
RATE_WORD: Final = r"(?i:qps|rps|tps|wps|iops|ops|hz)"

# Numbers that turn one unit of time into another: as such, and as what duration a bare one stands for.
_CONVERTS: Final = (7, 12, 24, 28, 30, 31, 52, 60, 365, 366, 720, 1440, 3600, 8760, 86400, 1e5, 2.592e6, 3.1536e7)
_STANDS_FOR: Final = {
    7: "day", 28: "day", 30: "day", 31: "day", 365: "day", 366: "day", 12: "month", 52: "week", 24: "hour", 720: "hour",
    8760: "hour", 60: "second", 1440: "minute", 3600: "second", 86400: "second", 1e5: "second", 2.592e6: "second",
    3.1536e7: "second",
}  # fmt: skip
_DATA_CONVERTS: Final = (8, 1e3, 1024, 1e6, 1024**2, 1e9, 1024**3)


@lru_cache(maxsize=256)
def seconds(word: str) -> float:
    """How long a unit of time is; 1 for what is none."""
    for name in (word, word.lower(), word.lower().removesuffix("s")):
        try:
            return unit(PERIODS.get(name, name)).value
        except QuantityError:
            continue
    return 1.0


@lru_cache(maxsize=256)
def data(word: str, rate: bool) -> tuple[float, float | None, bool]:
    """A unit of data in bytes, its other reading if it has one, and whether it is written in bits.

    `Mb` is a megabit by the book and a megabyte in many a hurry; over a second only `mb` may still be either.
    """
    low = re.sub(r"\s", "", word.lower())
    match = re.fullmatch(r"(kilo|mega|giga|tera|peta|exa|[kmgtpe]i?)?(bytes?|bits?|b)", low)
    if match is None:
        return 1.0, None, False
    prefix = (match[1] or "")[:1]
    letter = prefix if prefix == "k" else prefix.upper()
    if (match[1] or "").endswith("i"):
        return unit(f"{letter.upper()}iB").value, None, False
    bits, whole = unit(f"{letter}bit").value, unit(f"{letter}B").value
    if match[2].startswith("bit"):
        return bits, None, True
    if match[2] == "b" and word.endswith("b"):
        return (bits, whole if word.islower() else None, True) if rate else (whole, bits, False)
    return whole, None, False


def stands_for(value: float) -> tuple[float, bool] | None:
    """The seconds that a bare 86400, 24 or 365 may stand for, and whether it can hardly stand for anything else."""
    for known, name in _STANDS_FOR.items():
        if _like(value, known):
            return value * seconds(name), known >= 3600 and name == "second"
    return None


def converts(value: float) -> bool:
    """Whether a bare number may be there only to turn one unit of time into another."""
    return any(_like(value, known) for known in _CONVERTS)


def converts_data(value: float) -> bool:
    return any(_like(value, known) for known in _DATA_CONVERTS)


def is_one_period(duration: float) -> bool:
    """Whether a duration such as 86,400 s, 24 hours or 30 days is one day, month or year, written out."""
    periods = [seconds(name) for name in ("minute", "hour", "day", "week", "month", "year")]
    return any(abs(duration / period - 1) < 0.04 for period in periods) or _like(duration, 1e5)


def _like(value: float, known: float) -> bool:
    return abs(value / known - 1) < (0.05 if known > 1e6 else 1e-3)


def spelled(text: str) -> float | None:
    """The value of a number in words, `two hundred thousand`; None for words that are none."""
    total, current, seen = 0.0, 0.0, False
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in WORDS:
            current, seen = current + WORDS[word], True
        elif word == "hundred" or word == "dozen":
            current, seen = (current or 1.0) * SCALES[word], True
        elif word.removesuffix("s") in SCALES:
            total, current, seen = total + (current or 1.0) * SCALES[word.removesuffix("s")], 0.0, True
    return total + current if seen else None
