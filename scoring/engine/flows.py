"""Does a request's path exist: in a drawing, where it may pass through other parts, or told in prose."""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from catalog.spec import Flow
from scoring.engine.graph.drawn import quote
from scoring.engine.graph.names import Namer
from scoring.engine.graph.types import Graph
from scoring.engine.guards import Judged
from scoring.engine.text import Section
from scoring.engine.types import Evidence

DRAWN: Final = 0.9
TOLD: Final = 0.85
BY_KIND: Final = 0.6
LOOSE: Final = 0.12
MAX_HOPS: Final = 4
MAX_TOLD_SENTENCES: Final = 4

_FLOW_VERB: Final = re.compile(
    r"""\b(calls?|sends?|forwards?|goes|go|comes|passes|pass|reads?|writes?|looks?|asks?|puts?|returns?|publishes|emits?|stores?|
    saves?|inserts?|hits?|checks?|fetch\w*|gets?|queries|routes?|pushes|push|opens?|redirects?|answers?|takes?|picks?|receives?|
    delivers?|connects?|lands?|through|via|appends?|persists?|enqueues?|consumes?|updates?|loads?|falls?|serves?|drops?)\b|→|->""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """How much of a path was found, and the words or lines that show it."""

    strength: float
    evidence: tuple[Evidence, ...] = ()


def path_of(flow: Flow) -> list[frozenset[str]]:
    return [frozenset(key.strip() for key in place.split("|")) for place in flow.path]


def in_graph(flow: Flow, graph: Graph, namer: Namer, kinds: Mapping[str, str], text: str) -> Found:
    """The best walk through a drawing; places matched by kind only are worth less, missing ones nothing."""
    path = path_of(flow)
    best = Found(0.0)
    for loose in (False, True):
        for by_kind in (False, True):
            legs, nodes = _walk(path, graph, kinds, by_kind=by_kind, loose=loose)
            strength = _worth(legs, len(path) - 1) * DRAWN * (BY_KIND if by_kind else 1.0) * (LOOSE if loose else 1.0)
            if strength > best.strength:
                best = Found(strength, (quote(graph, text, nodes),))
    return best


def _worth(legs: int, wanted: int) -> float:
    share = legs / wanted if wanted else 0.0
    return share if share == 1.0 else share * 0.6


def _walk(
    path: Sequence[frozenset[str]], graph: Graph, kinds: Mapping[str, str], *, by_kind: bool, loose: bool
) -> tuple[int, list[str]]:
    """The most consecutive legs of the path found one after another, and the nodes they pass."""
    next_to = graph.neighbours(loose)
    places = [_nodes_at(place, graph, kinds, by_kind=by_kind) for place in path]
    best: tuple[int, list[str]] = (0, [])
    for first in range(len(places) - 1):
        trails = {node: [node] for node in places[first]}
        for legs, place in enumerate(places[first + 1 :], start=1):
            onward: dict[str, list[str]] = {}
            for node, trail in trails.items():
                for target, way in _reach(node, place, next_to).items():
                    if target not in onward:
                        onward[target] = [*trail, *way]
            if not onward:
                break
            trails = onward
            if legs > best[0]:
                best = (legs, next(iter(onward.values())))
    return best


def _nodes_at(place: frozenset[str], graph: Graph, kinds: Mapping[str, str], *, by_kind: bool) -> list[str]:
    parts = graph.parts
    named = [key for key, part in parts.items() if part.components & place]
    if named or not by_kind:
        return named
    wanted = {kinds[key] for key in place if key in kinds}
    return [key for key, part in parts.items() if part.kind in wanted]


def _reach(start: str, goals: Iterable[str], next_to: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Goal node → the way to it, within a few hops. A part may play two roles, so the start may be a goal."""
    wanted = set(goals)
    found: dict[str, list[str]] = {start: []} if start in wanted else {}
    queue: deque[tuple[str, list[str]]] = deque([(start, [])])
    seen = {start}
    while queue:
        node, way = queue.popleft()
        if len(way) >= MAX_HOPS:
            continue
        for onward in sorted(next_to.get(node, ())):
            if onward in seen:
                continue
            seen.add(onward)
            if onward in wanted:
                found[onward] = [*way, onward]
            queue.append((onward, [*way, onward]))
    return found


def in_prose(flow: Flow, judged: Sequence[Judged], mentions: Sequence[Sequence[str]], section: Section) -> Found:
    """Component names in the path's order within a few neighbouring sentences, with a verb of moving."""
    path = path_of(flow)
    wanted = frozenset().union(*path)
    live = [
        (j, [key for key in named if key in wanted])
        for j, named in zip(judged, mentions, strict=True)
        if j.form not in ("copied", "list", "plan") and not j.denied
    ]
    best = Found(0.0)
    for first, (begin, names) in enumerate(live):
        if not names:
            continue
        keys: list[str] = []
        for last, (stop, more) in enumerate(live[first : first + MAX_TOLD_SENTENCES]):
            if stop.sentence.paragraph - begin.sentence.paragraph > 1:
                break
            keys += more
            legs = _in_order(path, keys) if more else 0
            strength = _worth(legs, len(path) - 1) * TOLD * (1.0 - 0.05 * last) * begin.worth
            if strength <= best.strength:
                continue
            start, end = begin.sentence.start, stop.sentence.end
            if _FLOW_VERB.search(section.text, start, end):
                best = Found(strength, (Evidence(section.key, start, end, section.text[start:end]),))
    return best


def _in_order(path: Sequence[frozenset[str]], keys: Sequence[str]) -> int:
    """How many legs of the path the names follow, in order; the client may go without saying."""
    best = 0
    for first in (0, 1):
        at = first
        for key in keys:
            if at < len(path) and key in path[at]:
                at += 1
        # Whoever starts at the server leaves the client unsaid, which costs nothing when the rest is told.
        reached = at - first - 1 if first == 0 else (at - 1 if at > 2 else 0)
        best = max(best, reached)
    return best
