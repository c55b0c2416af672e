import pytest

from scoring.engine import diagram, flows, guards, text
from scoring.engine.matchers import _mentions

MERMAID = """```mermaid
flowchart LR
  subgraph edge
    C([Client]) -->|POST| A[Paste service] & E[CDN]
  end
  E --> A -.events.-> Q[[Queue]]
  A --> T[(Metadata table)]
  A -- body --> B[(Object store)]
```"""
ASCII = """```
client -> CDN -+-> [paste service] --miss--> (object store)
               +-> Postgres
```"""


def drawing(body, prepared):
    section = text.read_section("high_level_design", body)
    return section, diagram.graphs(section, prepared.namer)


def edges(graph):
    return {(graph.nodes[e.source].label, graph.nodes[e.target].label) for e in graph.edges}


def test_mermaid_becomes_a_graph(prepared):
    _, (graph,) = drawing(MERMAID, prepared)
    assert {
        ("Client", "Paste service"),
        ("Client", "CDN"),
        ("CDN", "Paste service"),
        ("Paste service", "Queue"),
    } <= edges(graph)
    assert graph.nodes["B"].components == {"blobs"}


def test_boxes_and_arrows_become_a_graph(prepared):
    _, (graph,) = drawing(ASCII, prepared)
    assert {
        ("client", "CDN"),
        ("CDN", "paste service"),
        ("paste service", "object store"),
        ("CDN", "Postgres"),
    } <= edges(graph)


@pytest.mark.parametrize("body", [MERMAID, ASCII, "client → CDN → paste service → object store"])
def test_a_path_may_pass_through_other_parts(body, prepared):
    section, (graph, *_) = drawing(body, prepared)
    found = flows.in_graph(prepared.flows["create"], graph, prepared.namer, prepared.kinds, section.text)
    assert found.strength == flows.DRAWN
    (quote,) = found.evidence
    assert quote.quote == section.text[quote.start : quote.end]


def test_joined_boxes_without_direction_are_next_to_nothing(prepared):
    body = "```mermaid\nflowchart LR\n  Client --- API --- S3\n```"
    section, (graph,) = drawing(body, prepared)
    found = flows.in_graph(prepared.flows["create"], graph, prepared.namer, prepared.kinds, section.text)
    assert found.strength < 0.2


def test_unconnected_boxes_are_no_path(prepared):
    body = "```mermaid\nflowchart LR\n  Client --> API\n  X --> S3\n```"
    section, (graph,) = drawing(body, prepared)
    found = flows.in_graph(prepared.flows["create"], graph, prepared.namer, prepared.kinds, section.text)
    assert found.strength < 0.5


def told(body, prepared):
    section = text.read_section("high_level_design", body)
    rows = guards.judge(text.Document({section.key: section}), guards.Prompts(()))[section.key]
    return flows.in_prose(prepared.flows["create"], rows, [_mentions(prepared, j) for j in rows], section)


def test_a_path_told_in_prose_is_found(prepared):
    found = told("The client calls the API. The API writes the body to the object store and answers.", prepared)
    assert found.strength > 0.7


@pytest.mark.parametrize(
    "body", ["Object store, API, client.", "There is a database. Nothing else is known about it at all."]
)
def test_names_without_a_way_are_no_path(body, prepared):
    assert told(body, prepared).strength < 0.5


def test_a_longer_name_hides_the_shorter_one(prepared):
    assert prepared.namer.components("metadata table") == {"table"}
    assert prepared.namer.components("app server cache") == {"api"}
