"""Arrows that no drawing may have, and parts that nothing is joined to."""

import pytest

from scoring.engine import edges
from tests.scoring.engine import own, samples
from tests.scoring.engine.test_matchers import context


def drawn(body, prepared, fence="mermaid"):
    return context(prepared, high_level_design=f"```{fence}\n{body}\n```")


@pytest.mark.parametrize(
    ("body", "fence", "line"),
    [
        ("flowchart LR\n  C[Client] --> A[API]\n  C --> T[(Postgres)]", "mermaid", "C --> T[(Postgres)]"),
        (
            "flowchart LR\n  C[Browser] -->|reads| B[(Object store)]",
            "mermaid",
            "C[Browser] -->|reads| B[(Object store)]",
        ),
        ("flowchart LR\n  C[Client] <--> T[(Metadata table)]", "mermaid", "C[Client] <--> T[(Metadata table)]"),
        ("client -> API -> Postgres\nclient -> object store", "", "client -> object store"),
        ("flowchart LR\n  C[Client]\n  B[(S3)]\n  A[API] --> B\n  C & A --> B", "mermaid", "C & A --> B"),
    ],
)
def test_a_forbidden_arrow_is_found_with_its_line(body, fence, line, prepared):
    (claimed,) = edges.find(drawn(body, prepared, fence))
    assert (claimed.charge.criterion, claimed.charge.mistake.cap, claimed.sure) == ("parts", 2.0, True)
    assert (claimed.evidence.quote, claimed.evidence.kind) == (line, "diagram")
    assert claimed.note.kind == "mistake"
    assert claimed.note.text == samples.EDGE["why"]


@pytest.mark.parametrize(
    "body",
    [
        "flowchart LR\n  C[Client] --> A[API] --> T[(Postgres)]",
        "flowchart LR\n  T[(Postgres)] --> C[Client]\n  C --> A[API]",
        "flowchart LR\n  C[Client] --- T[(Postgres)]\n  C --> A[API]",
        "flowchart LR\n  C[Client] -->|never directly| T[(Postgres)]\n  C --> A[API]",
        # A service for users is no user, and what stands behind a client is a server, whatever it is called.
        "flowchart LR\n  U[User service] --> T[(Postgres)]",
        "flowchart LR\n  U[User microservice] --> T[(Postgres)]",
        "flowchart LR\n  C[Client] --> U[User] --> T[(Postgres)]",
        "flowchart LR\n  C[Client] --> T[Database service]",
        "flowchart LR\n  C[Client with API] --> T[(Postgres)]",
        "sequenceDiagram\n  Client->>Postgres: reads\n  Client-->>Postgres: thanks",
    ],
)
def test_what_is_not_plainly_forbidden_is_let_pass(body, prepared):
    assert edges.find(drawn(body, prepared)) == []


def test_arrows_within_a_sentence_skip_what_goes_without_saying(prepared):
    assert (
        edges.find(context(prepared, high_level_design="Reading: client → CDN (hit) or client → object store.")) == []
    )


def test_an_arrow_drawn_twice_is_one_mistake(prepared):
    body = "flowchart LR\n  C[Client] --> T[(Postgres)]\n  C --> B[(Object store)]"
    assert len(edges.find(drawn(body, prepared))) == 1


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("flowchart LR\n  C[Client] --> A[API]\n  T[(Postgres)]", ["Postgres"]),
        ("flowchart LR\n  C[Client] --> A[API]\n  A --- T[(Postgres)]", []),
        ("flowchart LR\n  C[Client] --> A[API]\n  N[Two weeks of work]", []),
        ("flowchart LR\n  subgraph stores\n    T[(Postgres)]\n  end\n  A[API] --> stores", []),
        ("flowchart LR\n  subgraph stores\n    T[(Postgres)]\n  end\n  C[Client] --> A[API]", ["Postgres"]),
    ],
)
def test_a_part_that_nothing_is_joined_to_is_noted(body, labels, prepared):
    said = drawn(body, prepared)
    notes = edges.orphans(said)
    assert [note.text for note in notes] == [edges.ORPHAN.format(label=label) for label in labels]
    for note in notes:
        assert note.kind == "diagram"
        assert note.evidence
        assert note.evidence.quote in body


def test_an_answer_about_something_else_is_not_accused(prepared):
    said = drawn("flowchart LR\n  C[Client] --> T[(Postgres)]", prepared)
    said.topic_worth = 0
    assert edges.find(said) == []


@pytest.mark.parametrize("slug", own.SLUGS)
def test_our_own_drawings_have_neither(slug):
    for name, text in own.texts(slug):
        said = own.measured(slug, text, None).context
        assert edges.find(said) == [], name
        assert edges.orphans(said) == (), name
