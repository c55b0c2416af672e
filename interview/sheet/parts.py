"""A typed line in its parts: a name, a sum, a remark; and which words may be names."""

import re
from dataclasses import dataclass
from typing import Final

from interview.sheet import grammar, words
from interview.sheet.tokens import Wrong
from lib.quantities import is_counted, units

_BULLET: Final = re.compile(r"\A\s*(?:[-*•]\s+|\d{1,2}[.)]\s+(?=[^\W\d]\w*\s*[=:≈]))?")
_DEFINES: Final = re.compile(r":=|=|≈|~=?|:(?!\d)")
_NAME: Final = re.compile(r"[^\W\d⁰¹²³⁴⁵⁶⁷⁸⁹][^\W⁰¹²³⁴⁵⁶⁷⁸⁹]*")
_RATES: Final = frozenset(("qps", "rps", "tps"))
_LOOK_LIKE_UNITS: Final = frozenset(word.lower() for word in units() if len(word) > 1) - _RATES
_LONGEST_NAME: Final = 40
_WORD: Final = re.compile(r"[^\W\d_]+")
# How sums are written. “A” may be a name: it is “per” only between a number and a unit.
_RESERVED: Final = frozenset((*words.SCALES, "k", *words.HEDGES, *words.PER, "x", "per", "in", "times")) - {"a"}
# So many words that are neither names nor units make a line that is no sum a sentence.
_WORDS_OF_TEXT: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line in its parts; `at` is where the expression begins."""

    name: str = ""
    name_at: int = 0
    expression: str = ""
    at: int = 0
    note: str = ""
    sign: str = ""


def split(typed: str) -> Line:
    """A line in its parts. Only what is a name, or stands before an “=”, can be one."""
    body, _, note = typed.partition("#")
    start = _BULLET.match(body).end()  # type: ignore[union-attr]
    note = note.lstrip("#").strip()
    match = _DEFINES.search(body, start)
    left = body[start : match.start()] if match else ""
    if match and (match[0] in ("=", ":=") or _NAME.fullmatch(left.strip()) or _may_be_named(left, body[match.end() :])):
        at = match.end() + len(body[match.end() :]) - len(body[match.end() :].lstrip())
        return Line(left.strip(), start, body[at:].rstrip(), at, note, match[0])
    return Line(expression=body[start:].rstrip(), at=start, note=note)


def _may_be_named(left: str, right: str) -> bool:
    """Whether `storage a year: 18 TB` was meant to be a line with a name."""
    return bool(left[:1].isalpha() and not re.search(r"[*/+^×÷()]", left) and re.match(r"\s*[~≈(]*\s*\d", right))


def without_bullet(typed: str) -> str:
    return _BULLET.sub("", typed, count=1).rstrip()


def bad_name(name: str, at: int) -> Wrong | None:
    low = name.lower()
    if not _NAME.fullmatch(name):
        usable = re.sub(r"\W+", "_", name.strip()).strip("_")
        remedy = f"Write {usable} instead." if _NAME.fullmatch(usable) else "Begin with a letter, as in daily_users."
        return Wrong("A name is made of letters, digits and underscores", at, remedy)
    if len(name) > _LONGEST_NAME:
        return Wrong(f"A name has at most {_LONGEST_NAME} characters", at, "Choose a shorter one.")
    if low in _RATES:
        return None  # what people name is a rate, and a number stands before the unit
    is_unit = grammar.unit_of(name) or low in _LOOK_LIKE_UNITS
    if is_unit or low in _RESERVED or words.instead_of(name):
        what = "a unit" if is_unit else "part of how sums are written"
        return Wrong(f"“{name}” is {what} and cannot be a name", at, f"Add a word: total_{low}.")
    return None


def is_text(line: Line, typed: str) -> bool:
    """Whether a line that cannot be worked out was never meant to be: a remark without a #."""
    if "=" in typed or (line.name and re.search(r"\d", line.expression)):
        return False
    found = _WORD.findall(f"{line.name} {line.expression}")
    plain = [word for word in found if not grammar.unit_of(word) and not is_counted(word) and word not in words.LETTERS]
    if re.search(r"[*/+^×÷]|\s[-−–]\s", line.expression):
        return len(plain) >= _WORDS_OF_TEXT
    begins = f"{line.name}{line.expression}"[:1].isalpha()
    return len(found) >= 2 and (begins or len(plain) >= _WORDS_OF_TEXT)
