"""What is wrong with the structure of a drawing, whatever the question: advice, and never a mark.

A good design may be drawn in many ways, and a wrong accusation costs more than a miss. So parts are taken for what they
are only where their label says so plainly, arrows drawn against the flow are allowed for, and what the words beside the
drawing may settle (a second copy, what becomes of failed messages) is said only of an answer whose words do not.

Of the 39 flowcharts in model answers, strong examples and other good designs of the catalog it accuses none; of the 21
in its weaker texts three, rightly: two queues that nobody reads from, one service without a second.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from catalog.spec import ComponentKind
from scoring.engine.graph.names import kind_of
from scoring.engine.graph.types import Graph, Node
from scoring.engine.text import tokens

Rule = Literal["no_path", "orphan", "no_consumer", "no_dead_letters", "no_source", "single_point", "long_chain"]

MAX_CALLS: Final = 4
STORES: Final[frozenset[ComponentKind]] = frozenset(["database", "object_store", "search_index"])

NO_PATH: Final = "No arrow leads from {client} to {store}, nor by way of other parts. Which way does a request take?"
ORPHAN: Final = "{part} is not joined to anything. Draw the arrow that is missing, or leave it out."
NO_CONSUMER: Final = "Nothing takes anything out of {queue}. Draw who reads from it, and what becomes of what it read."
NO_DEAD_LETTERS: Final = (
    "What becomes of a message in {queue} that fails every time? Say how often it is tried and where it goes then."
)
NO_SOURCE: Final = "Nothing is drawn that {cache} could be filled from. Where does a value come from after a miss?"
SINGLE_POINT: Final = (
    "Every request passes {part}, and nothing says that there is a second one. What happens when it is down?"
)
LONG_CHAIN: Final = (
    "{count} services wait for one another before the client is answered: {chain}. Which of them must it wait for?"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a drawing, and the parts it is said of."""

    rule: Rule
    text: str
    parts: tuple[str, ...]


def review(graph: Graph, prose: str | None = None) -> tuple[Finding, ...]:
    """The findings of a drawing; `prose` is all that was written beside it, and nothing where it is looked at alone."""
    design = _Design(graph)
    found = [*_no_path(design), *_orphans(design), *_no_consumer(design), *_no_source(design), *_long_chain(design)]
    if prose is not None:
        said = f"{prose}\n{' '.join(part.label for part in graph.parts.values())}"
        found += [*_no_dead_letters(design, said), *_single_points(design, said)]
    return tuple(found)


def paths(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """The shortest way from each client to each store that can be reached from it, as parts."""
    design = _Design(graph)
    ways = (design.way([client], store) for client in design.clients for store in design.stores)
    return tuple(tuple(way) for way in ways if way)


class _Design:
    """A drawing as ways through it. `calls` are the edges somebody waits for."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.parts = graph.parts
        self.onward = graph.neighbours(loose=True)
        self.back: dict[str, set[str]] = {}
        for source, targets in self.onward.items():
            for target in targets:
                self.back.setdefault(target, set()).add(source)
        self.clients = [key for key in self.parts if self.is_plainly(key, "client")]
        self.stores = [key for key, part in self.parts.items() if part.kind in STORES]

    def is_plainly(self, key: str, *kinds: ComponentKind) -> bool:
        """Whether a part is of a kind and no word of its label says otherwise: a “user service” is no client."""
        part = self.parts[key]
        if part.kind not in kinds:
            return False
        said = {kind for token in tokens(part.label) if (kind := kind_of(token.word))}
        return said <= {part.kind} or part.kind not in said

    def name(self, key: str) -> str:
        return f"“{self.parts[key].label}”"

    def around(self, start: Iterable[str], *, without: str = "") -> set[str]:
        """All that hangs together with these parts, whichever way the arrows point."""
        return _reach(start, lambda key: self.onward.get(key, set()) | self.back.get(key, set()), without)

    def beyond(self, start: Iterable[str], *, without: str = "") -> set[str]:
        """All that can be reached along the arrows."""
        return _reach(start, lambda key: self.onward.get(key, set()), without)

    def way(self, starts: Iterable[str], goal: str, onward: Mapping[str, set[str]] | None = None) -> list[str]:
        """The shortest way from one of some parts to another, [] for none."""
        onward = self.onward if onward is None else onward
        trails = [[start] for start in starts]
        seen = {trail[0] for trail in trails}
        for trail in trails:
            if trail[-1] == goal:
                return trail
            for key in sorted(onward.get(trail[-1], set()) - seen):
                seen.add(key)
                trails.append([*trail, key])
        return []


def _reach(start: Iterable[str], onward: Callable[[str], set[str]], without: str) -> set[str]:
    found = {key for key in start if key != without}
    waiting = list(found)
    while waiting:
        new = onward(waiting.pop()) - found - {without}
        found |= new
        waiting += new
    return found


def _no_path(design: _Design) -> Iterator[Finding]:
    """Clients and stores are drawn, and none of them hang together."""
    if not design.clients or not design.stores or design.around(design.clients) & set(design.stores):
        return
    client, store = design.clients[0], design.stores[0]
    text = NO_PATH.format(client=design.name(client), store=design.name(store))
    yield Finding("no_path", text, (client, store))


def _orphans(design: _Design) -> Iterator[Finding]:
    joined = design.graph.joined()
    if joined:
        for key, node in design.graph.nodes.items():
            if node.label and key not in joined:
                yield Finding("orphan", ORPHAN.format(part=design.name(key)), (key,))


# Queues

_QUEUE: Final = re.compile(r"\b(?:queues?|kafka|sqs|rabbitmq|mq|broker|topics?|stream)\b", re.IGNORECASE)
# Nobody need read these in the drawing.
_KEPT: Final = re.compile(
    r"dead|dlq|fail|late\b|log\b|audit|archive|analytics|metric|parked|poison|retr", re.IGNORECASE
)
_FAILED: Final = re.compile(
    r"""dead[\s-]*letter | \bdlqs?\b | poison | \bpark(?:s|ed|ing)?\b | quarantin | \bretr(?:y|ies|ied|ying)\b
    | redeliver | re-?queue | back-?off | \btr(?:y|ies|ied)\sagain\b | \battempts?\b | give[sn]?\sup
    | fail(?:s|ed|ing)?\s(?:message|event|job|task) | exactly[\s-]once | at[\s-]least[\s-]once | idempoten | replay
    | offsets?\b | un-?acked | acknowledg | visibility""",
    re.IGNORECASE | re.VERBOSE,
)


def _queues(design: _Design) -> list[str]:
    return [
        key
        for key, part in design.parts.items()
        if design.is_plainly(key, "queue") and _QUEUE.search(part.label) and not _KEPT.search(part.label)
    ]


def _no_consumer(design: _Design) -> Iterator[Finding]:
    for key in _queues(design):
        sources = design.back.get(key, set())
        if not sources or design.onward.get(key) or any(_may_consume(design, source, key) for source in sources):
            continue
        yield Finding("no_consumer", NO_CONSUMER.format(queue=design.name(key)), (key,))


def _may_consume(design: _Design, source: str, queue: str) -> bool:
    """An arrow to a queue may be drawn by who reads from it: a worker, or somebody no request gets to otherwise."""
    if design.parts[source].kind == "worker":
        return True
    is_only = design.back[queue] == {source}
    return not is_only and source not in design.beyond(design.clients, without=queue)


def _no_dead_letters(design: _Design, said: str) -> Iterator[Finding]:
    queues = [key for key in _queues(design) if design.onward.get(key)]
    if queues and not _FAILED.search(said):
        yield Finding("no_dead_letters", NO_DEAD_LETTERS.format(queue=design.name(queues[0])), (queues[0],))


# Caches

_ON_THE_WAY: Final[frozenset[ComponentKind]] = frozenset(["client", "cdn", "load_balancer", "gateway", "cache"])


def _no_source(design: _Design) -> Iterator[Finding]:
    """Around it is nothing but who asks it for a client, and what stands between those."""
    for key, part in design.parts.items():
        if not design.is_plainly(key, "cache") or "cache" not in part.label.lower():
            continue
        asking = design.back.get(key, set()) & design.beyond(design.clients, without=key)
        askers = {other for other in asking if design.parts[other].kind not in STORES}
        others = design.around([key]) - {key} - askers
        if askers and all(design.parts[other].kind in _ON_THE_WAY for other in others):
            yield Finding("no_source", NO_SOURCE.format(cache=design.name(key)), (key, *sorted(askers)))


# Single points of failure

# How people say that there is more than one of something that holds data, and of something that does not.
_COPIED: Final = re.compile(
    r"""replica | stand-?by | fail-?\s?over | quorum | \braft\b | \bpaxos\b | followers?\b | secondar | redundan
    | \bmirror | multi-?\s?(?:az|region|master) | \bcop(?:y|ies)\b | \bRF\b | cluster | distributed\ssql
    | managed | \bAZs?\b | zones?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SEVERAL: Final = re.compile(
    r"""instances?\b | stateless | auto-?scal | scal(?:e|es|ed|ing)\s(?:out|horizontal) | horizontal | \bservers\b
    | \bnodes\b | machines | \bpools?\b | fleet | replica | redundan | cluster | stand-?by | fail-?\s?over | anycast
    | managed | \bAZs?\b | zones?\b | [x×]\s?\d | \d\s?[x×]""",
    re.IGNORECASE | re.VERBOSE,
)
_VITAL: Final[Mapping[ComponentKind, re.Pattern[str]]] = {
    "database": _COPIED,
    "coordinator": _COPIED,
    "load_balancer": _SEVERAL,
    "gateway": _SEVERAL,
    "service": _SEVERAL,
}


def _single_points(design: _Design, said: str) -> Iterator[Finding]:
    """The first part that every way from the clients to the stores goes through, where nothing tells of copies."""
    reached = design.beyond(design.clients) & set(design.stores)
    for key, part in design.parts.items():
        copies = _VITAL.get(part.kind) if part.kind else None
        if not reached or not copies or copies.search(said) or not design.is_plainly(key, *_VITAL):
            continue
        rest = design.beyond(design.clients, without=key) & reached
        if not rest and not _has_twin(design, key):
            yield Finding("single_point", SINGLE_POINT.format(part=design.name(key)), (key,))
            return


def _has_twin(design: _Design, key: str) -> bool:
    """Whether another part does the same work: joined to the same, or called the same but for a number. One that says a
    number is many already."""
    own = design.onward.get(key, set()), design.back.get(key, set())
    name = _unnumbered(design.parts[key])
    return bool(re.search(r"\d", design.parts[key].label)) or any(
        (design.onward.get(other, set()), design.back.get(other, set())) == own or _unnumbered(part) == name
        for other, part in design.parts.items()
        if other != key
    )


def _unnumbered(part: Node) -> str:
    return re.sub(r"[\s#-]*(?:\d+|\b[A-Za-z]\b)$", "", part.label).lower()


# Chains


def _long_chain(design: _Design) -> Iterator[Finding]:
    """Services that call one another in a row, with no way to the last that is shorter. Only the longest is named."""
    calls = _calls(design)
    longest: list[str] = []
    for key in design.parts:
        way = design.way(design.clients, key, calls) if design.is_plainly(key, "service") else []
        row = [part for part in way if design.parts[part].kind == "service"]
        longest = row if len(row) > len(longest) else longest
    if len(longest) > MAX_CALLS:
        chain = " → ".join(design.parts[key].label for key in longest)
        text = LONG_CHAIN.format(count=len(longest), chain=chain)
        yield Finding("long_chain", text, tuple(longest))


_LATER: Final = re.compile(
    r"async|event|publish|emit|queue|later|stream|every|nightly|daily|change|outbox|notif|push|batch|replicat|poll|hourly",
    re.IGNORECASE,
)


def _calls(design: _Design) -> dict[str, set[str]]:
    """Who waits for whom: no dashed arrows, none that say that it happens later, and nothing that a queue hands on."""
    found: dict[str, set[str]] = {}
    for edge in design.graph.edges:
        source = design.parts[edge.source]
        if edge.loose or edge.later or _LATER.search(edge.label) or source.kind in ("queue", "worker", *STORES):
            continue
        found.setdefault(edge.source, set()).add(edge.target)
    return found
