"""The answer as the result shows it: cut into pieces where something begins or ends, and into prose, code and drawings.

Joined again, the pieces are the answer, byte for byte.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from scoring import diagrams
from scoring.diagrams import Fence, Reading
from scoring.remarks import Flag

Ref = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the answer; `refs` are the criteria (number, key) whose evidence covers it, `flags` what is wrong.

    `ends` and `flag_ends` are those that end with it, `anchor` is the id of its place, where something links to it.
    """

    text: str
    refs: tuple[Ref, ...] = ()
    ends: tuple[Ref, ...] = ()
    anchor: str = ""
    flags: tuple[Flag, ...] = ()
    flag_ends: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces that are shown in one way. A drawing has its reading; its source is folded where it says no more."""

    kind: Literal["prose", "code", "drawing"]
    pieces: tuple[Piece, ...]
    reading: Reading | None = None
    number: int = 0

    @property
    def is_blank(self) -> bool:
        return not any(piece.text.strip() for piece in self.pieces)

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(dict.fromkeys(flag for piece in self.pieces for flag in piece.flags))


def highlighted(
    text: str,
    section: str,
    views: Iterable[Any],
    flags: Sequence[Flag] = (),
    places: Iterable[int] = (),
    edges: Iterable[int] = (),
) -> tuple[Piece, ...]:
    """`text` cut where evidence or a flag begins or ends, at every place that is linked to, and at further edges."""
    spans = sorted(
        (e["start"], e["end"], view.number, view.mark.key)
        for view in views
        for e in view.mark.evidence
        if e["section"] == section and 0 <= e["start"] < e["end"] <= len(text)
    )
    own = [f for f in flags if f.place.section == section and 0 <= f.place.start < f.place.end <= len(text)]
    linked = {p for p in places if 0 <= p < len(text)} | {s[0] for s in spans} | {f.place.start for f in own}
    ends = {s[1] for s in spans} | {f.place.end for f in own}
    cuts = sorted({0, len(text)} | linked | ends | {edge for edge in edges if 0 < edge < len(text)})
    return tuple(
        Piece(
            text=text[start:end],
            refs=_unique((n, key) for s, e, n, key in spans if s <= start and end <= e),
            ends=_unique((n, key) for s, e, n, key in spans if e == end),
            anchor=f"w-{section}-{start}" if start in linked else "",
            flags=tuple(f for f in own if f.place.start <= start and end <= f.place.end),
            flag_ends=tuple(f for f in own if f.place.end == end),
        )
        for start, end in pairwise(cuts)
    )


def passages(
    text: str, section: str, views: Iterable[Any], flags: Sequence[Flag] = (), places: Iterable[int] = ()
) -> tuple[Passage, ...]:
    """The answer of one step in the order it was typed, its diagrams drawn where they stand."""
    fences = diagrams.fences(text)
    edges = [edge for fence in fences for edge in (fence.start, fence.end)]
    pieces = highlighted(text, section, views, flags, places, edges)
    bounds = sorted({0, len(text), *edges})
    starting = {fence.start: fence for fence in fences}
    by_bound: dict[int, list[Piece]] = {bound: [] for bound in bounds}
    position = 0
    for piece in pieces:
        by_bound[max(bound for bound in bounds if bound <= position)].append(piece)
        position += len(piece.text)
    return tuple(
        _passage(own, starting.get(bound), number) for number, (bound, own) in enumerate(by_bound.items()) if own
    )


def _passage(pieces: Sequence[Piece], fence: Fence | None, number: int) -> Passage:
    if fence is None:
        return Passage("prose", tuple(pieces), number=number)
    drawn = fence.reading is not None and fence.is_source
    return Passage("drawing" if drawn else "code", tuple(pieces), fence.reading, number)


def _unique(pairs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(pairs))
