"""A graph as an Excalidraw file: what a board opens, and what reads as the same graph."""

import json
from itertools import combinations
from time import perf_counter
from typing import Any

from hypothesis import given, settings

from scoring.engine.graph import mermaid, scene
from scoring.engine.graph.elements import Box
from scoring.engine.graph.types import MAX_NODES, Edge, Graph, Node
from tests.scoring.engine.graph.alike import assert_same
from tests.scoring.engine.graph.strategies import graphs

DESIGN = mermaid.read(
    """flowchart LR
    U([User]) -->|GET /feed| A
    subgraph home["Home region"]
      A[Feed service] --> C[(Posts)]
      subgraph later[Later]
        Q[[Events]] -.-> W[/Ranker/]
      end
    end
    A -.-> Q
    W <--> C
    U --> home
    A --> A"""
)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_any_graph_survives_being_drawn(graph):
    assert_same(scene.read(scene.write(graph)).graph, graph)


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_a_drawing_is_text_and_always_the_same(graph):
    written = json.dumps(scene.write(graph), allow_nan=False)
    assert json.dumps(scene.write(graph)) == written
    assert_same(scene.read(written).graph, graph)


def elements() -> dict[str, dict[str, Any]]:
    rows = scene.write(DESIGN)["elements"]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def box(element: dict[str, Any]) -> Box:
    return Box(element["x"], element["y"], element["width"], element["height"])


def holders(element: dict[str, Any]) -> set[str]:
    if element["type"] == "arrow":
        return {element[name]["elementId"] for name in ("startBinding", "endBinding")}
    return {element["containerId"]} if element["type"] == "text" else set()


def test_what_is_bound_is_known_at_both_ends():
    rows = elements()
    told = {(key, bound["id"]) for key, row in rows.items() for bound in row["boundElements"]}
    assert told == {(holder, key) for key, row in rows.items() for holder in holders(row)}


def test_an_edge_and_its_way_back_are_one_arrow_with_two_heads():
    heads = [(row["startArrowhead"], row["endArrowhead"]) for row in elements().values() if row["type"] == "arrow"]
    assert heads.count(("arrow", "arrow")) == 1
    assert len(heads) == len(DESIGN.edges) - 1


def test_nothing_covers_anything_and_groups_hold_what_is_theirs():
    rows = elements()
    for one, other in combinations(DESIGN.nodes, 2):
        assert box(rows[one]).share_within(box(rows[other])) == 0
    for key, group in DESIGN.groups.items():
        held = DESIGN.held()[key]
        assert all(box(rows[node]).share_within(box(rows[key])) > 0.999 for node in held)
        assert all(box(rows[node]).share_within(box(rows[key])) == 0 for node in DESIGN.nodes.keys() - held)
        assert rows[f"{key}-label"]["originalText"] == group.label


def test_arrows_begin_and_end_beside_their_parts():
    rows = elements()
    for row in rows.values():
        if row["type"] != "arrow":
            continue
        for name, (x, y) in (("startBinding", row["points"][0]), ("endBinding", row["points"][-1])):
            part = box(rows[row[name]["elementId"]])
            assert max(part.distance((row["x"] + x, row["y"] + y)), part.depth((row["x"] + x, row["y"] + y))) <= 25


def test_identifiers_that_look_like_ours_are_no_trouble():
    graph = Graph(
        nodes={"a": Node("A"), "a-label": Node("B"), "a-a-label": Node("C")}, edges=[Edge("a", "a-a-label")] * 3
    )
    assert_same(scene.read(scene.write(graph)).graph, graph)


def test_a_large_graph_is_drawn_in_reasonable_time():
    nodes = {f"n{n}": Node(f"Part {n}") for n in range(MAX_NODES)}
    edges = [Edge(f"n{n}", f"n{(7 * n + k) % MAX_NODES}") for n in range(MAX_NODES) for k in (1, 5)]
    begun = perf_counter()
    drawn = scene.write(Graph(nodes=nodes, edges=edges))
    assert perf_counter() - begun < 20
    assert sum(row["type"] == "arrow" for row in drawn["elements"]) == len(edges)
