"""A graph as an Excalidraw file: boxes with their names, arrows that are attached, frames around groups.

It serves to bring a flowchart onto the board and to take a drawing elsewhere. Reading it gives the same graph: kinds go
along in `customData`, identifiers are those of the graph.
"""

import math
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from catalog.spec import ComponentKind
from lib.svg.layout import Extent, place
from scoring.engine.graph.elements import Box, Point, around
from scoring.engine.graph.names import tidy
from scoring.engine.graph.types import MAX_EDGES, Edge, Graph, Node

FONT: Final = 16
CHAR: Final = 9.2
LINE: Final = 20.0
WIDTH: Final = 20
PAD: Final = 32.0
HEADING: Final = 44.0
GAP: Final = 5.0
ROOM: Final = 70.0

Element = dict[str, Any]

_FORMS: Final[Mapping[ComponentKind | None, str]] = {"client": "ellipse"}
# Muted, and legible on light and dark boards alike; the same hue for what does the same.
_FILLS: Final[Mapping[ComponentKind | None, str]] = {
    "cache": "#ffec99",
    "cdn": "#ffec99",
    "database": "#a5d8ff",
    "object_store": "#a5d8ff",
    "search_index": "#a5d8ff",
    "queue": "#d0bfff",
    "worker": "#b2f2bb",
    "gateway": "#ffd8a8",
    "load_balancer": "#ffd8a8",
    "coordinator": "#ffd8a8",
    "external": "#e9ecef",
}


def write(graph: Graph) -> dict[str, Any]:
    """The file: what a board opens, with everything on it laid out from left to right."""
    page = _Page(graph)
    return {
        "type": "excalidraw",
        "version": 2,
        "source": "fortyfive",
        "elements": page.elements(),
        "appState": {"viewBackgroundColor": "#ffffff"},
        "files": {},
    }


@dataclass(slots=True)
class _Page:
    graph: Graph
    boxes: dict[str, Box] = field(default_factory=dict)
    bends: dict[tuple[str, str], list[Point]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    made: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taken |= self.graph.nodes.keys() | self.graph.groups.keys()

    def elements(self) -> list[Element]:
        _Layout(self.graph, self.boxes, self.bends).arrange()
        for key in _outermost_first(self.graph):
            self._frame(key, self.graph.groups[key])
        for key, node in self.graph.nodes.items():
            self._box(key, node)
        for edge, both in _arrows(self.graph):
            self._arrow(edge, both=both)
        self._bind()
        return self.made

    def _frame(self, key: str, group: Node) -> None:
        look = {"strokeStyle": "dashed", "backgroundColor": "transparent", "roundness": {"type": 3}}
        self.made.append(self._base(key, "rectangle", self.boxes[key]) | look)
        self._label(key, group.label, self.boxes[key], top=True)

    def _box(self, key: str, node: Node) -> None:
        form = _FORMS.get(node.kind, "rectangle")
        look = {
            "backgroundColor": _FILLS.get(node.kind, "transparent"),
            "roundness": {"type": 3} if form == "rectangle" else None,
            "customData": {"kind": node.kind},
        }
        self.made.append(self._base(key, form, self.boxes[key]) | look)
        self._label(key, node.label, self.boxes[key])

    def _label(self, key: str, label: str, box: Box, *, top: bool = False) -> None:
        words = tidy(label)
        if not words:
            return
        lines = _wrapped(words) if not top else [words]
        width, height = max(len(line) for line in lines) * CHAR, len(lines) * LINE
        x, y = box.centre[0] - width / 2, box.y + 8 if top else box.centre[1] - height / 2
        text = {
            "fontSize": FONT,
            "fontFamily": 5,
            "text": "\n".join(lines),
            "originalText": words,
            "textAlign": "center",
            "verticalAlign": "top" if top else "middle",
            "containerId": key,
            "autoResize": True,
            "lineHeight": 1.25,
        }
        self.made.append(self._base(self._name(f"{key}-label"), "text", Box(x, y, width, height)) | text)

    def _arrow(self, edge: Edge, *, both: bool) -> None:
        points = self._points(edge)
        key = self._name(f"{edge.source}-{edge.target}")
        box = around(iter(points))
        start = points[0]
        arrow = {
            "x": round(start[0], 1),
            "y": round(start[1], 1),
            "points": [[round(x - start[0], 1), round(y - start[1], 1)] for x, y in points],
            "lastCommittedPoint": None,
            "startBinding": {"elementId": edge.source, "focus": 0, "gap": GAP},
            "endBinding": {"elementId": edge.target, "focus": 0, "gap": GAP},
            "startArrowhead": "arrow" if both else None,
            "endArrowhead": None if edge.loose else "arrow",
            "strokeStyle": "dashed" if edge.later else "solid",
            "elbowed": False,
            "roundness": {"type": 2},
        }
        self.made.append(self._base(key, "arrow", box) | arrow)
        self._label(key, edge.label, Box(*points[len(points) // 2], 0, 0) if len(points) > 2 else box)

    def _points(self, edge: Edge) -> list[Point]:
        first, last = self.boxes[edge.source], self.boxes[edge.target]
        if edge.source == edge.target:
            x, y = first.x + first.w, first.y
            return [(x - 30, y - GAP), (x - 20, y - 40), (x + 30, y - 10), (x + GAP, y + 20)]
        bends = self._bends(edge)
        onward = [*bends, last.centre]
        back = [*bends[::-1], first.centre]
        return [_border(first, onward[0]), *bends, _border(last, back[0])]

    def _bends(self, edge: Edge) -> list[Point]:
        """Where it passes between what stands in its way: between parts of groups, as it does between the groups."""
        first, last = ([end, *_above(self.graph, end)] for end in (edge.source, edge.target))
        apart = next((a, b) for a, b in product(first, last) if _home(self.graph, a) == _home(self.graph, b))
        return self.bends.get(apart) or self.bends.get(apart[::-1], [])[::-1]

    def _base(self, key: str, form: str, box: Box) -> Element:
        number = len(self.made) + 1
        return {
            "id": key,
            "type": form,
            "x": round(box.x, 1),
            "y": round(box.y, 1),
            "width": round(box.w, 1),
            "height": round(box.h, 1),
            "angle": 0,
            "strokeColor": "#1e1e1e",
            "backgroundColor": "transparent",
            "fillStyle": "solid",
            "strokeWidth": 1,
            "strokeStyle": "solid",
            "roughness": 0,
            "opacity": 100,
            "groupIds": [],
            "frameId": None,
            "index": None,
            "roundness": None,
            # Always the same for the same graph: what looks random is a number.
            "seed": number,
            "version": 1,
            "versionNonce": number,
            "isDeleted": False,
            "boundElements": [],
            "updated": 1,
            "link": None,
            "locked": False,
        }

    def _name(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted}-{number}"
        self.taken.add(name)
        return name

    def _bind(self) -> None:
        """Tells every part what is bound to it; arrows and texts know already."""
        by_id = {element["id"]: element for element in self.made}
        for element in self.made:
            holders = {element.get("containerId")} if element["type"] == "text" else set()
            if element["type"] == "arrow":
                holders = {element["startBinding"]["elementId"], element["endBinding"]["elementId"]}
            for holder in holders:
                by_id[holder]["boundElements"].append({"type": element["type"], "id": element["id"]})


@dataclass(slots=True)
class _Layout:
    """Each group is laid out by itself and stands as one box in the group around it."""

    graph: Graph
    boxes: dict[str, Box]
    bends: dict[tuple[str, str], list[Point]]

    def arrange(self) -> None:
        inside = self._inside()
        sizes: dict[str, tuple[float, float]] = {key: _size(node) for key, node in self.graph.nodes.items()}
        for key in reversed(_outermost_first(self.graph)):
            sizes[key] = self._lay(key, inside[key], sizes)
        self._lay("", inside[""], sizes)
        for key in _outermost_first(self.graph):
            self._move(key, inside[key])

    def _inside(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"": [], **{key: [] for key in self.graph.groups}}
        for rows in (self.graph.nodes, self.graph.groups):
            for key, part in rows.items():
                found[next(self.graph.around(part), "")].append(key)
        return found

    def _lay(self, around: str, keys: list[str], sizes: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
        """Places what stands in a group, as seen from its corner; returns how large that makes it."""
        index = {key: number for number, key in enumerate(keys)}
        pairs = dict(self._pairs(index))
        placed = place([Extent(*sizes[key]) for key in keys], pairs, pairs)
        for key, number in index.items():
            (x, y), (w, h) = placed.centres[number], sizes[key]
            self.boxes[key] = Box(PAD + x - w / 2, HEADING + y - h / 2, w, h)
        for (a, b), points in placed.bends.items():
            self.bends[keys[a], keys[b]] = [(PAD + x, HEADING + y) for x, y in points]
        heading = len(tidy(self.graph.groups[around].label)) * CHAR + PAD if around else 0.0
        return max(placed.along + 2 * PAD, heading), placed.across + HEADING + PAD

    def _pairs(self, index: Mapping[str, int]) -> Iterator[tuple[tuple[int, int], float]]:
        """Edges between what stands side by side here, whichever part within it they end at; and their room."""
        room: Counter[tuple[int, int]] = Counter()
        for edge in self.graph.edges:
            a, b = (self._standing(end, index) for end in (edge.source, edge.target))
            if a is not None and b is not None and a != b:
                room[a, b] = max(room[a, b], len(tidy(edge.label)))
        yield from ((pair, ROOM + CHAR * longest) for pair, longest in room.items())

    def _standing(self, key: str, index: Mapping[str, int]) -> int | None:
        return next((index[one] for one in (key, *_above(self.graph, key)) if one in index), None)

    def _move(self, group: str, keys: list[str]) -> None:
        """What stands in a group goes where the group went."""
        x, y = self.boxes[group].x, self.boxes[group].y
        for key in keys:
            box = self.boxes[key]
            self.boxes[key] = Box(box.x + x, box.y + y, box.w, box.h)
        own = set(keys)
        for pair in self.bends:
            if own.issuperset(pair):
                self.bends[pair] = [(px + x, py + y) for px, py in self.bends[pair]]


def _above(graph: Graph, key: str) -> list[str]:
    part = graph.place(key)
    return list(graph.around(part)) if part else []


def _home(graph: Graph, key: str) -> str:
    return next(iter(_above(graph, key)), "")


def _outermost_first(graph: Graph) -> list[str]:
    return sorted(graph.groups, key=lambda key: len(list(graph.around(graph.groups[key]))))


def _arrows(graph: Graph) -> Iterator[tuple[Edge, bool]]:
    """Each arrow once, and whether it has two heads: an edge and the way back after it are one arrow."""
    known = [edge for edge in graph.edges if graph.place(edge.source) and graph.place(edge.target)]
    before: Edge | None = None
    for edge in known[:MAX_EDGES]:
        if before and not before.loose and edge == before.turned():
            yield before, True
            before = None
            continue
        if before:
            yield before, False
        before = edge
    if before:
        yield before, False


def _size(node: Node) -> tuple[float, float]:
    lines = _wrapped(tidy(node.label))
    width = max((len(line) for line in lines), default=0) * CHAR + 36
    height = max(1, len(lines)) * LINE + 36
    # The text of an ellipse has less room than that of a box around it.
    factor = math.sqrt(2) if _FORMS.get(node.kind) == "ellipse" else 1.0
    return max(120.0, width * factor), max(60.0, height * factor)


def _wrapped(label: str) -> list[str]:
    return textwrap.wrap(label, WIDTH) if label else []


def _border(box: Box, towards: Point) -> Point:
    """Where a line from the middle of a box leaves it, with the gap that arrows keep."""
    x, y = box.centre
    dx, dy = towards[0] - x, towards[1] - y
    if not dx and not dy:
        return x, y
    share = min((box.w / 2 + GAP) / abs(dx) if dx else math.inf, (box.h / 2 + GAP) / abs(dy) if dy else math.inf)
    return x + dx * share, y + dy * share
