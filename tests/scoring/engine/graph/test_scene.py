"""Boards of all sorts: what makes no difference to the design, and what no board may do to the reader."""

import json
import math
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine.graph import scene
from scoring.engine.graph.names import MAX_LABEL
from scoring.engine.graph.types import MAX_EDGES, MAX_NODES, Edge
from tests.scoring.engine.graph.alike import assert_same
from tests.scoring.engine.graph.strategies import graphs


def box(key: str, x: float, y: float, name: str = "", **more: Any) -> list[dict[str, Any]]:
    shape = {"id": key, "type": "rectangle", "x": x, "y": y, "width": 160, "height": 80, **more}
    text = {"id": f"{key}:t", "type": "text", "x": x, "y": y, "width": 9, "height": 9, "text": name, "containerId": key}
    return [shape, text] if name else [shape]


def arrow(key: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    bound = {"startBinding": {"elementId": source}, "endBinding": {"elementId": target}}
    return {"id": key, "type": "arrow", "x": -900, "y": -900, "endArrowhead": "arrow", **bound, **more}


def loose_arrow(key: str, start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
    points = [[0, 0], [end[0] - start[0], end[1] - start[1]]]
    return {"id": key, "type": "arrow", "x": start[0], "y": start[1], "points": points, "endArrowhead": "arrow"}


def read(*elements: Any) -> scene.Board:
    return scene.read({"elements": list(elements)})


TWO = [*box("a", 0, 0, "API"), *box("b", 400, 0, "Cache")]


@settings(max_examples=40, deadline=None)
@given(graphs(), st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_a_design_may_stand_anywhere(graph, dx, dy):
    drawn = scene.write(graph)
    for element in drawn["elements"]:
        element["x"] += dx
        element["y"] += dy
    assert_same(scene.read(drawn).graph, graph)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_a_design_is_the_same_without_a_place_for_its_arrows(graph):
    drawn = scene.write(graph)
    for element in drawn["elements"]:
        if element["type"] == "arrow":
            element.update(x=-9e5, y=-9e5, points=[[0, 0], [5, 5]])
    assert_same(scene.read(drawn).graph, graph)


@pytest.mark.parametrize(
    ("end", "edges", "problems"),
    [
        ((396, 40), 1, ["An arrow ends at “Cache” without being attached."]),
        ((384, 40), 1, ["An arrow ends at “Cache” without being attached."]),
        ((480, 40), 1, ["An arrow ends at “Cache” without being attached."]),
        ((300, 40), 0, ["The arrow from “API” ends in the air near “Cache”."]),
        ((300, 900), 0, ["The arrow from “API” ends in the air."]),
    ],
)
def test_how_near_an_arrow_must_end(end, edges, problems):
    board = read(*TWO, {**loose_arrow("w", (160, 40), end), "startBinding": {"elementId": "a"}})
    assert len(board.graph.edges) == edges
    said = [p.message.replace("The arrow from “API”", "An arrow") if edges else p.message for p in board.problems]
    assert [message for message in said if "joined" not in message] == problems


def test_of_two_boxes_an_arrow_ends_at_the_inner_one_then_at_the_nearer_one():
    outer = box("o", -100, -100, "Region", width=900, height=400)
    board = read(*outer, *TWO, loose_arrow("w", (155, 40), (390, 40)))
    assert board.graph.edges == [Edge("a", "b")]
    assert {node.group for node in board.graph.nodes.values()} == {"o"}


def test_an_arrow_to_the_border_of_a_group_ends_at_the_group():
    outer = box("o", 300, -100, "Region", width=500, height=400)
    board = read(*outer, *TWO, loose_arrow("w", (155, 40), (305, -50)))
    assert board.graph.edges == [Edge("a", "o")]
    assert read(*outer, *TWO, loose_arrow("w", (155, 40), (350, -50))).graph.edges == []


def test_a_turned_box_is_where_it_is_seen():
    upright = read(*TWO, loose_arrow("w", (80, -35), (400, 40)))
    turned = read(*box("a", 0, 0, "API", angle=math.pi / 2), *TWO[2:], loose_arrow("w", (80, -35), (400, 40)))
    assert (upright.graph.edges, turned.graph.edges) == ([], [Edge("a", "b")])


def test_what_is_bound_to_the_text_of_a_box_is_bound_to_the_box():
    assert read(*TWO, arrow("w", "a:t", "b:t")).graph.edges == [Edge("a", "b")]


def test_a_board_with_one_part_is_not_told_that_it_stands_alone():
    assert read(*box("a", 0, 0, "API")).problems == ()
    assert [p.message for p in read(*TWO).problems] == [
        "“API” is not joined to anything.",
        "“Cache” is not joined to anything.",
    ]


def test_a_kind_that_the_library_gave_is_kept_whatever_the_label_says():
    board = read(*box("a", 0, 0, "Redis", customData={"kind": "database"}))
    assert board.graph.nodes["a"].kind == "database"
    assert read(*box("a", 0, 0, "Redis", customData={"kind": "quark"})).graph.nodes["a"].kind == "cache"
    assert read(*box("a", 0, 0, "Redis", customData={"kind": None})).graph.nodes["a"].kind is None


# What no board may do


def text(key: str, words: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "type": "text", "text": words, "width": 40, "height": 9, **more}


def crowd() -> list[dict[str, Any]]:
    boxes = [one for n in range(900) for one in box(f"s{n}", 7 * (n % 30), 5 * (n // 30), angle=0.1)]
    texts = [text(f"t{n}", "note", x=3 * n, y=n) for n in range(3000)]
    return [*boxes, *texts, *(loose_arrow(f"w{n}", (n, n), (3 * n, n % 90)) for n in range(6000))]


def grouped(count: int) -> list[dict[str, Any]]:
    return [{"id": f"{n}", "type": "rectangle", "groupIds": [f"{n % k}" for k in range(1, 90)]} for n in range(count)]


def in_each_other(count: int) -> list[dict[str, Any]]:
    frames = [{"id": f"f{n}", "type": "frame", "name": "F", "frameId": f"f{(n + 1) % count}"} for n in range(count)]
    sides = [(n, 5000 - 20 * n) for n in range(200)]
    return [*frames, *(one for n, side in sides for one in box(f"s{n}", n, n, "Box", width=side, height=side))]


def besides(texts: int, **more: Any) -> list[dict[str, Any]]:
    """Texts that are all in reach of many arrows with many bends, and near none of them."""
    corner = [[0, n % 2] for n in range(30)] + [[400 + n, 400] for n in range(30)]
    arrows = [{"id": f"w{n}", "type": "arrow", "x": 0, "y": 0, "points": corner} for n in range(300)]
    return [*arrows, *(text(f"t{n}", "note", x=300, y=0, **more) for n in range(texts))]


def near(texts: int, **more: Any) -> list[dict[str, Any]]:
    """As many, each a little nearer to the next arrow, so that all of them must be looked at."""
    wire = [[10 * (n % 2), 0] for n in range(60)]
    arrows = [{"id": f"w{n}", "type": "arrow", "x": 0, "y": n / 30, "points": wire} for n in range(300)]
    return [*arrows, *(text(f"t{n}", "note", x=0, y=11, **more) for n in range(texts))]


WIDE = {"elements": [one for n in range(400) for one in box(f"s{n}", 200 * n, 0, "Box " * 90)]}
HOSTILE: dict[str, Any] = {
    "not-json": "{",
    "nothing": "null",
    "a-number": "1e400",
    "nested": '{"elements": ' + "[" * 50_000,
    "huge": '{"elements": ["' + "x" * 10_000_000 + '"]}',
    "digits": '{"elements": [{"id": "a", "type": "rectangle", "x": ' + "9" * 5000 + "}]}",
    "no-list": {"elements": {"a": 1}},
    "of-nothing": {"elements": [None, 7, [], "x", {}, {"id": "a"}, {"id": [], "type": {}}]},
    "surrogates": '{"elements": [{"id": "a", "type": "text", "text": "\\ud800\\u0000", "x": NaN}]}',
    "crowd": {"elements": crowd()},
    "points": {"elements": [{"id": "a", "type": "arrow", "points": [[n, n] for n in range(200_000)]}]},
    "groups": {"elements": grouped(400)},
    "binds-itself": {"elements": [arrow("a", "a", "a"), text("t", "x", containerId="t")]},
    "in-each-other": {"elements": in_each_other(50)},
    "in-reach": {"elements": besides(600)},
    "beside": {"elements": near(600)},
    "beside-turned": {"elements": near(600, angle=0.001)},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_board_keeps_the_reader_long_or_stops_it(name):
    begun = process_time()
    board = scene.read(HOSTILE[name])
    assert process_time() - begun < 4
    assert len(board.graph.nodes) <= MAX_NODES
    assert len(board.graph.edges) <= MAX_EDGES
    json.dumps([problem.message for problem in board.problems]).encode()
    # Whatever came of it can be drawn and read once more.
    assert_same(scene.read(scene.write(board.graph)).graph, scene.read(scene.write(board.graph)).graph)


@pytest.mark.parametrize("name", ["not-json", "nothing", "a-number", "nested", "huge", "digits", "no-list", "crowd"])
def test_a_board_that_cannot_be_read_says_so(name):
    problems = scene.read(HOSTILE[name]).problems
    assert any(not problem.element and problem.remedy for problem in problems)


@pytest.mark.parametrize("untouched", ["", "{}", {}, '{"elements": []}'])
def test_a_board_that_nobody_touched_is_no_problem(untouched):
    assert scene.read(untouched).problems == ()


def test_names_are_as_long_as_can_be_shown():
    labels = {node.label for node in scene.read(WIDE).graph.nodes.values()}
    assert {len(label) for label in labels} == {MAX_LABEL - 1}


words = st.one_of(st.text(max_size=5), st.sampled_from(["a", "b", "t"]))
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words)
names = st.sampled_from(["elementId", "kind", "id", "type"])
values = st.recursive(
    plain, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner)), max_leaves=5
)
KEYS = """x y width height angle points groupIds frameId name text originalText containerId boundElements isDeleted
startBinding endBinding startArrowhead endArrowhead strokeStyle customData""".split()
TYPES = ["rectangle", "ellipse", "diamond", "arrow", "line", "text", "frame", "image", "freedraw", "?"]
elements = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", "t", "w", "f"]), "type": st.sampled_from(TYPES)},
    optional=dict.fromkeys(KEYS, values),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(elements, values), max_size=8))
def test_any_elements_are_read_and_what_comes_of_them_can_be_written(rows):
    board = scene.read({"elements": rows})
    assert board.graph.ends() <= board.graph.nodes.keys() | board.graph.groups.keys()
    drawn = json.dumps(scene.write(board.graph), allow_nan=False)
    assert_same(scene.read(drawn).graph, board.graph)
