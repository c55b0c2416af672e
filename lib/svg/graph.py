"""Draws a directed graph as inline SVG: boxes by kind, wires with arrow heads, a description in words.

The input is plain data, so that anything with nodes and edges can be drawn. Odd input is drawn as far as it makes
sense: links to nowhere are left out, circles are fine, and a crowd is cut with a word about the rest.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.utils.html import escape

from lib.svg.layout import Extent, Pair, Placed, Point, place
from lib.svg.shapes import kind_of, n, shape

Direction = Literal["LR", "TD"]
Area = tuple[float, float, float, float]

MAX_NODES = 80
MAX_EDGES = 200
CHAR = 7.4  # The average advance of the interface font at 13 px, rounded up.
LINE = 16.0
MARGIN = 10.0
HEAD = 8.0


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    label: str = ""
    kind: str = "service"


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    label: str = ""
    dashed: bool = False


@dataclass(slots=True)
class _Box:
    lines: list[str]
    kind: str
    w: float
    h: float
    x: float = 0.0
    y: float = 0.0

    @property
    def name(self) -> str:
        return " ".join(self.lines)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h


@dataclass(slots=True)
class _Wire:
    """Every edge between two boxes, both ways: one line, a head at each end that is pointed at."""

    pair: Pair
    forward: bool = False
    backward: bool = False
    dashed: bool = True
    labels: list[str] | None = None

    @property
    def label(self) -> str:
        return textwrap.shorten(" · ".join(self.labels or ()), 34, placeholder="…")


def draw(nodes: Iterable[Node], edges: Iterable[Edge], *, direction: Direction = "LR", title: str = "Diagram") -> str:
    """The whole drawing, or "" where there is nothing to draw."""
    all_nodes = {node.id: node for node in nodes}
    kept = list(all_nodes.values())[:MAX_NODES]
    if not kept:
        return ""
    index = {node.id: position for position, node in enumerate(kept)}
    links = [edge for edge in edges if edge.source in index and edge.target in index][:MAX_EDGES]
    boxes = [_box(node) for node in kept]
    wires = _wires(links, index)
    placed = _place(boxes, wires, direction)
    width, height = _stand(boxes, placed, direction)
    words = describe([box.name for box in boxes], [(index[e.source], index[e.target]) for e in links])
    if len(all_nodes) > len(kept):
        words += f" And {len(all_nodes) - len(kept)} parts more, not drawn."
    return _svg(boxes, wires, placed, direction, width, height, _clean(title), words)


def describe(names: list[str], pairs: list[Pair]) -> str:
    """The graph in words: "Client → API → Store. Alone: Cache." """
    waiting: dict[int, list[int]] = {}
    for start, end in dict.fromkeys(pairs):
        waiting.setdefault(start, []).append(end)
    targets = {end for start, end in pairs if start != end}
    chains: list[str] = []
    for root in sorted(waiting, key=lambda node: node in targets):
        while waiting.get(root):
            chain, node = [names[root]], root
            while waiting.get(node):
                node = waiting[node].pop(0)
                chain.append(names[node])
            chains.append(" → ".join(chain))
    linked = {node for pair in pairs for node in pair}
    alone = [name for node, name in enumerate(names) if node not in linked]
    sentences = [". ".join(chains) + "."] if chains else []
    if alone:
        sentences.append(f"{'Alone' if chains else 'Parts'}: {', '.join(alone)}.")
    return " ".join(sentences)


def _clean(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _box(node: Node) -> _Box:
    label = _clean(node.label) or _clean(node.id) or "?"
    lines = textwrap.wrap(label, 20) or [label]
    if len(lines) > 3:
        lines = [*lines[:2], textwrap.shorten(" ".join(lines[2:]), 20, placeholder="…")]
    kind = kind_of(node.kind)
    room = 44.0 if kind in ("queue", "gateway", "worker", "client") else 28.0
    return _Box(
        lines=lines,
        kind=kind,
        w=max(72.0, max(len(line) for line in lines) * CHAR + room),
        h=len(lines) * LINE + (28.0 if kind == "database" else 20.0),
    )


def _wires(edges: Iterable[Edge], index: dict[str, int]) -> list[_Wire]:
    wires: dict[Pair, _Wire] = {}
    for edge in edges:
        start, end = index[edge.source], index[edge.target]
        wire = wires.setdefault((min(start, end), max(start, end)), _Wire((start, end), labels=[]))
        if wire.pair == (start, end):
            wire.forward = True
        else:
            wire.backward = True
        wire.dashed = wire.dashed and edge.dashed
        label = _clean(edge.label)
        if label and wire.labels is not None and label not in wire.labels:
            wire.labels.append(label)
    return list(wires.values())


def _place(boxes: list[_Box], wires: list[_Wire], direction: Direction) -> Placed:
    sideways = direction == "LR"
    extents = [Extent(box.w, box.h) if sideways else Extent(box.h, box.w) for box in boxes]
    between = [wire for wire in wires if wire.pair[0] != wire.pair[1]]
    room = {wire.pair: len(wire.label) * CHAR + 30 if sideways else 26.0 for wire in between if wire.label}
    gaps = {wire.pair: max(48.0, room.get(wire.pair, 0.0)) for wire in between}
    return place(extents, [wire.pair for wire in between], gaps)


def _stand(boxes: list[_Box], placed: Placed, direction: Direction) -> tuple[float, float]:
    """Puts the boxes where the layout says, and tells how large the drawing is."""
    for number, box in enumerate(boxes):
        x, y = _xy(placed.centres[number], direction)
        box.x, box.y = x - box.w / 2, y - box.h / 2
    width, height = _xy((placed.along, placed.across), direction)
    return width + MARGIN, height + MARGIN


def _xy(point: Point, direction: Direction) -> Point:
    along, across = point
    x, y = (along, across) if direction == "LR" else (across, along)
    return x + MARGIN, y + MARGIN


def _svg(
    boxes: list[_Box],
    wires: list[_Wire],
    placed: Placed,
    direction: Direction,
    width: float,
    height: float,
    title: str,
    words: str,
) -> str:
    lines, labels = [], []
    taken: list[Area] = [(box.x, box.y, box.w, box.h) for box in boxes]
    for wire in wires:
        if wire.pair[0] == wire.pair[1]:
            lines.append(_loop(boxes[wire.pair[0]], dashed=wire.dashed))
            continue
        points = _points(wire.pair, boxes, placed, direction)
        lines.append(_line(points, wire, direction))
        labels.append(_label(wire.label, points, direction, taken))
    parts = [_part(box) for box in boxes]
    return (
        f'<svg class="diagram" role="img" aria-label="{escape(title)}: {escape(words)}" '
        f'width="{n(width)}" height="{n(height)}" viewBox="0 0 {n(width)} {n(height)}">'
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>"
        f"{''.join(lines)}{''.join(parts)}{''.join(labels)}</svg>"
    )


def _part(box: _Box) -> str:
    middle = box.x + box.w / 2 - (7 if box.kind == "queue" else 0)
    first = box.y + box.h / 2 - (len(box.lines) - 1) * LINE / 2 + 4.5 + (4 if box.kind == "database" else 0)
    text = "".join(
        f'<text x="{n(middle)}" y="{n(first + row * LINE)}" text-anchor="middle">{escape(line)}</text>'
        for row, line in enumerate(box.lines)
    )
    return f'<g data-kind="{box.kind}">{shape(box.kind, box.x, box.y, box.w, box.h)}{text}</g>'


def _points(pair: Pair, boxes: list[_Box], placed: Placed, direction: Direction) -> list[Point]:
    """From border to border along the flow; a wire that runs against the flow gets its points the same way round."""
    start, end = pair
    bends = placed.bends.get((start, end))
    if bends is None:
        bends = list(reversed(placed.bends.get((end, start), [])))
    first, last = boxes[start], boxes[end]
    onward = placed.centres[start][0] <= placed.centres[end][0]
    middle = [_xy(point, direction) for point in bends]
    if direction == "LR":
        from_x, to_x = (first.x + first.w, last.x) if onward else (first.x, last.x + last.w)
        return [(from_x, first.y + first.h / 2), *middle, (to_x, last.y + last.h / 2)]
    from_y, to_y = (first.y + first.h, last.y) if onward else (first.y, last.y + last.h)
    return [(first.x + first.w / 2, from_y), *middle, (last.x + last.w / 2, to_y)]


def _controls(a: Point, b: Point, direction: Direction) -> tuple[Point, Point]:
    if direction == "LR":
        half = (a[0] + b[0]) / 2
        return (half, a[1]), (half, b[1])
    half = (a[1] + b[1]) / 2
    return (a[0], half), (b[0], half)


def _line(points: list[Point], wire: _Wire, direction: Direction) -> str:
    d = f"M{n(points[0][0])} {n(points[0][1])}"
    for a, b in pairwise(points):
        c1, c2 = _controls(a, b, direction)
        d += f"C{n(c1[0])} {n(c1[1])} {n(c2[0])} {n(c2[1])} {n(b[0])} {n(b[1])}"
    dash = ' stroke-dasharray="5 4"' if wire.dashed else ""
    heads = (_head(points[-1], points[-2], direction) if wire.forward else "") + (
        _head(points[0], points[1], direction) if wire.backward else ""
    )
    return f'<path class="wire" d="{d}"{dash}/>{heads}'


def _head(tip: Point, before: Point, direction: Direction) -> str:
    """A triangle of its own, not a marker: markers need ids, and ids collide when a page holds two drawings."""
    x, y = tip
    if direction == "LR":
        back = x - HEAD if before[0] <= x else x + HEAD
        return f'<path class="head" d="M{n(x)} {n(y)}L{n(back)} {n(y - HEAD / 2)}V{n(y + HEAD / 2)}Z"/>'
    back = y - HEAD if before[1] <= y else y + HEAD
    return f'<path class="head" d="M{n(x)} {n(y)}L{n(x - HEAD / 2)} {n(back)}H{n(x + HEAD / 2)}Z"/>'


def _loop(box: _Box, *, dashed: bool) -> str:
    x, y = box.x + box.w - 30, box.y
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return (
        f'<path class="wire" d="M{n(x)} {n(y)}C{n(x)} {n(y - 14)} {n(x + 18)} {n(y - 14)} {n(x + 18)} {n(y)}"{dash}/>'
        f'<path class="head" d="M{n(x + 18)} {n(y)}l-4 -7h8Z"/>'
    )


def _label(label: str, points: list[Point], direction: Direction, taken: list[Area]) -> str:
    """The label on its wire, at the first of a few places that is still free."""
    if not label:
        return ""
    w, h = len(label) * 6.6, 15.0
    spots = [_on(points, share, direction) for share in (0.5, 0.38, 0.62, 0.28, 0.72)]
    x, y = next((spot for spot in spots if not _covered(spot, w, h, taken)), spots[0])
    taken.append((x - w / 2, y - h / 2, w, h))
    return f'<text class="on" x="{n(x)}" y="{n(y + 4)}" text-anchor="middle">{escape(label)}</text>'


def _covered(spot: Point, w: float, h: float, taken: list[Area]) -> bool:
    x, y = spot[0] - w / 2, spot[1] - h / 2
    return any(x < tx + tw and tx < x + w and y < ty + th and ty < y + h for tx, ty, tw, th in taken)


def _on(points: list[Point], share: float, direction: Direction) -> Point:
    """A point on the wire, `share` of the way along its middle piece."""
    piece = (len(points) - 2) // 2
    a, b = points[piece], points[piece + 1]
    c1, c2 = _controls(a, b, direction)
    s, t = 1 - share, share
    return (
        s**3 * a[0] + 3 * s * s * t * c1[0] + 3 * s * t * t * c2[0] + t**3 * b[0],
        s**3 * a[1] + 3 * s * s * t * c1[1] + 3 * s * t * t * c2[1] + t**3 * b[1],
    )
