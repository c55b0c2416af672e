"""The whole drawing: each element by its kind, in the order of the scene, in a frame that fits."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.html import escape

from lib.svg.scene import forms, lines, looks
from lib.svg.scene.gaps import Gaps
from lib.svg.scene.values import (
    MAX_DRAWN,
    Box,
    Point,
    Raw,
    angle,
    around,
    box,
    elements,
    points,
    word,
)
from lib.svg.scene.values import lines as rows_of
from lib.svg.scene.words import Words
from lib.svg.shapes import kind_of, n

MARGIN: Final = 12.0
# Boards are drawn with larger letters than pages have.
SCALE: Final = 0.8
# How large it may stand on a page; the drawing itself may be larger, and is shown smaller.
MAX_WIDTH: Final = 2400.0
MAX_HEIGHT: Final = 3200.0
# How far a board goes, each way. What claims to lie beyond would leave the rest too small to be seen.
BOARD: Final = 30_000.0
# All points of all lines together. A board that is full has some thousand.
MAX_ALL_POINTS: Final = 40_000
_FORMS: Final = frozenset(("rectangle", "ellipse", "diamond"))
_FRAMES: Final = frozenset(("frame", "magicframe"))
_WIRES: Final = frozenset(("arrow", "line"))
_HEADING: Final = 14.0
# Of what holds words, the share of its width that they may take.
_ROOM: Final = {"ellipse": 0.8, "diamond": 0.62}


@dataclass(frozen=True, slots=True)
class _Drawn:
    svg: str
    box: Box


def draw(scene: str | Raw, *, title: str, words: str = "") -> str:
    """The SVG of a scene, or "" where it shows nothing. `title` says what it is, `words` tell what is on it."""
    parts = list(_Page(elements(scene)).parts())
    if not parts:
        return ""
    corners = [(part.box.x + i * part.box.w, part.box.y + i * part.box.h) for part in parts for i in (0, 1)]
    frame = around(corners)
    width, height = frame.w + 2 * MARGIN, frame.h + 2 * MARGIN
    scale = min(SCALE, MAX_WIDTH / width, MAX_HEIGHT / height)
    label = " ".join(filter(None, (title, words)))
    described = f"<desc>{escape(words)}</desc>" if words else ""
    return (
        f'<svg class="diagram scene" role="img" aria-label="{escape(label)}" width="{n(width * scale)}" '
        f'height="{n(height * scale)}" viewBox="{n(frame.x - MARGIN)} {n(frame.y - MARGIN)} {n(width)} {n(height)}">'
        f"<title>{escape(title)}</title>{described}{''.join(part.svg for part in parts)}</svg>"
    )


class _Page:
    """The elements by identifier, so that words know what holds them."""

    def __init__(self, rows: list[Raw]) -> None:
        self._rows = rows[:MAX_DRAWN]
        self._by_id: Mapping[str, Raw] = {str(row["id"]): row for row in self._rows}
        self._points_left = MAX_ALL_POINTS

    @cached_property
    def _gaps(self) -> Gaps:
        shapes = (row for row in self._rows if row["type"] in _FORMS and looks.opacity(row))
        return Gaps(box(row).turned(angle(row)) for row in shapes)

    def parts(self) -> Iterator[_Drawn]:
        """Words on arrows come last, so that no line strikes them through."""
        on_wires = [row for row in self._rows if self._is_on_wire(row)]
        laid = {id(row) for row in on_wires}
        for row in (*(row for row in self._rows if id(row) not in laid), *on_wires):
            drawn = self._part(row)
            if drawn is not None:
                yield drawn

    def _is_on_wire(self, raw: Raw) -> bool:
        holder = self._by_id.get(word(raw.get("containerId")))
        return raw["type"] == "text" and holder is not None and holder["type"] in _WIRES

    def _part(self, raw: Raw) -> _Drawn | None:
        opacity = looks.opacity(raw)
        drawn = self._drawn(raw) if opacity else None
        if drawn is None:
            return None
        more = f' opacity="{opacity:.2g}"' if opacity < 1 else ""
        turn, (x, y) = angle(raw), self._pivot(raw)
        if turn:
            more += f' transform="rotate({n(math.degrees(turn))} {n(x)} {n(y)})"'
        extent = _turned(drawn.box, turn, (x, y))
        if not extent.is_within(BOARD):
            return None
        return _Drawn(f"<g{more}>{drawn.svg}</g>" if more else drawn.svg, extent)

    def _drawn(self, raw: Raw) -> _Drawn | None:
        kind = raw["type"]
        if kind in _FORMS:
            return _form(raw)
        if kind in _FRAMES:
            return _frame(raw)
        if kind == "text":
            return self._words(raw)
        return self._line(raw) if kind in _WIRES or kind == "freedraw" else None

    def _pivot(self, raw: Raw) -> Point:
        if raw["type"] in _WIRES or raw["type"] == "freedraw":
            return around(points(raw) or [(0.0, 0.0)]).centre
        return box(raw).centre

    def _words(self, raw: Raw) -> _Drawn | None:
        holder = self._by_id.get(word(raw.get("containerId")))
        on_wire = self._is_on_wire(raw)
        room = None
        if holder is not None and not on_wire:
            room = box(holder).w * _ROOM.get(str(holder["type"]), 1.0) - 12
        found = Words(raw, room)
        if on_wire:
            found.fit(self._gaps)
        return _Drawn(found.draw(on_wire=on_wire), found.box) if found.rows else None

    def _line(self, raw: Raw) -> _Drawn | None:
        way = points(raw)
        self._points_left -= len(way)
        if not way or self._points_left < 0:
            return None
        room = looks.width(raw) / 2
        extent = around(way)
        extent = Box(extent.x - room, extent.y - room, extent.w + 2 * room, extent.h + 2 * room)
        return _Drawn(_pen(raw, way) if raw["type"] == "freedraw" else _wire(raw, way), extent)


def _form(raw: Raw) -> _Drawn | None:
    own = box(raw)
    if not own.w or not own.h:
        return None
    look = f'{looks.line(raw)}{looks.fill(raw)} stroke-width="{n(looks.width(raw))}"{looks.dash(raw)}'
    data = raw.get("customData")
    kind = word(data.get("kind")) if isinstance(data, Mapping) else ""
    svg = forms.outline(raw, own, look)
    return _Drawn(f'<g data-kind="{kind_of(kind)}">{svg}</g>' if kind else svg, own)


def _frame(raw: Raw) -> _Drawn:
    own = box(raw)
    name = (rows_of(raw.get("name")) or ["Frame"])[0]
    svg = (
        f'<rect class="around" x="{n(own.x)}" y="{n(own.y)}" width="{n(own.w)}" height="{n(own.h)}" rx="8"/>'
        f'<text class="heading" x="{n(own.x)}" y="{n(own.y - 7)}" font-size="{n(_HEADING)}">{escape(name)}</text>'
    )
    return _Drawn(svg, Box(own.x, own.y - 24, max(own.w, len(name) * _HEADING * 0.6), own.h + 24))


def _wire(raw: Raw, way: list[Point]) -> str:
    is_area = raw["type"] == "line" and lines.is_closed(way)
    fill = looks.fill(raw) if is_area else ""
    # Heads are drawn whole, whatever the line.
    heads = "" if is_area else lines.heads(raw, way)
    line = f'<path{fill}{looks.dash(raw)} d="{lines.way(raw, way)}"/>'
    return f'<g{looks.line(raw)} stroke-width="{n(looks.width(raw))}">{line}{heads}</g>'


def _pen(raw: Raw, way: list[Point]) -> str:
    """By hand: a little wider than a line, as the editor's pen is."""
    fill = looks.fill(raw) if lines.is_closed(way) else ""
    wide = f'stroke-width="{n(looks.width(raw) * 1.6)}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path{looks.line(raw)}{fill} {wide} d="{lines.pen(way)}"/>'


def _turned(own: Box, turn: float, pivot: Point) -> Box:
    """The upright box around one that is turned about a point near its middle."""
    if not turn:
        return own
    x, y = own.centre
    away = 2 * max(abs(x - pivot[0]), abs(y - pivot[1]))
    return Box(own.x - away / 2, own.y - away / 2, own.w + away, own.h + away).turned(turn)
