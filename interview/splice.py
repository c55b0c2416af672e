"""The difference between two texts as one replacement. Pure.

A revision stores what changed, not the whole text: typing produces small splices, so hundreds of revisions
of a long answer cost about as much as the answer itself.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
    """Replace the `removed` characters at `start` by `inserted`."""

    start: int
    removed: str
    inserted: str


def between(before: str, after: str) -> Splice:
    start = _common(before, after, min(len(before), len(after)))
    rest = min(len(before), len(after)) - start
    tail = _common(before[::-1], after[::-1], rest)
    return Splice(start, before[start : len(before) - tail], after[start : len(after) - tail])


def apply(text: str, splice: Splice) -> str:
    end = splice.start + len(splice.removed)
    if text[splice.start : end] != splice.removed:
        raise ValueError("the splice does not belong to this text")
    return text[: splice.start] + splice.inserted + text[end:]


def undo(text: str, splice: Splice) -> str:
    return apply(text, Splice(splice.start, splice.inserted, splice.removed))


def _common(a: str, b: str, limit: int) -> int:
    """Length of the common prefix, at most `limit`; halving keeps the work in C."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
