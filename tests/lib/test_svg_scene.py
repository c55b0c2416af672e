"""Boards drawn without the editor: what is on them, in order, safe, and never too much."""

import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.svg.scene import draw
from lib.svg.scene.looks import hue

BOARDS = sorted(
    path
    for path in (Path(__file__).parents[1] / "boards").glob("*.json")
    if not path.name.endswith(".graph.json") and path.stem != "empty"
)


FIELDS = """
id type x y width height angle points text fontSize opacity strokeColor backgroundColor roundness endArrowhead
startArrowhead containerId customData name strokeWidth strokeStyle fillStyle elbowed lineHeight textAlign fontFamily
isDeleted
"""


def box(key: str = "a", **fields: Any) -> dict[str, Any]:
    return {"id": key, "type": "rectangle", "x": 0, "y": 0, "width": 160, "height": 80, **fields}


def words(key: str = "t", text: str = "API", **fields: Any) -> dict[str, Any]:
    own = {"type": "text", "x": 40, "y": 30, "width": 80, "height": 25, "fontSize": 20, "text": text}
    return {"id": key, **own, "textAlign": "center", **fields}


def arrow(key: str = "w", **fields: Any) -> dict[str, Any]:
    own = {"type": "arrow", "x": 160, "y": 40, "points": [[0, 0], [140, 0]], "endArrowhead": "arrow"}
    return {"id": key, **own, **fields}


def drawn(*elements: Any) -> str:
    return draw({"elements": list(elements)}, title="Board")


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_every_board_is_drawn_with_all_its_words(path: Path) -> None:
    text = path.read_text()
    svg = parse(draw(text, title="Board with 11 parts and 11 links.", words="A → B."))
    assert svg.attrib["role"] == "img"
    assert svg.findtext("title") == "Board with 11 parts and 11 links."
    assert svg.findtext("desc") == "A → B."
    shown = "".join("".join(svg.itertext()).split())
    for element in json.loads(text)["elements"]:
        is_there = isinstance(element, dict) and element.get("type") == "text" and not element.get("isDeleted")
        if is_there and isinstance(element.get("text"), str) and path.stem != "damaged":
            assert "".join(element["text"].split()) in shown


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_a_drawing_needs_no_style_no_script_and_nothing_from_elsewhere(path: Path) -> None:
    svg = draw(path.read_text(), title="Board")
    assert not re.search(r"\sstyle=|<style|<script|href|url\(|\son\w+=|\sid=", svg)
    assert not re.search(r'="#[0-9a-f]{3,8}"', svg)
    assert svg == draw(path.read_text(), title="Board")


def test_the_frame_fits_what_is_drawn() -> None:
    svg = parse(drawn(box(x=100, y=-50), box("b", x=400, y=300)))
    assert svg.attrib["viewBox"] == "88 -62 484 454"


def test_a_turned_box_is_turned_about_its_middle_and_fits() -> None:
    svg = parse(drawn(box(angle=math.pi / 2)))
    group = svg.find("g")
    assert group is not None
    assert group.attrib["transform"] == "rotate(90 80 40)"
    assert svg.attrib["viewBox"] == "28 -52 104 184"


def test_forms_are_those_of_the_editor() -> None:
    svg = parse(
        drawn(
            box("r", roundness={"type": 3}),
            box("e", type="ellipse"),
            box("d", type="diamond"),
            {"id": "f", "type": "frame", "x": 0, "y": 0, "width": 400, "height": 300, "name": "EU <1>"},
            {"id": "p", "type": "freedraw", "x": 0, "y": 0, "points": [[0, 0], [5, 9], [20, 4], [30, 8]]},
        )
    )
    assert [rect.attrib.get("rx") for rect in svg.iter("rect")] == ["20", "8"]
    assert svg.find("ellipse") is not None
    diamond, stroke = (path.attrib["d"] for path in svg.iter("path"))
    assert diamond == "M80 0L160 40L80 80L0 40Z"
    assert "Q" in stroke
    assert "EU <1>" in [text.text for text in svg.iter("text")]


@pytest.mark.parametrize(
    ("fields", "shape"),
    [
        ({}, "M160 40L300 40"),
        ({"points": [[0, 0], [70, 60], [140, 0]]}, "M160 40L230 100L300 40"),
        ({"points": [[0, 0], [70, 60], [140, 0]], "roundness": {"type": 2}}, "C"),
        ({"points": [[0, 0], [70, 0], [70, 90]], "elbowed": True}, "Q230 40"),
    ],
    ids=["straight", "broken", "round", "elbow"],
)
def test_an_arrow_takes_the_way_it_was_drawn(fields: dict[str, Any], shape: str) -> None:
    path = parse(drawn(arrow(**fields))).find("g/path")
    assert path is not None
    assert shape in path.attrib["d"]


@pytest.mark.parametrize(
    "head",
    [
        "arrow",
        "bar",
        "dot",
        "circle",
        "circle_outline",
        "triangle",
        "triangle_outline",
        "diamond",
        "diamond_outline",
        "crowfoot_one",
        "crowfoot_many",
        "crowfoot_one_or_many",
    ],
)
def test_both_ends_may_have_any_head(head: str) -> None:
    bare = len(list(parse(drawn(arrow(endArrowhead=None))).iter()))
    one = len(list(parse(drawn(arrow(endArrowhead=head))).iter()))
    both = len(list(parse(drawn(arrow(startArrowhead=head, endArrowhead=head))).iter()))
    assert bare < one < both


def test_a_head_points_where_the_line_goes() -> None:
    head = parse(drawn(arrow())).findall("g/path")[1].attrib["d"]
    (x1, _), (tip, y), (x3, _) = (tuple(map(float, pair.split())) for pair in head[1:].split("L"))
    assert (tip, y) == (300, 40)
    assert x1 < tip > x3


def test_dashes_opacity_hatching_and_colours() -> None:
    svg = drawn(
        box(strokeStyle="dashed", opacity=40, backgroundColor="#a5d8ff", fillStyle="hachure", strokeColor="#e03131")
    )
    assert 'data-fill="blue" fill-opacity="0.5"' in svg
    assert 'data-hue="red"' in svg
    assert 'stroke-dasharray="8 10"' in svg
    assert 'opacity="0.4"' in svg


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#1e1e1e", "grey"),
        ("#e03131", "red"),
        ("#2f9e44", "green"),
        ("#1971c2", "blue"),
        ("#f08c00", "orange"),
        ("#ffd8a8", "orange"),
        ("#ffec99", "yellow"),
        ("#b2f2bb", "green"),
        ("#a5d8ff", "blue"),
        ("#d0bfff", "violet"),
        ("#fcc2d7", "pink"),
        ("#99e9f2", "teal"),
        ("#e9ecef", "grey"),
        ("red", "red"),
        ("#aaa", "grey"),
        ("#a5d8ff00", ""),
        ("transparent", ""),
        ('"><script>', ""),
        ("url(#x)", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_a_colour_becomes_one_of_a_few_names(colour: object, name: str) -> None:
    assert hue(colour) == name


def test_a_part_says_its_kind() -> None:
    assert '<g data-kind="cache">' in drawn(box(customData={"kind": "cdn"}))
    assert '<g data-kind="service">' in drawn(box(customData={"kind": '"><script>'}))


def test_words_stand_line_by_line_and_are_only_words() -> None:
    svg = drawn(box(), words(text='<script>alert("1")</script>\n& co', containerId="a"))
    assert "<script" not in svg
    assert [line.text for line in parse(svg).iter("tspan")] == ['<script>alert("1")</script>', "& co"]


def test_words_that_are_wider_than_their_box_are_made_to_fit() -> None:
    size = {
        room: float(text.attrib["font-size"])
        for room in (160, 60)
        for text in parse(drawn(box(width=room), words(text="Load balancer", containerId="a"))).iter("text")
    }
    assert size[60] < size[160] == 20


@pytest.mark.parametrize("text", ["", "\n", " ", "API"])
@pytest.mark.parametrize("width", [0, 5, 12, 13, -40])
def test_a_form_may_be_narrower_than_its_padding(text: str, width: float) -> None:
    assert parse(drawn(box(width=width), box("b"), words(text=text, containerId="a", width=0)))


def test_words_on_an_arrow_come_last_with_a_gap_behind_them() -> None:
    svg = parse(drawn(words(text="read", containerId="w"), arrow(), box()))
    assert [element.tag for element in svg][-2:] == ["rect", "text"]
    assert svg[-1].attrib["class"] == "said"


LONG = "GET /code answers 301, kept in a cache for an hour"


def between(text: str, *boxes: dict[str, Any], x: float = 230.0, y: float = 40.0) -> ET.Element:
    """The words of an arrow, as wide as the editor lets them be, with their middle here; drawn among boxes."""
    label = words(text=text, x=x - 110, y=y - 37.5, width=220, height=75, containerId="w")
    svg = parse(drawn(*boxes, arrow(), label))
    gap, said = svg[-2], svg[-1]
    assert (gap.attrib["class"], said.attrib["class"]) == ("gap", "said")
    return svg


def rows_of(svg: ET.Element) -> list[str]:
    return [row.text or "" for row in svg[-1].iter("tspan")]


def extent(svg: ET.Element) -> tuple[float, float, float, float]:
    """From where to where the words go: the gap behind them is nine tenths as wide."""
    x, y, w, h = (float(svg[-2].attrib[name]) for name in ("x", "y", "width", "height"))
    return x - w / 18, y, x + w + w / 18, y + h


def test_long_words_on_an_arrow_are_broken_where_they_would_lie_over_a_box() -> None:
    svg = between("GET /code, hits only", box(), box("b", x=300))
    left, top, right, bottom = extent(svg)
    assert rows_of(svg) == ["GET /code,", "hits only"]
    assert left >= 160
    assert right <= 300
    assert (top + bottom) / 2 == pytest.approx(40)
    assert svg[-1].find("title") is None


def test_words_that_fit_nowhere_are_cut_and_told_in_full() -> None:
    svg = between(LONG, box(), box("b", x=260), x=210)
    left, _, right, _ = extent(svg)
    assert rows_of(svg)[-1].endswith("…")
    assert len(rows_of(svg)) == 4
    assert svg[-1].findtext("title") == LONG
    assert 160 <= left < right <= 260


def test_words_between_boxes_one_above_the_other_go_beside_each_other() -> None:
    svg = between("GET /code,\nhits only", box(x=150, y=-60), box("b", x=150, y=60))
    _, top, _, bottom = extent(svg)
    assert rows_of(svg) == ["GET /code, hits only"]
    assert 20 <= top < bottom <= 60


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (box(y=200), box("b", x=300, y=200)),
        (box(x=0, width=600, y=-100, height=300), box("b", x=20, width=60), box("c", x=500, width=60)),
        (box(x=160, width=140),),
        (box(opacity=0), box("b", x=300, opacity=0)),
    ],
    ids=["alone", "below", "in an area", "under it", "unseen"],
)
def test_words_that_no_box_is_beside_stay_as_the_editor_broke_them(boxes: tuple[dict[str, Any], ...]) -> None:
    svg = between(LONG.replace(", ", ",\n"), *boxes)
    assert rows_of(svg) == LONG.replace(", ", ",\n").split("\n")
    assert svg[-1].attrib["font-size"] == "20"


def test_words_on_arrows_of_a_crowd_are_bounded_in_time() -> None:
    crowd: list[Any] = [box(f"b{i}", x=i % 20 * 200, y=i // 20 * 120) for i in range(500)]
    for i in range(950):
        crowd += [arrow(f"w{i}"), words(f"t{i}", ("w" * 200 + " i ") * 8, containerId=f"w{i}", x=i * 4, y=i)]
    start = process_time()
    assert len(draw({"elements": crowd}, title="Board")) < 4_000_000
    assert process_time() - start < 5


@pytest.mark.parametrize("kind", ["image", "iframe", "embeddable", "hologram", "selection"])
def test_pictures_and_pages_of_others_are_refused(kind: str) -> None:
    assert drawn(box(type=kind, link="https://example.com/", fileId="f")) == ""


def test_a_line_that_closes_is_filled() -> None:
    area = {"id": "l", "type": "line", "x": 0, "y": 0, "points": [[0, 0], [90, 0], [40, 70], [0, 0]]}
    assert 'data-fill="green"' in drawn({**area, "backgroundColor": "#b2f2bb"})


@pytest.mark.parametrize(
    "scene",
    [
        "",
        "{}",
        "[]",
        "null",
        "no json",
        '{"elements": 5}',
        '{"elements": [1, null, "x", [], {}]}',
        "[" * 100_000,
        " " * 3_000_000,
        '{"elements": [' + json.dumps(box(isDeleted=True)) + "]}",
    ],
    ids=range(10),
)
def test_what_is_no_scene_draws_nothing(scene: str) -> None:
    assert draw(scene, title="Board") == ""


def test_numbers_that_are_none_are_nothing() -> None:
    text = json.dumps({"elements": [box(), box("b", x=1)]}).replace('"x": 1', '"x": 1e308')
    text = text.replace('"y": 0', '"y": NaN', 1)
    assert parse(draw(text, title="Board")).attrib["viewBox"] == "-12 -12 184 104"
    assert drawn(box(width=10**400, height=True)) == ""


@pytest.mark.parametrize("field", FIELDS.split())
@pytest.mark.parametrize("value", [[1], {"a": 1}, "x", 1e999, -1, None, True, "\ud800", [[1, [2]], [3, "y"]]])
def test_no_field_of_any_kind_is_trusted(field: str, value: Any) -> None:
    for element in (box(), words(), arrow(roundness={"type": 2}), {**arrow(), "type": "freedraw"}, box(type="frame")):
        draw({"elements": [box("other"), {**element, field: value}]}, title="Board").encode()


def test_a_stray_element_does_not_make_the_rest_too_small_to_see() -> None:
    assert drawn(box(), box("b", x=900_000)) == drawn(box())


def test_a_very_large_board_is_shown_smaller() -> None:
    svg = parse(drawn(box(), box("b", x=20_000), box("c", y=20_000)))
    assert float(svg.attrib["width"]) <= 2400
    assert float(svg.attrib["height"]) <= 3200


def test_a_crowd_is_bounded_in_time_and_size() -> None:
    wild = [[i, i % 7] for i in range(5_000)]
    crowd = [box(f"b{i}", x=i % 100 * 200, y=i // 100 * 120) for i in range(3_000)]
    crowd += [{"id": f"f{i}", "type": "freedraw", "x": 0, "y": 0, "points": wild} for i in range(200)]
    crowd += [words(f"t{i}", "long " * 4_000) for i in range(300)]
    text = json.dumps({"elements": crowd[::-1]})
    start = perf_counter()
    svg = draw(text, title="Board")
    assert len(svg) < 4_000_000
    assert perf_counter() - start < 5


names = st.sampled_from(FIELDS.split())
kinds = st.sampled_from(["rectangle", "ellipse", "diamond", "text", "arrow", "line", "freedraw", "frame", "image"])
wild_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | kinds,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
elements = st.builds(
    lambda kind, key, fields: {"id": key, "type": kind, "width": 50, "height": 30, **fields},
    kinds,
    st.text(min_size=1, max_size=4),
    st.dictionaries(names, wild_values, max_size=8),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(elements | wild_values, max_size=8))
def test_whatever_a_scene_holds_it_is_drawn_or_left_out(scene: list[Any]) -> None:
    svg = draw({"elements": scene}, title="Board")
    assert svg == draw({"elements": scene}, title="Board")
    if svg:
        svg.encode()
        parse(svg)
        assert "nan" not in svg.lower().split("<title>")[0]
        assert not re.search(r'="[^"]*\b(?:nan|inf)\b[^"]*"', svg)


wild_fields = st.dictionaries(names.filter(lambda name: name not in ("id", "containerId")), wild_values, max_size=3)
rooms = st.one_of(st.integers(-20, 40), st.floats(0, 40), wild_values)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["rectangle", "diamond", "ellipse", "frame", "arrow"]), rooms, st.data())
def test_words_in_a_form_of_any_width_are_drawn_or_left_out(kind: str, width: Any, data: st.DataObject) -> None:
    held = words(text=data.draw(st.sampled_from(["", " ", "\n", "API", "\u4e2d"])), containerId="a")
    holder = box(**{"type": kind, "width": width, **data.draw(wild_fields)})
    svg = draw({"elements": [box("b"), holder, {**held, **data.draw(wild_fields)}]}, title="Board")
    if svg:
        svg.encode()
        parse(svg)
        assert not re.search(r'="[^"]*\b(?:nan|inf)\b[^"]*"', svg)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(BOARDS), st.data())
def test_a_board_with_any_field_spoilt_is_still_drawn(path: Path, data: st.DataObject) -> None:
    scene = json.loads(path.read_text())
    spoilt = data.draw(st.sampled_from([element for element in scene["elements"] if isinstance(element, dict)]))
    spoilt[data.draw(names)] = data.draw(wild_values)
    svg = draw(scene, title="Board")
    if svg:
        svg.encode()
        parse(svg)
