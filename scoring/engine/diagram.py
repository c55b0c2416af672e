"""Mermaid flowcharts and boxes-and-arrows in text → one typed graph.

Nodes get the component whose names their label holds. Edges are directed; `---` joins without saying who calls
whom, so such an edge is loose and worth less.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from catalog.spec import Component, ComponentKind
from scoring.engine.text import Block, Section, looks_like_diagram, tokens
from scoring.engine.types import Evidence

MAX_NODES: Final = 300
MAX_LINE: Final = 500
MAX_EDGES: Final = 2000

# What people call a part when they do not name it for the question.
_KIND_WORDS: Final[dict[ComponentKind, frozenset[str]]] = {
    "client": frozenset("client user browser app phone phones device mobile customer".split()),
    "cdn": frozenset(["cdn", "edge"]),
    "load_balancer": frozenset(["loadbalancer", "lb", "nginx", "elb", "alb"]),
    "gateway": frozenset(["gateway", "gw"]),
    "cache": frozenset("cache redis memcached caches".split()),
    "database": frozenset(
        "database db postgres mysql cassandra dynamodb mongodb store storage sql nosql databases".split()
    ),
    "queue": frozenset("queue kafka broker mq rabbitmq sqs stream topic log".split()),
    "worker": frozenset("worker workers consumer consumers job jobs".split()),
    "object_store": frozenset("s3 blob object bucket".split()),
    "search_index": frozenset("elasticsearch opensearch lucene index".split()),
    "coordinator": frozenset("zookeeper etcd consul coordinator".split()),
    "external": frozenset(["apns", "fcm", "external"]),
    "service": frozenset("service server svc api backend servers services".split()),
}
_KIND_ORDER: Final = tuple(_KIND_WORDS)


@dataclass(frozen=True, slots=True)
class Node:
    label: str
    components: frozenset[str]
    kind: ComponentKind | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    loose: bool = False
    label: str = ""


@dataclass(slots=True)
class Graph:
    """One drawing: nodes by identifier, edges, and where in which section it stands."""

    section: str
    start: int
    end: int
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def neighbours(self, loose: bool = False) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for edge in self.edges:
            if edge.loose and not loose:
                continue
            found.setdefault(edge.source, set()).add(edge.target)
            if edge.loose:
                found.setdefault(edge.target, set()).add(edge.source)
        return found

    def connected(self) -> set[str]:
        return {end for edge in self.edges if not edge.loose for end in (edge.source, edge.target)}


class Namer:
    """Which component of the question a label means."""

    def __init__(self, components: Sequence[Component]) -> None:
        names = [
            (tuple(t.stem or t.word for t in tokens(name)), component.key)
            for component in components
            for name in component.names
        ]
        self._names = sorted(((n, key) for n, key in names if n), key=lambda pair: -len(pair[0]))
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, key in self._names:
            self._by_first.setdefault(name[0], []).append((name, key))

    def components(self, label: str) -> frozenset[str]:
        """Keys whose name the label holds; a longer name hides the shorter ones within it."""
        stems = [t.stem or t.word for t in tokens(label)]
        taken = [False] * len(stems)
        found: set[str] = set()
        length = 99
        for name, key in self._names:
            for at in _places(stems, name):
                span = range(at, at + len(name))
                if all(not taken[i] for i in span) or (len(name) == length and key not in found):
                    found.add(key)
                    length = len(name)
                    for i in span:
                        taken[i] = True
        return frozenset(found)

    def mentions(self, stems: Sequence[str]) -> list[tuple[int, str]]:
        """(place, component) of every name in a row of stems, in order; a longer name hides those within it."""
        found: list[tuple[int, str]] = []
        covered = -1
        for at, first in enumerate(stems):
            length = 0
            for name, key in self._by_first.get(first, ()):
                if len(name) < length or at + len(name) <= covered or tuple(stems[at : at + len(name)]) != name:
                    continue
                length = len(name)
                found.append((at, key))
            covered = max(covered, at + length)
        return found


def _places(stems: Sequence[str], name: tuple[str, ...]) -> Iterator[int]:
    size = len(name)
    for at in range(len(stems) - size + 1):
        if tuple(stems[at : at + size]) == name:
            yield at


def kind_of(label: str, shape: str = "") -> ComponentKind | None:
    """What a box is, by the words before any remark, else by its shape; a plain box is taken for a service."""
    words = {t.word for t in tokens(re.split(r"[:,(]", label)[0])}
    for kind in _KIND_ORDER:
        if words & _KIND_WORDS[kind]:
            return kind
    if shape.startswith("[("):
        return "database"
    if shape.startswith("[["):
        return "queue"
    return "service" if shape.startswith("[") else None


def graphs(section: Section, namer: Namer) -> list[Graph]:
    """Every drawing of a section: fenced ones, and chains of arrows in its sentences."""
    found = []
    for block in section.blocks:
        if looks_like_diagram(block):
            graph = (
                _mermaid(block, namer)
                if block.language == "mermaid" or _MERMAID.match(block.text)
                else _ascii(block, namer)
            )
            if graph.edges:
                found.append(graph)
    inline = _inline(section, namer)
    return [*found, *inline]


# Mermaid

_MERMAID: Final = re.compile(r"\s*(?:flowchart|graph)\b")
_NODE: Final = re.compile(
    r"""(?P<id>[A-Za-z0-9_][\w.]*(?:-[A-Za-z0-9_]+)*)\s*
    (?P<shape>\(\[.*?\]\)|\[\(.*?\)\]|\[\[.*?\]\]|\(\(.*?\)\)|\{\{.*?\}\}|\[/.*?/\]|\[\\.*?\\\]|\[[^\]\n]*\]|\("[^"\n]*"\)|\([^)\n]*\)|\{[^}\n]*\}|>[^\]\n]*\])?
    (?::::\w+)?""",
    re.VERBOSE,
)
_LINK: Final = re.compile(
    r"""\s*(?:
      (?P<a><)?(?:--(?![->])|==(?![=>])|-\.(?!-))\s?(?P<said>"[^"\n]*"|[^\n|>]*?\w[^\n|>]*?)\s?(?:-->|==>|\.->|---|===|\.-)(?:\|[^|\n]*\|)?
    | (?P<b><)?(?P<line>-{2,}[>xo]|={2,}>|-\.+->|~~~|-{3,}|={3,}|-\.+-)\s*(?:\|(?P<label>[^|\n]*)\|)?
    )\s*""",
    re.VERBOSE,
)
_SKIP: Final = re.compile(
    r"\s*(?:%%|classDef|class |style |linkStyle|direction|end\b|click |flowchart|graph\b|subgraph)"
)


def _mermaid(block: Block, namer: Namer) -> Graph:
    graph = Graph(block.section, block.start, block.end)
    offset = block.start
    for line in block.text.splitlines(keepends=True):
        bare = line.split("%%")[0][:MAX_LINE]
        head = re.match(r"\s*(?:flowchart|graph)\s+\w*;", bare)
        if head:
            _statement(bare[head.end() :], offset + head.end(), graph, namer)
        elif not _SKIP.match(bare):
            for part in _semicolons(bare):
                _statement(bare[part[0] : part[1]], offset + part[0], graph, namer)
        offset += len(line)
        if len(graph.nodes) > MAX_NODES or len(graph.edges) > MAX_EDGES:
            break
    return graph


def _semicolons(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r";", line):
        yield start, match.start()
        start = match.end()
    yield start, len(line)


def _statement(text: str, offset: int, graph: Graph, namer: Namer) -> None:
    """`A & B -->|label| C[(Store)] --> D`: node groups joined by links."""
    position = len(text) - len(text.lstrip())
    sources: list[str] = []
    link: re.Match[str] | None = None
    while position < len(text):
        group, position = _group(text, position, offset, graph, namer)
        if not group:
            return
        if link:
            loose = not re.search(r"[>xo]", link["line"] or link[0])
            both = bool(link["a"] or link["b"])
            for a in sources:
                for b in group:
                    graph.edges.append(Edge(a, b, loose, (link["label"] or link["said"] or "").strip(' "')))
                    if both:
                        graph.edges.append(Edge(b, a))
        sources = group
        link = _LINK.match(text, position)
        if not link or link.end() == position:
            return
        position = link.end()


def _group(text: str, position: int, offset: int, graph: Graph, namer: Namer) -> tuple[list[str], int]:
    found: list[str] = []
    while match := _NODE.match(text, position):
        shape = match["shape"] or ""
        label = re.sub(r"<br\s*/?>", " ", shape).strip("[](){}<>/\\\"' ") or match["id"]
        key = match["id"]
        if key not in graph.nodes or shape:
            graph.nodes[key] = Node(
                label, namer.components(label), kind_of(label, shape), offset + match.start(), offset + match.end()
            )
        found.append(key)
        position = match.end()
        joined = re.match(r"\s*&\s*", text[position:])
        if not joined:
            break
        position += joined.end()
    return found, position


# Boxes and arrows in text

MAX_LABEL_WORDS: Final = 7
_ARROW: Final = re.compile(
    r"\s*(?P<both><[-=]+>|↔|⇄)\s*|\s*(?:[-=─.~]+[\w ,/]{0,20}?[-=─.~]*(?:>|▶|►)|→|⇒|⟶)\s*|\s*(?P<back><[-=─]+|←)\s*"
)


def _ascii(block: Block, namer: Namer) -> Graph:
    graph = Graph(block.section, block.start, block.end)
    above: list[list[tuple[int, int, str]]] = []
    raw: list[str] = []
    offset = block.start
    for line in block.text.splitlines(keepends=True):
        row = list(_row(line.rstrip("\n")[:MAX_LINE], offset, graph, namer, above, raw))
        above.append(row)
        raw.append(line.rstrip("\n")[:MAX_LINE])
        offset += len(line)
    _verticals(graph, above, raw)
    return graph


def _row(
    line: str, offset: int, graph: Graph, namer: Namer, above: Sequence[list[tuple[int, int, str]]], raw: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    position = 0
    source = ""
    # A line that begins with a branch (`+-> worker`) goes on from what stands above the plus sign.
    branch = re.match(r"[\s|│]*[+└├┬'`*-]+[-─]*[>▶]?\s*", line)
    if branch and re.search(r"[+└├]", branch[0]):
        source = _origin(max(branch[0].find(sign) for sign in "+└├"), above, raw)
        position = branch.end()
    arrow: re.Match[str] | None = None
    while position < len(line):
        nxt = _ARROW.search(line, position)
        stop = nxt.start() if nxt else len(line)
        label = line[position:stop]
        name = label.strip(" \t|[](){}│┌┐└┘+-─*'\"`:,.")
        name = re.sub(r"^[A-Za-z ]{2,24}:\s+", "", name)
        if len(name.split()) > MAX_LABEL_WORDS:
            source = ""  # a sentence, not a box
        elif name and re.search(r"\w", name):
            lead = len(label) - len(label.lstrip())
            key = _text_node(graph, namer, name, offset + position + lead, offset + position + len(label.rstrip()))
            if source and source != key:
                back = bool(arrow and arrow["back"])
                graph.edges.append(Edge(key, source) if back else Edge(source, key))
                if arrow and arrow["both"]:
                    graph.edges.append(Edge(key, source))
            source = key
            yield position, stop, key
        arrow = nxt
        if nxt is None:
            return
        position = nxt.end()


def _text_node(graph: Graph, namer: Namer, name: str, start: int, end: int) -> str:
    key = " ".join(t.stem or t.word for t in tokens(re.split(r"[(\[{:]", name)[0] or name)) or name
    if key not in graph.nodes and len(graph.nodes) < MAX_NODES:
        graph.nodes[key] = Node(name, namer.components(name), kind_of(name), start, end)
    return key if key in graph.nodes else ""


def _origin(column: int, above: Sequence[list[tuple[int, int, str]]], raw: Sequence[str]) -> str:
    """The node that a branch at a column hangs from: up along bars, to what stands there or ends to its left."""
    for line, row in zip(reversed(raw), reversed(above), strict=True):
        sign = line[column] if column < len(line) else " "
        if covering := [key for a, b, key in row if a <= column < b]:
            return covering[-1]
        if sign in "+└├┬-─" and (left := [key for _, b, key in row if b <= column]):
            return left[-1]
        if sign not in "+└├┬-─|│":
            return ""
    return ""


def _verticals(graph: Graph, rows: Sequence[list[tuple[int, int, str]]], raw: Sequence[str]) -> None:
    """`v` and `▼` below a box: an edge from the box above to the box below."""
    for index, line in enumerate(raw):
        for match in re.finditer(r"(?<![A-Za-z])[v▼↓V](?![A-Za-z])", line):
            upper = _origin(match.start(), rows[:index], raw[:index])
            lower = next(
                (key for row in rows[index + 1 : index + 3] for a, b, key in row if a <= match.start() < b), ""
            )
            if upper and lower and upper != lower:
                graph.edges.append(Edge(upper, lower))


def _inline(section: Section, namer: Namer) -> list[Graph]:
    """`client → API → store` in a sentence or a bullet."""
    found = []
    for sentence in section.sentences:
        if len(re.findall(r"->|→|-->|=>|⇒", sentence.text)) < 1 or sentence.kind == "code":
            continue
        graph = Graph(section.key, sentence.start, sentence.end)
        list(_row(sentence.text.replace("\n", " "), sentence.start, graph, namer, [], []))
        if graph.edges and sum(bool(n.components) for n in graph.nodes.values()) >= 2:
            found.append(graph)
    return found


def quote(graph: Graph, section_text: str, keys: Iterable[str] = ()) -> Evidence:
    """The lines of a drawing that hold these nodes, from the first to the last; else all of it."""
    spans = [(graph.nodes[k].start, graph.nodes[k].end) for k in keys if k in graph.nodes]
    start = min((a for a, _ in spans), default=graph.start)
    end = max((b for _, b in spans), default=graph.end)
    start = max(graph.start, section_text.rfind("\n", 0, start) + 1)
    line_end = section_text.find("\n", end)
    end = min(graph.end, line_end if line_end >= 0 else len(section_text))
    while start < end and section_text[start].isspace():
        start += 1
    return Evidence(graph.section, start, end, section_text[start:end], "diagram")
