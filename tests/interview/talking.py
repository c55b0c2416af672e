"""A question about lamps with something to ask and to be asked, and a board to be asked about."""

import json
from typing import Any

from accounts.models import User
from interview import flow
from interview.clock import Mode
from interview.models import Session
from scoring.engine.graph import scene
from scoring.engine.graph.types import Edge, Graph, Node
from tests.catalog.factories import make_question
from tests.interview.factories import NOON

HUBS = "Phones talk to a hub in each house. " * 6
CLARIFICATIONS = [
    {"key": "lamps", "ask": ["How many lamps are there?"], "answer": "There are {lamps}.", "matters": True},
    {"key": "delay", "ask": ["How soon does a lamp have to shine?"], "answer": "Within 200 ms.", "terms": ["latency"]},
    {"key": "homes", "ask": ["Do lamps of one home belong together?"], "answer": "Yes, a home is switched at once."},
    {"key": "colours", "ask": ["Do lamps have colours?"], "answer": "White is enough."},
]
PROBES: list[dict[str, Any]] = [
    {"key": "hub_dies", "says": "A hub dies. Who of the {lamps} stays dark?", "has": ["hub"]},
    {"key": "phone_lost", "says": "A phone is lost. Who switches then?", "has": ["phone"]},
    {"key": "many_homes", "says": "A hub serves two homes. What mixes?", "has": ["hub"], "presupposes": ["homes"]},
]
CURVEBALLS = [
    {
        "key": "outages",
        "says": "From today lamps must work during an outage of the network.",
        "requirement": "Without a network lamps may stay as they are, all {lamps} of them.",
        "changes": "The hubs.",
        "keeps": "The rest.",
        "presupposes": ["outages"],
    },
]


def lamp_session(user: User, *, mode: Mode = Mode.INTERVIEW, **fields: Any) -> Session:
    question = make_question(clarifications=CLARIFICATIONS, probes=PROBES, curveballs=[*CURVEBALLS, second()])
    return flow.start(user, question=question, mode=mode, now=NOON, **fields)


def second() -> dict[str, Any]:
    return {**CURVEBALLS[0], "key": "thieves", "says": "From today lamps may be stolen.", "presupposes": ["outages"]}


def board(*labels: str) -> str:
    """A board with these boxes in a row."""
    nodes = {str(place): Node(label) for place, label in enumerate(labels)}
    edges = [Edge(str(place), str(place + 1)) for place in range(len(labels) - 1)]
    return json.dumps(scene.write(Graph(nodes=nodes, edges=edges)))
