"""The board over HTTP: Mermaid in and out, and what of it is there without script."""

import json
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from interview.clock import Mode
from interview.models import Session
from scoring.engine.graph import excalidraw, mermaid, scene
from tests.interview.factories import NOON, make_session, write

pytestmark = pytest.mark.django_db

FLOWCHART = """flowchart LR
  subgraph region [Region]
    api[API] -->|reads| cache[(Redis cache)]
  end
  browser[Browser] --> api
  api -.-> queue>Queue]
"""


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, session: Session, text: str) -> Any:
    return client.post(reverse("interview:read_mermaid", args=[session.pk]), {"text": text})


def written(client: Client, session: Session, text: str) -> Any:
    return client.post(reverse("interview:write_mermaid", args=[session.pk]), {"scene": text})


def test_a_flowchart_becomes_a_graph(client: Client, noon: Any, session: Session) -> None:
    graph = read(client, session, FLOWCHART).json()
    assert {node["label"] for node in graph["nodes"]} == {"API", "Redis cache", "Browser", "Queue"}
    assert [group["label"] for group in graph["groups"]] == ["Region"]
    assert {"from": "api", "to": "cache", "label": "reads", "loose": False, "later": False} in graph["edges"]
    assert next(edge for edge in graph["edges"] if edge["to"] == "queue")["later"] is True
    assert next(node for node in graph["nodes"] if node["id"] == "cache") == {
        "id": "cache",
        "label": "Redis cache",
        "kind": "cache",
        "group": "region",
    }


def test_the_fence_around_a_flowchart_is_no_part_of_it(client: Client, noon: Any, session: Session) -> None:
    bare, fenced = (read(client, session, text).json() for text in (FLOWCHART, f"```mermaid\n{FLOWCHART}```\n"))
    assert fenced == bare


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing to read yet"),
        ("```mermaid\n```", "nothing to read yet"),
        ("sequenceDiagram\n  A->>B: hello", "This is a sequence diagram"),
        ("%% a note\nstateDiagram-v2\n  [*] --> On", "This is a state diagram"),
        ("flowchart LR", "No part was found"),
        ("x" * 60_001, "1 character too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    client: Client, noon: Any, session: Session, text: str, why: str
) -> None:
    response = read(client, session, text)
    assert response.status_code == 200
    assert why in response.json()["error"]


def test_a_flowchart_that_is_too_large_is_refused(client: Client, noon: Any, session: Session) -> None:
    text = "flowchart LR\n" + "\n".join(f"  n{number}[Part {number}]" for number in range(400))
    assert "at most 300 parts" in read(client, session, text).json()["error"]


def test_a_board_becomes_the_flowchart_that_is_handed_in(client: Client, noon: Any, session: Session) -> None:
    text = json.dumps(excalidraw.write(mermaid.read(FLOWCHART)))
    answer = written(client, session, text).json()["text"]
    assert answer == mermaid.write(scene.read(text).graph)
    assert "Redis cache" in answer


@pytest.mark.parametrize("text", ["", "{", '{"elements": []}'])
def test_an_empty_board_has_no_flowchart(client: Client, noon: Any, session: Session, text: str) -> None:
    response = written(client, session, text)
    assert response.status_code == 200
    assert "Nothing is on the board yet" in response.json()["error"]


def test_the_room_holds_the_board_once_for_both_steps_that_draw(client: Client, noon: Any, session: Session) -> None:
    page = client.get(reverse("interview:room", args=[session.pk])).content.decode()
    assert page.count('data-part="board"') == 1
    assert page.count('class="boardplace"') == 2
    assert reverse("interview:save_part", args=[session.pk, "high_level_design", "board"]) in page


def test_a_drill_of_another_step_has_no_board(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.ONE_STEP, step="wrap_up")
    page = client.get(reverse("interview:room", args=[session.pk])).content.decode()
    assert 'data-part="board"' not in page
    assert 'data-side="outline"' not in page
    assert 'id="transfer"' not in page


def test_a_drill_of_the_deep_dive_keeps_its_board_there(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.ONE_STEP, step="deep_dive")
    page = client.get(reverse("interview:room", args=[session.pk])).content.decode()
    assert reverse("interview:save_part", args=[session.pk, "deep_dive", "board"]) in page


def test_strict_closes_the_board_until_a_step_that_draws(client: Client, noon: Any, alice: User) -> None:
    session = make_session(alice, mode=Mode.STRICT)
    page = client.get(reverse("interview:room", args=[session.pk])).content.decode()
    assert "data-closed" in page


@pytest.mark.parametrize("step", ["high_level_design", "deep_dive"])
def test_without_script_the_board_is_there_as_its_flowchart(
    client: Client, noon: Any, session: Session, step: str
) -> None:
    text = json.dumps(excalidraw.write(mermaid.read("flowchart LR\n a[Phone] --> b[Hub]")))
    write(session, text, step="high_level_design", part="board", now=NOON)
    page = client.get(reverse("interview:room", args=[session.pk]), {"step": step}).content.decode()
    assert page.count("Your board so far, as a flowchart") == 1
    editor = page.split(f'id="editor-{step}"')[1].split("</section>")[0]
    assert "&quot;Phone&quot;" in editor.split("Your board so far")[1].split("</pre>")[0]


@pytest.mark.parametrize("step", ["requirements", "deep_dive"])
def test_the_room_reads_its_board_once(
    client: Client, noon: Any, session: Session, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.dumps(excalidraw.write(mermaid.read("flowchart LR\n a[Phone] --> b[lamps]")))
    write(session, text, step="high_level_design", part="board", now=NOON)
    write(session, "lamps = 10M lamps", step="estimation", part="sheet", now=NOON)
    whole = Mock(wraps=scene.read)
    monkeypatch.setattr(scene, "read", whole)
    client.get(reverse("interview:room", args=[session.pk]), {"step": step})
    assert [call.args for call in whole.call_args_list] == [(text,)]
