"""Flowcharts: read as people write them, and written so that nothing is lost."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine.graph import mermaid
from scoring.engine.graph.types import MAX_EDGES, MAX_NODES, Edge, Graph, Node
from tests.scoring.engine.graph.alike import as_written, assert_same
from tests.scoring.engine.graph.strategies import graphs

DESIGN = """flowchart LR
  n1(["Phone"])
  n2{{"Feed"}}:::gateway
  subgraph g1["Home (EU)"]
    n3[("Posts #quot;hot#quot;")]
    subgraph g2["Cold"]
      n4[("Archive")]
    end
  end
  n1 -->|"GET /feed; then #37;#37;"| n2
  n2 <--> n3
  n3 -.->|"nightly"| n4
  n2 --- n4
  n1 -.- g1
"""


def test_a_design_is_written_as_it_was_read():
    assert mermaid.write(mermaid.read(DESIGN)) == DESIGN


def test_a_design_is_read_for_what_it_says():
    graph = mermaid.read(DESIGN)
    assert graph.nodes["n3"].label == 'Posts "hot"'
    assert (graph.nodes["n2"].kind, graph.nodes["n4"].group, graph.groups["g2"].group) == ("gateway", "g2", "g1")
    assert graph.edges == [
        Edge("n1", "n2", label="GET /feed; then %%"),
        Edge("n2", "n3"),
        Edge("n3", "n2"),
        Edge("n3", "n4", label="nightly", later=True),
        Edge("n2", "n4", loose=True),
        Edge("n1", "g1", loose=True, later=True),
    ]


@settings(deadline=None)
@given(graphs())
def test_any_graph_survives_being_written(graph):
    again = mermaid.read(mermaid.write(graph)).bare()
    assert_same(again, as_written(graph))
    assert again.edges == as_written(graph).edges


@settings(deadline=None)
@given(graphs())
def test_what_is_written_is_always_the_same(graph):
    written = mermaid.write(graph)
    assert mermaid.write(mermaid.read(written)) == written


@settings(deadline=None)
@given(graphs())
def test_every_part_and_edge_is_found_where_it_stands(graph):
    written = mermaid.write(graph)
    text = f"Some words before.\n{written}"
    read = mermaid.read(written, section="deep_dive", start=text.index("flowchart"))
    assert text[read.start : read.end] == written
    for key, node in read.nodes.items():
        assert text[node.start : node.end].startswith(f"{key}")
    for edge in read.edges:
        assert {edge.source, edge.target} <= set(text[edge.start : edge.end].split())


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ('A["Cart; (v2) --> [x]"] --> B', {"Cart; (v2) --> [x]", "B"}),
        ('A[5" disk] --> B[6" disk]', {'5" disk', '6" disk'}),
        ("A[(Orders<br/>by day)] --> B", {"Orders by day", "B"}),
        ('A["`a *b*`"] --> B', {"a *b*", "B"}),
        ("end-user --> B", {"end-user", "B"}),
        ("A --> B %% C --> D", {"A", "B"}),
        ("A --> B; C", {"A", "B", "C"}),
        ('A[" "] --> B', {"", "B"}),
    ],
)
def test_labels_are_read_as_they_are_meant(line, labels):
    assert {node.label for node in mermaid.read(f"flowchart LR\n{line}").nodes.values()} == labels


def lines(*rows: str) -> Graph:
    return mermaid.read("\n".join(["flowchart TD", *rows]))


def test_parts_belong_to_the_subgraph_that_names_them_first():
    graph = lines("A --> B", "subgraph one", "B --> C", "end", "subgraph two", "C --> D", "end")
    assert {key: node.group for key, node in graph.nodes.items()} == {"A": "", "B": "one", "C": "one", "D": "two"}


def test_an_empty_subgraph_that_is_called_is_a_plain_part():
    graph = lines("A --> db", "subgraph db[Database]", "end", "subgraph nobody", "end")
    assert graph.groups == {}
    assert (graph.nodes["db"].label, graph.nodes["db"].kind) == ("Database", "database")


def test_a_box_called_like_its_subgraph_is_still_a_box():
    graph = lines("subgraph cache", "cache[(Redis)]", "end", "A --> cache")
    assert (graph.nodes["cache"].label, graph.groups[graph.nodes["cache"].group].label) == ("Redis", "cache")


def test_a_group_is_reached_as_a_whole_and_left_from_anywhere_within():
    graph = lines("A --> G", "subgraph G", "subgraph H", "B", "end", "C", "end", "G --> D")
    reached = graph.neighbours()
    assert reached["A"] == {"G"}
    assert reached["G"] == {"B", "C", "D"}
    assert reached["B"] == reached["C"] == {"D"}
    assert graph.connected() == {"A", "B", "C", "D", "G"}
    assert set(graph.parts) == {"A", "B", "C", "D", "G"}


def test_groups_that_are_never_called_are_no_parts():
    graph = lines("subgraph G", "A --> B", "end")
    assert set(graph.parts) == {"A", "B"}


def test_a_graph_that_names_missing_groups_and_parts_is_written_without_them():
    graph = Graph(nodes={"a": Node("A", group="gone")}, edges=[Edge("a", "lost")])
    assert mermaid.write(graph) == 'flowchart LR\n  n1("A")\n'


LONG = [
    "flowchart LR\n" + "\n".join(f"a{n} --> b{n}" for n in range(9000)),
    "flowchart LR\n" + " & ".join(f"a{n}" for n in range(80)) + " --> " + " & ".join(f"b{n}" for n in range(80)),
    "flowchart LR\n" + "subgraph s\n" * 5000 + "A --> B",
    "flowchart LR\n" + "A[" * 9000,
    "flowchart LR\nA " + "-- x " * 6000,
    "flowchart LR\n" + '"' * 30000,
    "flowchart LR\n" + "\n".join(f"subgraph s{n}" for n in range(2000)) + "\nA --> B",
    "flowchart LR\n" + "A-." * 10000,
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_no_text_keeps_the_reader_long(text):
    begun = perf_counter()
    graph = mermaid.read(text)
    mermaid.write(graph)
    assert perf_counter() - begun < 2
    assert len(graph.nodes) <= 2 * MAX_NODES
    assert len(graph.edges) <= MAX_EDGES + 2


@settings(deadline=None)
@given(st.text(max_size=300), st.text(alphabet='AB[]()"|-.>x%;&#\n subgraphend', max_size=300))
def test_any_text_is_read_and_can_be_written(text, dense):
    for source in (text, f"flowchart LR\n{dense}"):
        graph = mermaid.read(source)
        again = mermaid.read(mermaid.write(graph))
        assert len(again.nodes) == len(graph.nodes)
        assert len(again.edges) == len(graph.edges)
