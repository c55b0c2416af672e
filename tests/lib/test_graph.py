"""Drawn diagrams: right for ordinary ones, standing for odd ones."""

import itertools
import xml.etree.ElementTree as ET
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.svg import layout
from lib.svg.graph import MAX_NODES, Edge, Node, draw
from lib.svg.shapes import SHAPES, kind_of

CHAIN = [Node("c", "Client", "client"), Node("a", "API"), Node("s", "Store", "database")]
LINKS = [Edge("c", "a", "GET /code"), Edge("a", "s", "read")]


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def boxes(svg: str) -> dict[str, tuple[float, float]]:
    """Label → where its first line stands."""
    found = {}
    for group in parse(svg).iter("g"):
        text = group.findall("text")
        found[" ".join(t.text or "" for t in text)] = (float(text[0].attrib["x"]), float(text[0].attrib["y"]))
    return found


def test_a_chain_reads_from_left_to_right():
    at = boxes(draw(CHAIN, LINKS))
    assert at["Client"][0] < at["API"][0] < at["Store"][0]


def test_a_chain_can_read_from_the_top():
    at = boxes(draw(CHAIN, LINKS, direction="TD"))
    assert at["Client"][1] < at["API"][1] < at["Store"][1]


def test_the_drawing_says_in_words_what_it_shows():
    svg = parse(draw(CHAIN, LINKS, title="Answer, step 3"))
    assert svg.attrib["role"] == "img"
    assert svg.findtext("title") == "Answer, step 3"
    assert svg.findtext("desc") == "Client → API → Store."
    assert svg.attrib["aria-label"] == "Answer, step 3: Client → API → Store."


def test_nothing_is_styled_inline():
    svg = draw(CHAIN, LINKS)
    assert "style" not in svg
    assert " id=" not in svg  # so that two drawings on a page never collide


def test_labels_are_text_and_stay_text():
    svg = draw([Node("x", '<script>alert("1")</script>'), Node("y", "a & b")], [Edge("x", "y", "<b>")])
    assert "<script" not in svg
    assert "<b>" not in svg
    texts = [text.text for text in parse(svg).iter("text")]
    assert "a & b" in texts
    assert "<b>" in texts


def test_long_labels_are_wrapped_and_the_box_holds_them():
    svg = parse(draw([Node("x", "a very long name of a service that goes on and on and on")], []))
    lines = [text.text or "" for text in svg.iter("text")]
    assert 1 < len(lines) <= 3
    assert all(len(line) <= 20 for line in lines)


@pytest.mark.parametrize("kind", SHAPES)
def test_every_kind_has_a_shape_of_its_own(kind):
    drawn = {other: shape(0, 0, 120, 40) for other, shape in SHAPES.items()}
    assert list(drawn.values()).count(drawn[kind]) == 1


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Load Balancer", "gateway"),
        ("object-store", "storage"),
        ("CDN", "cache"),
        ("search_index", "database"),
        ("?", "service"),
    ],
)
def test_words_for_kinds_are_understood(word, kind):
    assert kind_of(word) == kind


def test_parts_without_links_are_drawn_and_named():
    svg = draw([*CHAIN, Node("m", "Metrics")], LINKS)
    assert "Metrics" in boxes(svg)
    assert parse(svg).findtext("desc") == "Client → API → Store. Alone: Metrics."


def test_separate_parts_of_a_graph_do_not_overlap():
    svg = draw([Node(str(i), f"N{i}") for i in range(6)], [Edge("0", "1"), Edge("2", "3"), Edge("4", "5")])
    rows = sorted({y for _, y in boxes(svg).values()})
    assert len(rows) == 3
    assert all(below - above >= 36 for above, below in itertools.pairwise(rows))


def test_a_link_there_and_back_is_one_wire_with_two_heads():
    svg = parse(draw(CHAIN[:2], [Edge("c", "a", "ask"), Edge("a", "c", "answer")]))
    assert len(svg.findall("path[@class='wire']")) == 1
    assert len(svg.findall("path[@class='head']")) == 2
    assert "ask · answer" in [text.text for text in svg.iter("text")]


def test_links_to_nowhere_are_left_out():
    svg = parse(draw(CHAIN, [*LINKS, Edge("c", "ghost"), Edge("ghost", "s")]))
    assert len(svg.findall("path[@class='wire']")) == 2


def test_a_dashed_link_is_drawn_dashed():
    svg = parse(draw(CHAIN[:2], [Edge("c", "a", dashed=True)]))
    wire = svg.find("path[@class='wire']")
    assert wire is not None
    assert wire.attrib["stroke-dasharray"] == "5 4"


def test_nothing_draws_nothing():
    assert draw([], [Edge("a", "b")]) == ""


def test_a_crowd_is_cut_and_says_so():
    svg = parse(draw([Node(str(i)) for i in range(MAX_NODES + 5)], []))
    assert len(list(svg.iter("g"))) == MAX_NODES
    assert (svg.findtext("desc") or "").endswith("And 5 parts more, not drawn.")


def test_the_same_graph_gives_the_same_drawing():
    assert draw(CHAIN, LINKS) == draw(list(CHAIN), list(LINKS))


def test_forty_parts_are_drawn_in_a_tenth_of_a_second():
    nodes = [Node(str(i), f"Service {i}") for i in range(40)]
    edges = [Edge(str(i), str((i * 7 + 3) % 40), "reads") for i in range(40)] + [
        Edge(str(i), str((i * 11 + 5) % 40)) for i in range(40)
    ]
    draw(nodes, edges)
    start = process_time()
    draw(nodes, edges)
    assert process_time() - start < 0.1


small = st.integers(min_value=0, max_value=14)


@given(st.lists(st.tuples(small, small), max_size=50))
@settings(max_examples=150, deadline=None)
def test_circles_are_broken_and_no_link_is_lost(pairs):
    result = layout.acyclic(pairs)
    assert {frozenset(pair) for pair in result} == {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    after: dict[int, set[int]] = {}
    for start, end in result:
        after.setdefault(start, set()).add(end)
    # Kahn: taking away what nothing points to must empty an acyclic graph.
    nodes = {node for pair in result for node in pair}
    while nodes:
        free = nodes - {end for start in nodes for end in after.get(start, ())}
        assert free, pairs
        nodes -= free


@given(st.permutations(range(10)), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_links_that_close_no_circle_keep_their_direction(order, pairs):
    forward = {(order[min(pair)], order[max(pair)]) for pair in pairs if pair[0] != pair[1]}
    assert layout.acyclic(forward) == sorted(forward)


@given(
    st.lists(st.builds(Node, st.text(max_size=6), st.text(max_size=60), st.text(max_size=12)), max_size=16),
    st.lists(st.tuples(small, small, st.text(max_size=40), st.booleans()), max_size=40),
    st.sampled_from(["LR", "TD"]),
)
@settings(max_examples=150, deadline=None)
def test_odd_input_is_drawn_as_well_formed_svg(nodes, links, direction):
    pick = [node.id for node in nodes] or [""]
    edges = [Edge(pick[a % len(pick)], pick[b % len(pick)], label, dashed) for a, b, label, dashed in links]
    svg = draw(nodes, edges, direction=direction)
    if not nodes:
        assert svg == ""
        return
    root = parse(svg)
    svg.encode()  # no half characters that would break the response
    assert len(list(root.iter("g"))) == len({node.id for node in nodes})
    _, _, width, height = (float(value) for value in root.attrib["viewBox"].split())
    for x, y in ((float(t.attrib["x"]), float(t.attrib["y"])) for t in root.iter("text")):
        assert 0 <= x <= width
        assert -20 <= y <= height + 20
