"""Boards as the editor writes them, each with the graph that it is; the browser reads the same ones."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scoring.engine.graph import mermaid, scene
from scoring.engine.graph.types import Edge, Graph, Node
from tests.scoring.engine.graph.alike import as_written, assert_same

FOLDER = Path(__file__).parents[3] / "boards"
BOARDS = sorted(path for path in FOLDER.glob("*.json") if not path.name.endswith(".graph.json"))
boards = pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)


def expected(path: Path) -> tuple[Graph, dict[str, Any]]:
    said = json.loads(path.with_suffix(".graph.json").read_text(encoding="utf-8"))
    edges = [
        Edge(row["from"], row["to"], row.get("loose", False), row.get("label", ""), row.get("later", False))
        for row in said["edges"]
    ]
    return Graph(nodes=_parts(said["nodes"]), edges=edges, groups=_parts(said["groups"])), said


def _parts(rows: dict[str, dict[str, Any]]) -> dict[str, Node]:
    return {
        key: Node(row.get("label", ""), kind=row.get("kind"), group=row.get("group", "")) for key, row in rows.items()
    }


def test_there_are_boards_of_every_sort():
    assert len(BOARDS) >= 28


@boards
def test_a_board_is_the_graph_that_was_drawn(path):
    board = scene.read(path.read_text(encoding="utf-8"))
    graph, said = expected(path)
    assert_same(board.graph, graph)
    assert list(board.notes) == said["notes"]


@boards
def test_what_could_not_be_read_is_said(path):
    board = scene.read(path.read_text(encoding="utf-8"))
    _, said = expected(path)
    wanted = [(row.get("element", ""), row["message"], row.get("gentle", False)) for row in said["problems"]]
    assert [(p.element, p.message, p.is_gentle) for p in board.problems] == wanted
    assert all(problem.remedy for problem in board.problems)


@boards
def test_a_board_survives_as_a_flowchart(path):
    graph = scene.read(path.read_text(encoding="utf-8")).graph
    again = mermaid.read(mermaid.write(graph)).bare()
    assert_same(again, as_written(graph))
    assert again.edges == as_written(graph).edges


@boards
def test_a_board_survives_being_drawn_anew(path):
    graph = scene.read(path.read_text(encoding="utf-8")).graph
    drawn = scene.read(scene.write(graph))
    assert_same(drawn.graph, graph)
    # Where something was drawn plays no part any more, so nothing but the design itself can be wanting.
    nameless = sum(not part.label for part in graph.parts.values())
    alone = [node for key, node in graph.nodes.items() if node.label and key not in graph.joined()]
    assert Counter(problem.is_gentle for problem in drawn.problems)[False] == nameless + len(alone) * (
        len(graph.nodes) > 1
    )


@boards
def test_the_order_of_the_elements_makes_no_other_graph(path):
    said = json.loads(path.read_text(encoding="utf-8"))
    if path.stem == "damaged":  # Of two elements with one identifier the first is taken.
        said["elements"] = [one for one in said["elements"] if isinstance(one, dict) and one["id"] != "a"]
    forward, backward = (scene.read({**said, "elements": rows}) for rows in (said["elements"], said["elements"][::-1]))
    assert_same(forward.graph, backward.graph)
    assert Counter(forward.problems) == Counter(backward.problems)
