import pytest

from scoring.engine import flows, guards, text
from scoring.engine.graph import drawn
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
    return section, drawn.graphs(section, prepared.namer)


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


GROUPED = """```mermaid
flowchart LR
  Client --> backend
  subgraph backend[Paste service]
    A[Handlers] --> B[(Object store)]
  end
```"""


def test_a_path_may_lead_into_a_group_and_on_from_what_it_holds(prepared):
    section, (graph,) = drawing(GROUPED, prepared)
    found = flows.in_graph(prepared.flows["create"], graph, prepared.namer, prepared.kinds, section.text)
    assert found.strength == flows.DRAWN


def test_text_beside_an_arrow_is_what_it_says(prepared):
    _, (graph,) = drawing(ASCII, prepared)
    assert [(e.source, e.label) for e in graph.edges if e.label] == [("paste servic", "miss")]


def test_a_quote_holds_the_lines_of_the_parts_asked_for(prepared):
    section, (graph,) = drawing(MERMAID, prepared)
    quoted = drawn.quote(graph, section.text, ["T", "B"])
    assert quoted.quote == "A --> T[(Metadata table)]\n  A -- body --> B[(Object store)]"
    assert quoted.quote == section.text[quoted.start : quoted.end]


def test_lines_of_a_flowchart_can_be_told_without_its_signs(prepared):
    section, (graph,) = drawing(MERMAID, prepared)
    line = "A -- body --> B[(Object store)]"
    start = section.text.index(line)
    assert drawn.in_words(graph, start, start + len(line)) == "Paste service → Object store: body"
    assert drawn.in_words(graph, start + len("A -- body --> "), start + len(line)) == "Object store"
    told = drawn.in_words(graph, 0, len(section.text))
    assert told.startswith("Client → Paste service: POST; Client → CDN: POST; CDN → Paste service; ")
