"""Typing errors: the words of titles and other names that are nearest to what was typed. Reads, never writes."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Left

from catalog import matching

# Of three letters, every word is near another.
MIN_CHARS: Final = 4
# From here on two letters may be wrong.
LONG_CHARS: Final = 7
# Titles and other names stand first in what is stored to be searched; this much of a row is read.
HEAD_CHARS: Final = 1000
_HEAD: Final = re.compile(r" [ta]:(\S+)(?= )")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that may have been meant, its letters as bits, and how many titles and names have it."""

    text: str
    letters: int
    count: int


@dataclass(frozen=True, slots=True)
class _Known:
    """`forms` are all words and stems, which nobody needs to have corrected."""

    forms: frozenset[str]
    words: tuple[_Word, ...]


def meant(text: str, kinds: Iterable[QuerySet[Any]]) -> str:
    """The words of `text`, those unknown to all rows of these kinds replaced by the nearest known one.

    Empty where there is nothing to replace. One query, and no promise that anything holds these words together.
    """
    typed = matching.telling(text)
    if not any(_may_be_wrong(word) for word in typed):
        return ""
    known = _read(_heads(kinds))
    likely = [_nearest(word, known) for word in typed]
    return " ".join(likely) if likely != typed else ""


def distance(a: str, b: str, limit: int) -> int:
    """How many letters to change, add, leave out, or swap with their neighbour; where it is more, `limit` + 1."""
    earlier: list[int] = []
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        # It only grows from row to row.
        if min(row) > limit:
            return limit + 1
        earlier, above = above, row
    return min(above[-1], limit + 1)


def _may_be_wrong(word: str) -> bool:
    return len(word) >= MIN_CHARS and word.isalpha()


def _nearest(word: str, known: _Known) -> str:
    if not _may_be_wrong(word) or word in known.forms or matching.stem(word) in known.forms:
        return word
    limit = 2 if len(word) >= LONG_CHARS else 1
    letters = _letters(word)
    # One wrong letter changes two bits at most: few words are left to be compared letter by letter.
    alike = (
        one
        for one in known.words
        if abs(len(one.text) - len(word)) <= limit and (one.letters ^ letters).bit_count() <= 2 * limit
    )
    # A first letter is rarely wrong, and letters are left out more often than added.
    ranked = (
        (distance(word, one.text, limit), one.text[0] != word[0], -len(one.text), -one.count, one.text) for one in alike
    )
    best = min((rank for rank in ranked if rank[0] <= limit), default=None)
    return best[-1] if best else word


def _heads(kinds: Iterable[QuerySet[Any]]) -> tuple[str, ...]:
    first, *rest = (kind.order_by().values_list(Left("search_text", HEAD_CHARS), flat=True) for kind in kinds)
    return tuple(sorted(first.union(*rest, all=True)))


@lru_cache(maxsize=4)
def _read(heads: Sequence[str]) -> _Known:
    """Worked out once per process for what the rows hold now."""
    forms: set[str] = set()
    words: Counter[str] = Counter()
    for head in heads:
        found = _HEAD.findall(head)
        forms.update(found)
        # A stem follows its word, and is no word to show to anybody.
        words.update(word for before, word in zip(["", *found], found, strict=False) if word != matching.stem(before))
    known = (_Word(text, _letters(text), count) for text, count in words.items() if _may_be_wrong(text))
    return _Known(frozenset(forms), tuple(known))


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 64)
    return bits
