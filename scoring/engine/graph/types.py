"""Nodes, edges and the frames around them, whatever they were drawn in.

A node of a text knows its place there; a node of a board is known by the identifier of its element. Edges are directed;
a loose one joins without saying who calls whom, and is worth less. A dashed one is later: nobody waits for it. An edge
may end at a group as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from catalog.spec import ComponentKind

MAX_NODES: Final = 300
MAX_EDGES: Final = 2000
# Frames in frames: what is nested deeper is taken for a part of the deepest.
MAX_DEPTH: Final = 12


@dataclass(frozen=True, slots=True)
class Node:
    """A part, or a group of parts; `group` is the one it stands in. On a board `start` and `end` are 0."""

    label: str
    components: frozenset[str] = frozenset()
    kind: ComponentKind | None = None
    start: int = 0
    end: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """From one part to another; `later` is what nobody waits for. Where it stands in a text makes it no other edge."""

    source: str
    target: str
    loose: bool = False
    label: str = ""
    later: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def turned(self) -> "Edge":
        return replace(self, source=self.target, target=self.source)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on a board that could not be read, or not for sure, in words for whoever draws it.

    `element` is "" for what concerns the board as a whole; `is_gentle` when it was read all the same.
    """

    element: str
    message: str
    remedy: str = ""
    is_gentle: bool = False


@dataclass(slots=True)
class Graph:
    """One drawing: nodes and groups by identifier, edges, and where in which section it stands."""

    section: str = ""
    start: int = 0
    end: int = 0
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    groups: dict[str, Node] = field(default_factory=dict)

    @property
    def parts(self) -> dict[str, Node]:
        """Nodes, and the groups that an edge ends at: whoever calls “Backend” treats it as one part."""
        joined = self.ends()
        return {**self.nodes, **{key: group for key, group in self.groups.items() if key in joined}}

    def place(self, key: str) -> Node | None:
        return self.nodes.get(key) or self.groups.get(key)

    def ends(self) -> set[str]:
        """Whatever an edge ends at, loose ones too."""
        return {end for edge in self.edges for end in (edge.source, edge.target)}

    def joined(self) -> set[str]:
        """The same, with all that a group holds which is joined as a whole."""
        held = self.held()
        return {key for end in self.ends() for key in (end, *held.get(end, ()))}

    def neighbours(self, loose: bool = False) -> dict[str, set[str]]:
        """Who may be reached from whom in one step. Into a group one gets to all it holds, and from each out of it."""
        found: dict[str, set[str]] = {}
        held = self.held()
        for edge in self.edges:
            if edge.loose and not loose:
                continue
            _join(found, edge.source, edge.target, held)
            if edge.loose:
                _join(found, edge.target, edge.source, held)
        return found

    def connected(self) -> set[str]:
        """What stands at an edge with a direction, by itself or within a group."""
        held = self.held()
        ends = {end for edge in self.edges if not edge.loose for end in (edge.source, edge.target)}
        return {key for end in ends for key in (end, *held.get(end, ()))}

    def held(self) -> dict[str, list[str]]:
        """Group → the nodes in it, those of groups within included."""
        found: dict[str, list[str]] = {}
        for key, node in self.nodes.items():
            for group in self.around(node):
                found.setdefault(group, []).append(key)
        return found

    def around(self, node: Node) -> Iterator[str]:
        """The groups that a part stands in, from the innermost outwards."""
        group = node.group
        for _ in range(MAX_DEPTH):
            if group not in self.groups:
                return
            yield group
            group = self.groups[group].group

    def bare(self) -> "Graph":
        """The same drawing without its place in a text, and without the names that a question gives its parts."""
        return Graph(nodes=_bare(self.nodes), edges=list(self.edges), groups=_bare(self.groups))


def _join(found: dict[str, set[str]], source: str, target: str, held: Mapping[str, list[str]]) -> None:
    for start in (source, *held.get(source, ())):
        found.setdefault(start, set()).add(target)
    if target in held:
        found.setdefault(target, set()).update(held[target])


def _bare(nodes: Mapping[str, Node]) -> dict[str, Node]:
    return {key: Node(node.label, kind=node.kind, group=node.group) for key, node in nodes.items()}
