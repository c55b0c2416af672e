"""A board: the graph of an Excalidraw scene, and what of it could not be read, while it can still be mended.

What is drawn is taken at its word and no further: a box with a name is a part, an arrow that is attached is an edge.
Whoever draws by mouse, by keyboard or by importing gets the same graph for the same design, since identifiers, places
and looks count for nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from catalog.spec import ComponentKind
from scoring.engine.graph import wires
from scoring.engine.graph.elements import SMALLER, TOO_LARGE, Elements, Shape, counted, parse
from scoring.engine.graph.excalidraw import write
from scoring.engine.graph.names import kind_of
from scoring.engine.graph.parts import SOLID, Parts, gather
from scoring.engine.graph.types import MAX_DEPTH, MAX_EDGES, MAX_NODES, Graph, Node, Problem

__all__ = ["Board", "read", "write"]

MAX_PROBLEMS: Final = 60
NAMELESS: Final = "A box has no name."
NAME_IT: Final = "Write into it what it is."
NAMELESS_FRAME: Final = "A frame that an arrow ends at has no name."
ALONE: Final = "“{label}” is not joined to anything."
JOIN_IT: Final = "Draw the arrow that is missing, or leave it out."
UNREAD: Final = "Not read: {what}."
DRAW_IT: Final = "Draw with boxes, arrows and text what is to count."
# Mermaid's plain box; what is round or leans says nothing by itself.
_SHAPES: Final = {"rectangle": "["}


@dataclass(frozen=True, slots=True)
class Board:
    """What a board says; `notes` are texts that belong to no part."""

    graph: Graph
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read(scene: str | Mapping[str, Any]) -> Board:
    """The board of a scene, given as JSON text or as what that text says. Never raises."""
    elements = parse(scene)
    parts = gather(elements)
    drawing = _Drawing(elements, parts)
    graph = Graph(nodes=drawing.nodes, groups=drawing.groups)
    problems = [*elements.problems, *drawing.connect(graph), *drawing.nameless(graph), *_alone(graph)]
    problems += drawing.unread()
    return Board(graph, tuple(problems[:MAX_PROBLEMS]), tuple(parts.notes))


class _Drawing:
    """Sorts the parts of a board into nodes, groups, and what is there for its looks."""

    def __init__(self, elements: Elements, parts: Parts) -> None:
        self.elements, self.parts = elements, parts
        self.groups: dict[str, Node] = {}
        self._joined = wires.joined(elements, parts)
        named = [key for key in parts.shapes if self._is_named(key) and self._is_node(key)]
        holds = {up for key in named for up in parts.above(key)}
        self.groups = {key: Node(parts.labels.get(key, "")) for key in parts.shapes if key in holds & self._titled()}
        kept = [key for key in parts.shapes if key not in holds and self._is_node(key)]
        self.nodes = {key: self._node(key) for key in kept[:MAX_NODES]}
        self.cut = len(kept) > MAX_NODES
        self._settle()

    def _settle(self) -> None:
        """Groups that hold nothing, or stand too deep, are none; parts stand in the nearest that is left."""
        filled = {group for key in self.nodes for group in self._around(key)}
        filled = {key for key in filled if len(self._around(key)) < MAX_DEPTH}
        self.groups = {key: group for key, group in self.groups.items() if key in filled}
        for rows in (self.nodes, self.groups):
            for key, part in rows.items():
                group = next(iter(self._around(key)), "")
                rows[key] = Node(part.label, kind=part.kind, group=group)

    def _around(self, key: str) -> list[str]:
        return [up for up in self.parts.above(key) if up in self.groups]

    def _is_named(self, key: str) -> bool:
        return key in self.parts.labels or key in self._joined or self.parts.shapes[key].says_kind

    def _titled(self) -> set[str]:
        """What holds parts is a group if it has a name or an arrow, and a coloured patch behind them if not."""
        return {*self.parts.labels, *self._joined}

    def _is_node(self, key: str) -> bool:
        shape = self.parts.shapes[key]
        if self._is_named(key):
            return shape.form != "frame" or key in self._joined
        held_by = next(self.parts.above(key), "")
        is_ornament = held_by in self.parts.labels and self.parts.shapes[held_by].form != "frame"
        return shape.form in SOLID and not (is_ornament and held_by not in self.groups)

    def _node(self, key: str) -> Node:
        shape, label = self.parts.shapes[key], self.parts.labels.get(key, "")
        return Node(label, kind=_kind(shape, label))

    def connect(self, graph: Graph) -> list[Problem]:
        """Draws the edges, and tells of arrows that could not be understood."""
        labels = {key: node.label for key, node in graph.nodes.items()}
        wiring = wires.Wiring(self.parts, labels, {key: group.label for key, group in graph.groups.items()})
        wired = [wiring.join(wire) for key, wire in self.elements.wires.items() if key not in self.parts.owner]
        edges = [edge for joined in wired for edge in joined.edges]
        graph.edges = edges[:MAX_EDGES]
        problems = [joined.problem for joined in wired if joined.problem]
        if self.cut or len(edges) > MAX_EDGES:
            problems.append(Problem("", TOO_LARGE, SMALLER))
        return problems

    def nameless(self, graph: Graph) -> Iterator[Problem]:
        ends = graph.ends()
        yield from (Problem(key, NAMELESS, NAME_IT) for key, node in graph.nodes.items() if not node.label)
        for key, group in graph.groups.items():
            if not group.label and key in ends:
                yield Problem(key, NAMELESS_FRAME, NAME_IT, is_gentle=True)

    def unread(self) -> Iterator[Problem]:
        """Drawings by hand and pictures, counted once; not those that adorn a part."""
        words = [word for key, (word, _) in self.elements.unread.items() if key not in self.parts.owner]
        for key, shape in self.parts.shapes.items():
            if shape.form in ("image", "embed") and key not in self.nodes and key not in self.groups:
                words.append("picture" if shape.form == "image" else "embedded page")
        if words:
            yield Problem("", UNREAD.format(what=counted(iter(words))), DRAW_IT, is_gentle=True)


def _kind(shape: Shape, label: str) -> ComponentKind | None:
    """As the part says it, else by what it is called, else by its form."""
    return shape.kind if shape.says_kind else kind_of(label, _SHAPES.get(shape.form, ""))


def _alone(graph: Graph) -> Iterator[Problem]:
    if len(graph.nodes) < 2:
        return
    joined = graph.joined()
    for key, node in graph.nodes.items():
        if node.label and key not in joined:
            yield Problem(key, ALONE.format(label=node.label), JOIN_IT)
