"""The words of a sheet: nouns in both numbers, words that are no nouns, and what a misspelt word was meant to be."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from lib.quantities import is_counted, is_unit, units

# Who does something. Where users make posts, it is the posts that are counted.
_ACTORS: Final = frozenset(
    """user person reader writer author follower friend account member customer buyer seller driver rider viewer
    recipient merchant device client subscriber visitor player listener participant employee student host editor
    dau mau""".split()
)
# Any of these may be one of something else; how many times there is something is not what is counted.
_GENERIC: Final = frozenset("request query call operation op req event".split())
_FACTORS: Final = frozenset("copy replica time".split())
# Scales that are words of their own. What also has a letter is a scale behind a number only: `5 M`, `10 k`.
SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "mn": 1e6, "mio": 1e6, "mil": 1e6, "mln": 1e6, "billion": 1e9,
    "bn": 1e9, "trillion": 1e12, "tn": 1e12, "dozen": 12.0, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
LETTERS: Final = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "B": 1e9}
# What people say before a number they are not sure of.
HEDGES: Final = frozenset(("about", "around", "roughly", "approx", "ca", "say", "nearly", "almost"))
PER: Final = frozenset(("a", "an", "each", "every"))
# Never counted, so never taken for a noun: with them a line says more than the sum that would be worked out.
_NO_NOUNS: Final = {
    "and": "+ or *", "plus": "+", "minus": "-", "or": "one of the two", "over": "/ or *", "by": "* or /", "at": "*",
    "for": "*", "with": "*", "than": "one value", "from": "-", "to": "one value", "divided": "/", "multiplied": "*",
    "of": "*", "is": "=", "are": "=", "equals": "=", "then": "a new line", "so": "a # before it",
}  # fmt: skip
PERIODS: Final = {
    "daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year",
    "annually": "year", "nightly": "day",
}  # fmt: skip
MONEY: Final = {
    "$": "$", "dollar": "$", "dollars": "$", "usd": "$", "€": "€", "euro": "€", "euros": "€", "eur": "€", "£": "£",
    "gbp": "£",
}  # fmt: skip

_IRREGULAR: Final = {"people": "person", "men": "man", "women": "woman", "children": "child", "indices": "index"}
_IN_PLURAL: Final = {singular: plural for plural, singular in _IRREGULAR.items()}
# The same in both numbers, and words whose ending is not that of a plural.
_UNCHANGED: Final = frozenset(
    "series news status bus gas bias canvas atlas dns sms https redis req msg conn txn pct".split()
)
_ENDS_IN_E: Final = frozenset("cache niche movie cookie selfie calorie rookie axe".split())

# Of shorter words another one is too often a single letter away: weeks and seeks, days and ways.
_TRUSTED_LENGTH: Final = 6
_SWAPPED_LENGTH: Final = 4
_LONGEST: Final = 24
_SHORTEST: Final = 4
_SHORT_UNITS: Final = ("kB", "MB", "GB", "TB", "PB", "EB", "ms", "min", "h")


@lru_cache(maxsize=2048)
def singular(word: str) -> str:
    """The noun as a key: `links` and `Links` are `link`, `GPUs` is `GPU`."""
    if word in MONEY or word.lower() in MONEY:
        return MONEY[word.lower()]
    base = word if word.removesuffix("s").isupper() and len(word) > 1 else word.lower()
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base in _UNCHANGED or base.endswith(("ss", "us", "is")) or not base.endswith("s") or len(base) < 3:
        return base
    if base[:-1] in _ENDS_IN_E:
        return base[:-1]
    if base.endswith("ies") and len(base) > 4:
        return base[:-3] + "y"
    if base.endswith(("xes", "ches", "shes", "sses", "zzes")):
        return base[:-2]
    return base[:-1]


@lru_cache(maxsize=2048)
def plural(noun: str) -> str:
    """Of a key that `singular` gave."""
    if noun in MONEY or noun in _UNCHANGED or noun.isupper():
        return noun
    if noun in _IN_PLURAL:
        return _IN_PLURAL[noun]
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy")):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("x", "ch", "sh", "ss", "zz", "us")) else "s")


def is_actor(noun: str) -> bool:
    return noun.lower() in _ACTORS


def is_generic(noun: str) -> bool:
    return noun.lower() in _GENERIC


def is_factor(noun: str) -> bool:
    return noun.lower() in _FACTORS


def instead_of(word: str) -> str:
    """What is written instead of a word that is no noun; empty for any other."""
    return _NO_NOUNS.get(word.lower(), "")


def may_be_counted(word: str) -> bool:
    """Whether a word that nobody listed can be a noun at all: three letters or more, and nothing but letters."""
    return len(word) >= 3 and word.isalpha() and not instead_of(word)


def is_known(word: str) -> bool:
    return is_unit(word) or is_counted(word) or word.lower() in MONEY


class Nearest:
    """Which of a growing set of words is meant by one that is not in it: one letter more, less, other, or swapped.

    Each word is kept under what is left of it without one letter, so that asking takes no longer for many words.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._kept: dict[str, list[str]] = {}
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        if len(word) <= _LONGEST:
            for part in _less_one(word.lower()):
                self._kept.setdefault(part, []).append(word)

    def to(self, word: str) -> str:
        """The word that is meant, or nothing."""
        if not _SHORTEST <= len(word) <= _LONGEST:
            return ""
        low = word.lower()
        found = (near for part in _less_one(low) for near in self._kept.get(part, ()) if one_off(low, near.lower()))
        return next(found, "")


def _less_one(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def one_off(a: str, b: str) -> bool:
    """Whether a letter is missing, too many, another one, or swapped with its neighbour; or only capitals differ."""
    if a == b:
        return True
    i = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[i:], b[i:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])


def swapped(a: str, b: str) -> bool:
    return a != b and len(a) == len(b) and sorted(a) == sorted(b) and one_off(a, b)


_UNITS: Final = Nearest(word for word in units() if len(word) >= _SWAPPED_LENGTH)


@lru_cache(maxsize=2048)
def unit_meant(word: str) -> str:
    """The unit of which a word is a misspelling: `mintues`, `gb`; nothing for words that may well be something else."""
    low = word.lower()
    if len(word) <= 3:
        return next((unit for unit in _SHORT_UNITS if unit.lower() == low), "")
    near = _UNITS.to(low)
    if near.lower() == low or len(low) >= _TRUSTED_LENGTH:
        return near
    return near if swapped(low, near.lower()) else ""
