"""The board and Mermaid, in and out: the one reader and the one writer of it stand on the server."""

import re
from typing import Any, Final
from uuid import UUID

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, member_required
from accounts.limits import rate_limited
from interview.forms import MermaidForm, SceneForm
from interview.views.found import mine
from scoring.engine.graph import mermaid, scene
from scoring.engine.graph.types import MAX_EDGES, MAX_NODES, Graph, Node

HOW: Final = "Begin with “flowchart LR”, then lines such as “a[Client] --> b[API]”."
# Other kinds of Mermaid, by their first word and as people call them.
OTHERS: Final = {
    "sequenceDiagram": "a sequence diagram",
    "classDiagram": "a class diagram",
    "erDiagram": "an entity-relationship diagram",
    "stateDiagram": "a state diagram",
    "gantt": "a Gantt chart",
    "pie": "a pie chart",
    "journey": "a user journey",
    "mindmap": "a mind map",
    "timeline": "a timeline",
    "gitGraph": "a Git graph",
    "C4Context": "a C4 diagram",
    "C4Container": "a C4 diagram",
    "architecture-beta": "an architecture diagram",
}
_FENCE: Final = re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE)
_FIRST_WORD: Final = re.compile(r"\A(?:\s|%%[^\n]*\n)*([\w-]+)")


@require_POST
@member_required
@rate_limited("board", "60/m")
def read_mermaid(request: SignedInRequest, pk: UUID) -> JsonResponse:
    """A Mermaid flowchart as a graph that the page puts on the board."""
    mine(request, pk)
    form = MermaidForm(request.POST)
    if not form.is_valid():
        return _refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    source = _FENCE.sub("", form.cleaned_data["text"])
    if not source.strip():
        return _refused(f"There is nothing to read yet. {HOW}")
    first = _FIRST_WORD.match(source)
    if first and (other := next((OTHERS[name] for name in OTHERS if first[1].startswith(name)), "")):
        return _refused(f"This is {other}; only flowcharts can go on the board. {HOW}")
    graph = mermaid.read(source)
    if not graph.nodes:
        return _refused(f"No part was found in it. {HOW}")
    if len(graph.nodes) > MAX_NODES or len(graph.edges) > MAX_EDGES:
        return _refused(f"A board has at most {MAX_NODES} parts and {MAX_EDGES:,} links. Bring in a smaller piece.")
    return JsonResponse(as_json(graph))


@require_POST
@member_required
@rate_limited("board", "60/m")
def write_mermaid(request: SignedInRequest, pk: UUID) -> JsonResponse:
    """The board as a Mermaid flowchart: the text that is handed in."""
    mine(request, pk)
    form = SceneForm(request.POST)
    if not form.is_valid():
        return _refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    graph = scene.read(form.cleaned_data["scene"]).graph
    if not graph.nodes:
        return _refused("Nothing is on the board yet that could be written down.")
    return JsonResponse({"text": mermaid.write(graph)})


def as_json(graph: Graph) -> dict[str, Any]:
    """What `fromGraph` of frontend/src/arrive.js takes."""
    return {
        "nodes": [{"kind": node.kind, **_named(key, node)} for key, node in graph.nodes.items()],
        "groups": [_named(key, group) for key, group in graph.groups.items()],
        "edges": [
            {
                "from": edge.source,
                "to": edge.target,
                "label": edge.label,
                "loose": edge.loose,
                "later": edge.later,
            }
            for edge in graph.edges
        ],
    }


def _named(key: str, node: Node) -> dict[str, str]:
    return {"id": key, "label": node.label, "group": node.group}


def _refused(why: str) -> JsonResponse:
    """An answer like any other: the page says why, and no browser logs it as a fault."""
    return JsonResponse({"error": why})
