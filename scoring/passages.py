"""The answer as the result shows it: cut into pieces where something begins or ends, and into prose, code, drawings,
the sheet, the board, and what the interviewer asked.

Joined again, the pieces are the answer, byte for byte.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from scoring import diagrams
from scoring.diagrams import Fence, Reading
from scoring.handed import BOARD, REPLY, SHEET, TEXT_ALONE, Laid, Part, SheetLine
from scoring.remarks import Flag

Ref = tuple[str, str]
Kind = Literal["prose", "code", "drawing", "asked", "sheet", "board"]


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
class Row:
    """A line of the sheet with the criteria that quote it, and the ids of the places in it that are linked to."""

    line: SheetLine
    refs: tuple[Ref, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces that are shown in one way. A drawing has its reading; its source is folded where it says no more.

    key: the follow-up that it quotes, or that it was written for.  rows: the sheet, line by line.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    reading: Reading | None = None
    number: int = 0
    key: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def is_blank(self) -> bool:
        return self.reading is None and not any(piece.text.strip() for piece in self.pieces)

    @property
    def is_prompted(self) -> bool:
        return bool(self.key) and self.kind != "asked"

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(dict.fromkeys(flag for piece in self.pieces for flag in piece.flags))


@dataclass(frozen=True, slots=True)
class _Region:
    """A stretch of the text that is shown in one way."""

    start: int
    end: int
    kind: Kind = "prose"
    reading: Reading | None = None
    key: str = ""


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
    text: str,
    section: str,
    views: Iterable[Any],
    flags: Sequence[Flag] = (),
    places: Iterable[int] = (),
    laid: Laid = TEXT_ALONE,
) -> tuple[Passage, ...]:
    """The answer of one step in the order it was typed and drawn, its diagrams drawn where they stand."""
    regions = list(_regions(text, laid))
    edges = [edge for region in regions for edge in (region.start, region.end)]
    pieces = highlighted(text, section, views, flags, places, edges)
    own: list[list[Piece]] = [[] for _ in regions]
    position = index = 0
    for piece in pieces:
        while position >= regions[index].end:
            index += 1
        own[index].append(piece)
        position += len(piece.text)
    found = [_passage(region, own[number], number, laid) for number, region in enumerate(regions)]
    if laid.board and not any(passage.kind == "board" for passage in found):
        # There is something to see on it that could not be read as a part.
        reading = diagrams.board(laid.board)
        found += [Passage("board", (), reading, len(found))] if reading else []
    return tuple(found)


def _regions(text: str, laid: Laid) -> Iterator[_Region]:
    """The whole text without gaps; what stands between two parts is prose, and blank."""
    marked = sorted([*_written(text, laid), *_joined(laid)], key=lambda region: region.start)
    position = 0
    for region in marked:
        if position < region.start:
            yield _Region(position, region.start)
        yield region
        position = region.end
    if position < len(text):
        yield _Region(position, len(text))


def _joined(laid: Laid) -> Iterator[_Region]:
    yield from (_Region(part.start, part.end, "sheet") for part in laid.of(SHEET))
    for part in laid.of(BOARD):
        yield _Region(part.start, part.end, "board", diagrams.board(laid.board) if laid.board else None)


def _written(text: str, laid: Laid) -> Iterator[_Region]:
    """What in the written text is more than prose: fenced blocks, quoted follow-ups, and the replies below them."""
    for start, end in _stretches(len(text), laid):
        own = text[start:end]
        replies = [
            replace(part, start=part.start - start, end=part.end - start)
            for part in laid.of(REPLY)
            if start <= part.start and part.end <= end
        ]
        for region in _typed(own, replies):
            yield replace(region, start=region.start + start, end=region.end + start)


def _stretches(length: int, laid: Laid) -> Iterator[tuple[int, int]]:
    """What is around the sheet and the board, wherever they stand: nothing typed there reaches into them."""
    position = 0
    for part in sorted((*laid.of(SHEET), *laid.of(BOARD)), key=lambda part: part.start):
        if position < part.start:
            yield position, part.start
        position = part.end
    if position < length:
        yield position, length


def _typed(text: str, replies: Sequence[Part]) -> Iterator[_Region]:
    fences = diagrams.fences(text)
    for fence in fences:
        key = next((part.key for part in replies if part.start <= fence.start and fence.end <= part.end), "")
        yield _of_fence(fence, key)
    for part in replies:
        yield from _replied(text, part, fences)


def _of_fence(fence: Fence, key: str) -> _Region:
    is_drawn = fence.reading is not None and fence.is_source
    return _Region(fence.start, fence.end, "drawing" if is_drawn else "code", fence.reading, key)


def _replied(text: str, reply: Part, fences: Sequence[Fence]) -> Iterator[_Region]:
    """The quote above a reply, and what is written below it outside of fences."""
    # The empty lines between belong to the quote, so that the reply begins where its words do.
    position = reply.end - len(text[reply.start : reply.end].lstrip("\r\n"))
    quote = _quote_above(text, reply.start)
    if quote < reply.start:
        yield _Region(quote, position, "asked", key=reply.key)
    for fence in fences:
        if position <= fence.start and fence.end <= reply.end:
            if position < fence.start:
                yield _Region(position, fence.start, key=reply.key)
            position = fence.end
    if position < reply.end:
        yield _Region(position, reply.end, key=reply.key)


def _quote_above(text: str, end: int) -> int:
    """Where the quoted lines begin that a reply at `end` is written below; `end` where there are none. From below, line
    by line: a pattern would try again from each quoted line of a long text."""
    start = end
    while start and text[line := text.rfind("\n", 0, start - 1) + 1] == ">":
        start = line
    return start


def _passage(region: _Region, pieces: Sequence[Piece], number: int, laid: Laid) -> Passage:
    if region.kind == "sheet" and laid.sheet:
        rows = tuple(_rows(pieces, laid.sheet))
        # What links there leads to the table, which is in front.
        pieces = [replace(piece, anchor="") for piece in pieces]
        return Passage("sheet", tuple(pieces), number=number, rows=rows)
    kind = "prose" if region.kind == "sheet" else region.kind
    return Passage(kind, tuple(pieces), region.reading, number, region.key)


def _rows(pieces: Sequence[Piece], lines: Sequence[SheetLine]) -> Iterator[Row]:
    """The sheet is handed in line by line, in its order."""
    refs: list[dict[Ref, None]] = [{} for _ in lines]
    anchors: list[list[str]] = [[] for _ in lines]
    at = 0
    for piece in pieces:
        last = len(lines) - 1
        if piece.anchor:
            anchors[min(at, last)].append(piece.anchor)
        parts = piece.text.split("\n")
        for offset, part in enumerate(parts):
            if part.strip():
                refs[min(at + offset, last)].update(dict.fromkeys(piece.refs))
        at += len(parts) - 1
    for line, of_line, places in zip(lines, refs, anchors, strict=True):
        yield Row(line, tuple(of_line), tuple(places))


def _unique(pairs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(pairs))
