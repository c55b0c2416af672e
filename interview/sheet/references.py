"""Which numbers of a sheet the later steps speak of, by name or by value. Numbers that nothing uses cost a minute."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from interview.sheet import amount, words
from interview.sheet.amount import Amount
from interview.sheet.grammar import unit_of
from interview.sheet.lines import Row, Sheet
from lib.quantities import is_counted, plain

# “About 1.2k/s” is 1.16 k links/s: the same to as many digits as were written, or within so much.
_WITHIN: Final = 0.02
# How far two digits can be from what they are rounded from.
_REACH: Final = 0.06
# A number without a unit is taken for one on the sheet only if it has so many digits or is so large.
_TELLING_DIGITS: Final = 3
_TELLING: Final = 1000.0
_NEAREST_WORDS: Final = 3

_SCALE: Final = r"(?:[kKMGTB]|[bB]n|thousand|million|billion|trillion)(?![A-Za-z])"
_NUMBER: Final = re.compile(
    rf"(?<![\w.,^])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,30}}(?:\.\d{{1,30}})?)(?!\d|\.\d)"
    rf"(?:\s?(?P<scale>{_SCALE}))?"
    r"(?P<rest>(?:\s{0,2}(?:[A-Za-zµ%]{1,20}|/|÷)){0,6})"
)
_GLUED: Final = re.compile(r"[A-Za-z]+")
_WORD: Final = re.compile(r"[A-Za-zµ]+|%|/|÷")
_PER: Final = frozenset(("/", "÷", "per", "a", "an", "each", "every"))
# What ends the words that belong to a number.
_ENDS: Final = frozenset("and or so but for with at in on is are which that to of from by then than the".split())


@dataclass(frozen=True, slots=True)
class _Unit:
    """What the words behind a number make of it."""

    factor: float = 1.0
    data: int = 0
    time: int = 0
    share: bool = False
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of a text, in the unit it was written in."""

    number: float
    digits: int
    unit: _Unit

    @property
    def is_telling(self) -> bool:
        return not self.unit.share and (self.digits >= _TELLING_DIGITS or self.number >= _TELLING)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A value that may be spoken of, in base units or, if `bare`, as it is shown without its period."""

    value: float
    name: str
    data: int
    time: int
    share: bool
    nouns: frozenset[str]
    bare: bool = False


def references(sheet: Sheet, texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Name → the keys of the texts that refer to it; an empty tuple where none does.

    A name that is also an ordinary word, such as `cache`, counts only as `code`, before its number as it is dropped
    into a text, or by the number.
    """
    rows = sheet.named
    wanted = sorted((one for row in rows.values() for one in _wanted(row)), key=lambda one: one.value)
    values = [one.value for one in wanted]
    found: dict[str, list[str]] = {name: [] for name in rows}
    names = _names(list(rows))
    for key, text in texts.items():
        spoken = {re.sub(r"[\s-]+", "_", one[one.lastindex or 0]).casefold() for one in names.finditer(text)}
        for said in set(_numbers(names.sub(" ", text))):
            value = said.number * said.unit.factor
            near = wanted[bisect_left(values, value * (1 - _REACH)) : bisect_right(values, value * (1 + _REACH))]
            spoken |= {one.name.casefold() for one in near if _is_meant(said, one)}
        for name in rows:
            if name.casefold() in spoken:
                found[name].append(key)
    return {name: tuple(keys) for name, keys in found.items()}


def _names(names: Sequence[str]) -> re.Pattern[str]:
    """Every name as `code`, and those that are no ordinary words as they are; `daily_users` also as “daily users”."""
    plain_words = [name for name in names if _is_no_word(name)]
    code = "|".join(map(re.escape, names)) or "(?!)"
    loose = "|".join(re.escape(name).replace("_", r"[_\s-]") for name in plain_words) or "(?!)"
    return re.compile(rf"`({code})`|(?<!\w)({loose})(?!\w)|(?<!\w)({code})(?=\s?[≈=])", re.IGNORECASE)


def _is_no_word(name: str) -> bool:
    """Whether nobody writes it but for the line: `storage_5y`, `p99`, `dailyUsers`, `QPS` or `dau`, and not `cache`.

    No dictionary is at hand, so what looks like a word is taken for one.
    """
    if is_counted(name):
        return False
    made_up = re.search(r"[_\d]|[a-z][A-Z]", name) or name.isupper() or not re.search(r"[aeiouy]", name, re.IGNORECASE)
    return bool(made_up) or words.is_actor(name)


def _wanted(row: Row) -> Iterator[_Wanted]:
    if row.value is None:
        return
    value = plain(row.value)
    shown = next(_numbers(row.shown), None)
    nouns = frozenset(words.singular(word) for word in re.findall(r"[A-Za-z]{3,}", f"{row.name} {row.shown}"))
    share = bool(shown and shown.unit.share)
    yield _Wanted(value.value, row.name, value.data, value.time, share, nouns)
    if (value.data, value.time) == (0, -1):
        # People leave the period out: “1.16k writes”. Some also where it is not a second.
        for number in {value.value, shown.number if shown else value.value}:
            yield _Wanted(number, row.name, 0, 0, False, nouns, bare=True)


def _numbers(text: str) -> Iterator[_Said]:
    """The numbers of a text with the units and nouns behind them."""
    for match in _NUMBER.finditer(text):
        digits = match["digits"].replace(",", "")
        if not match["scale"] and (glued := _GLUED.match(match["rest"])) and not unit_of(glued[0]):
            continue  # a name, such as 1080p
        scale, unit = _read(match["scale"] or "", match["rest"])
        yield _Said(float(digits) * scale, len(digits.replace(".", "").strip("0")) or 1, unit)


@lru_cache(maxsize=4096)
def _read(scale: str, rest: str) -> tuple[float, _Unit]:
    """What a number is multiplied with, and its unit: `writes per second`, `TB`, `%`."""
    behind = _WORD.findall(rest)
    if scale == "B" and not (behind and words.is_known(behind[0]) and not unit_of(behind[0])):
        return 1.0, _unit(["B", *behind])
    return words.LETTERS.get(scale) or words.SCALES.get(scale.lower(), 1.0), _unit(behind)


def _unit(behind: Sequence[str]) -> _Unit:
    made, share, per = Amount(1.0), False, False
    nouns: list[str] = []
    for word in behind:
        if word in _PER:
            per = True
        elif word.lower() in _ENDS or len(nouns) >= _NEAREST_WORDS:
            break
        elif unit := unit_of(word):
            one = amount.of_unit(unit)
            if (made.data or made.time) and not per:
                break
            made = amount.divided(made, one) if per else amount.multiplied(made, one)
            share, per = share or one.share, False
        else:
            nouns.append(words.singular(word))
            per = False
    return _Unit(made.value, made.data, made.time, share, frozenset(nouns))


def _is_meant(said: _Said, wanted: _Wanted) -> bool:
    unit = said.unit
    if (unit.data, unit.time) != (wanted.data, wanted.time) or not _same(said, wanted.value / unit.factor):
        return False
    if unit.data or unit.time or unit.nouns & wanted.nouns:
        return True
    return said.is_telling or (unit.share and wanted.share)


def _same(said: _Said, value: float) -> bool:
    if not value or not said.number:
        return False
    if abs(said.number / value - 1) <= _WITHIN:
        return True
    # A single digit says too little to be rounded from anything.
    return said.digits > 1 and f"{value:.{said.digits - 1}e}" == f"{said.number:.{said.digits - 1}e}"
