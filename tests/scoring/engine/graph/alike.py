"""Two graphs that say the same, whatever their parts are called by."""

from collections import Counter

from scoring.engine.graph import mermaid
from scoring.engine.graph.types import Edge, Graph, Node


def renamed(graph: Graph, names: dict[str, str]) -> Graph:
    """The graph with other identifiers, bare of places and components."""
    bare = graph.bare()

    def moved(rows: dict[str, Node]) -> dict[str, Node]:
        return {names[k]: Node(row.label, kind=row.kind, group=names.get(row.group, "")) for k, row in rows.items()}

    edges = [Edge(names[e.source], names[e.target], e.loose, e.label, e.later) for e in bare.edges]
    return Graph(nodes=moved(bare.nodes), edges=edges, groups=moved(bare.groups))


def as_written(graph: Graph) -> Graph:
    """The graph by the identifiers that its flowchart uses."""
    return renamed(graph, mermaid.ids(graph))


def assert_same(graph: Graph, other: Graph) -> None:
    """By the same identifiers; the order in which things were drawn is no part of a design."""
    assert graph.nodes == other.nodes
    assert graph.groups == other.groups
    assert Counter(graph.edges) == Counter(other.edges)
