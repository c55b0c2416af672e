"""Which parts the arrows of a board join. An end that is bound is believed; one that merely ends at a part is taken for
bound, and whoever drew it is told; one that ends in the air joins nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scoring.engine.graph.elements import MAX_REACH, Box, Elements, Point, Wire
from scoring.engine.graph.parts import Parts
from scoring.engine.graph.types import Edge, Problem

# A part that is farther off than this is not what an arrow was meant for.
MEANT: Final = 150.0

MERELY_NEAR: Final = "{arrow} ends at {parts} without being attached."
ATTACH: Final = "It is read as if it were attached. Drag its end onto the box, and it will follow when you move it."
IN_THE_AIR: Final = "{arrow} {ends} in the air{near}."
DRAG: Final = "Drag that end onto the box it belongs to."
NOWHERE: Final = "An arrow{said} is not attached to anything."
DRAG_BOTH: Final = "Drag its ends onto the boxes that it joins, or delete it."
ROUND: Final = "An arrow begins and ends at {part}."


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of an arrow: its edges, or what is to be said of it."""

    edges: tuple[Edge, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _End:
    part: str = ""
    is_bound: bool = False


class Wiring:
    """The parts of a board as arrows see them: boxes to end in, and groups to end at the border of."""

    def __init__(self, parts: Parts, nodes: Mapping[str, str], groups: Mapping[str, str]) -> None:
        self._parts = parts
        self._labels = {**groups, **nodes}
        by_size = sorted(nodes, key=lambda key: parts.shapes[key].box.area)
        self._boxes = [(key, box := parts.shapes[key].box, box.upright()) for key in by_size]
        self._frames = [(key, parts.shapes[key].box) for key in groups]

    def join(self, wire: Wire) -> Joined:
        ends = tuple(self._end(*end) for end in zip(wire.bound, (wire.points[0], wire.points[-1]), strict=True))
        first, last = ends
        if first.part and last.part:
            return self._between(wire, first, last)
        # A line that touches nothing is a stroke of the pen.
        if wire.is_line and not (first.part or last.part):
            return Joined()
        return Joined(problem=self._unattached(wire, first, last))

    def _end(self, bound: str, point: Point) -> _End:
        part = self._parts.resolve(bound)
        if part in self._labels:
            return _End(part, is_bound=True)
        return _End(self._at(point))

    def _at(self, point: Point) -> str:
        """The part that a point is in, the smallest of them; else the nearest within reach; else a frame's border."""
        far = self._within(point, MAX_REACH)
        inside = next((key for distance, key, _ in far if distance == 0), "")
        if inside:
            return inside
        near = [(distance, key) for distance, key, box in far if distance <= box.reach]
        if near:
            return min(near)[1]
        borders = ((max(box.distance(point), box.depth(point)), key) for key, box in self._frames)
        return min((pair for pair in borders if pair[0] <= 16.0), default=(0.0, ""))[1]

    def _within(self, point: Point, reach: float) -> list[tuple[float, str, Box]]:
        """How far off the boxes around a point are, the smallest first; not those that are plainly farther off."""
        x, y = point
        return [
            (box.distance(point), key, box)
            for key, box, upright in self._boxes
            if -reach <= x - upright.x <= upright.w + reach and -reach <= y - upright.y <= upright.h + reach
        ]

    def _between(self, wire: Wire, first: _End, last: _End) -> Joined:
        loosely = [end.part for end in (first, last) if not end.is_bound]
        if first.part == last.part and loosely:
            round_about = Problem(wire.id, ROUND.format(part=self._name(first.part)), DRAG_BOTH)
            return Joined(problem=None if wire.is_line else round_about)
        edges = tuple(self._edges(wire, first.part, last.part))
        # Lines cannot be attached in the editor.
        if not loosely or wire.is_line:
            return Joined(edges)
        arrow = self._arrow(wire, first if first.is_bound else last if last.is_bound else _End())
        names = " and ".join(self._name(part) for part in loosely)
        return Joined(edges, Problem(wire.id, MERELY_NEAR.format(arrow=arrow, parts=names), ATTACH, is_gentle=True))

    def _edges(self, wire: Wire, first: str, last: str) -> Iterator[Edge]:
        said = self._parts.said.get(wire.id, "")
        at_start, at_end = wire.heads
        if not at_start and not at_end:
            yield Edge(first, last, loose=True, label=said, later=wire.is_later)
        if at_end:
            yield Edge(first, last, label=said, later=wire.is_later)
        if at_start:
            yield Edge(last, first, label=said, later=wire.is_later)

    def _unattached(self, wire: Wire, first: _End, last: _End) -> Problem:
        if not first.part and not last.part:
            said = self._parts.said.get(wire.id, "")
            return Problem(wire.id, NOWHERE.format(said=f" that says “{said}”" if said else ""), DRAG_BOTH)
        known, at = (first, wire.points[-1]) if first.part else (last, wire.points[0])
        ends = "ends" if first.part else "begins"
        near = self._near(at, known.part)
        arrow = self._arrow(wire, known)
        return Problem(wire.id, IN_THE_AIR.format(arrow=arrow, ends=ends, near=near), DRAG)

    def _near(self, point: Point, other: str) -> str:
        within = self._within(point, MEANT)
        far = min(((distance, key) for distance, key, _ in within if key != other), default=(MEANT, ""))
        return f" near {self._name(far[1])}" if far[0] < MEANT else ""

    def _arrow(self, wire: Wire, known: _End) -> str:
        """The arrow by its one sure end: a list of problems has to make sense without the board."""
        if not known.part:
            return "An arrow"
        is_first = self._parts.resolve(wire.bound[0]) == known.part or self._at(wire.points[0]) == known.part
        points_away = wire.heads[1] or not wire.heads[0]
        word = "from" if is_first == points_away else "to"
        return f"The {'line' if wire.is_line else 'arrow'} {word} {self._name(known.part)}"

    def _name(self, part: str) -> str:
        label = self._labels[part]
        return f"“{label}”" if label else "a box without a name"


def joined(elements: Elements, parts: Parts) -> set[str]:
    """The parts that arrows are bound to; those need no name to count."""
    return {parts.resolve(end) for wire in elements.wires.values() for end in wire.bound} - {""}
