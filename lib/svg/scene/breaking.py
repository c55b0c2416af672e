"""How wide a line is, about, and lines broken so that they are no wider than there is room. All in parts of a font's
size."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

CUT: Final = "…"
_NARROW: Final = frozenset("fijlrtI.,:;'|!()[]/ -")
_WIDE: Final = frozenset("mwMW@%")


def width(line: str) -> float:
    return sum(_advance(char) for char in line)


def widest(lines: Iterable[str]) -> float:
    return max((width(line) for line in lines), default=0.0)


def broken(lines: Iterable[str], room: float, most: int) -> list[str]:
    """These lines, broken between words; what does not fit in so many is cut."""
    rows = [row for line in lines for row in _rows(line, room)]
    kept = [_cut(row, room) for row in rows[:most]]
    if len(rows) > most:
        kept[-1] = kept[-1].rstrip(CUT) + CUT
    return kept


def same_words(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Whether they differ in nothing but where they are broken."""
    return "".join("".join(lines).split()) == "".join("".join(others).split())


def _rows(line: str, room: float) -> Iterator[str]:
    row: list[str] = []
    taken = 0.0
    for one in line.split():
        needs = width(one)
        if row and taken + _advance(" ") + needs > room:
            yield " ".join(row)
            row, taken = [], 0.0
        taken += needs + (_advance(" ") if row else 0.0)
        row.append(one)
    if row:
        yield " ".join(row)


def _cut(line: str, room: float) -> str:
    if width(line) <= room:
        return line
    fits = sum(taken <= room - _advance(CUT) for taken in accumulate(map(_advance, line)))
    return line[:fits].rstrip() + CUT


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.32
    # Signs of the east are as wide as they are high.
    if char in _WIDE or ord(char) > 0x2E7F:
        return 0.92
    return 0.68 if char.isupper() else 0.57
