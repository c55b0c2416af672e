"""Every drawing in a section: flowcharts, boxes and arrows in text, chains of arrows in its sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from scoring.engine.graph import mermaid
from scoring.engine.graph.names import Namer, kind_of
from scoring.engine.graph.types import MAX_NODES, Edge, Graph, Node
from scoring.engine.text import Block, Section, looks_like_diagram, tokens
from scoring.engine.types import Evidence

MAX_LINE: Final = 500
MAX_LABEL_WORDS: Final = 7
_ARROW: Final = re.compile(
    r"\s*(?P<both><[-=]+>|↔|⇄)\s*"
    r"|\s*(?:[-=─.~]+(?P<said>[\w ,/]{0,20}?)[-=─.~]*(?:>|▶|►)|→|⇒|⟶)\s*"
    r"|\s*(?P<back><[-=─]+|←)\s*"
)

# Where in a row a node stands: from, to, which.
Place = tuple[int, int, str]


def graphs(section: Section, namer: Namer) -> list[Graph]:
    """Every drawing of a section: fenced ones, and chains of arrows in its sentences."""
    drawings = [_of_block(block, namer) for block in section.blocks if looks_like_diagram(block)]
    return [*(graph for graph in drawings if graph.edges), *_inline(section, namer)]


def quote(graph: Graph, section_text: str, keys: Iterable[str] = ()) -> Evidence:
    """The lines of a drawing that hold these parts, from the first to the last; else all of it."""
    spans = [(part.start, part.end) for key in keys if (part := graph.place(key))]
    start = min((a for a, _ in spans), default=graph.start)
    end = max((b for _, b in spans), default=graph.end)
    start = max(graph.start, section_text.rfind("\n", 0, start) + 1)
    line_end = section_text.find("\n", end)
    end = min(graph.end, line_end if line_end >= 0 else len(section_text))
    while start < end and section_text[start].isspace():
        start += 1
    return Evidence(graph.section, start, end, section_text[start:end], "diagram")


def in_words(graph: Graph, start: int, end: int) -> str:
    """What stands in some lines of a flowchart, without its signs: `User → API: GET /feed`."""
    edges = [edge for edge in graph.edges if start <= edge.start < edge.end <= end]
    ends = {key for edge in edges for key in (edge.source, edge.target)}
    alone = [
        part.label
        for key, part in (*graph.nodes.items(), *graph.groups.items())
        if key not in ends and start <= part.start < part.end <= end and part.label
    ]
    return "; ".join([*(_told(graph, edge) for edge in edges), *alone])


def _told(graph: Graph, edge: Edge) -> str:
    first, last = (part.label if (part := graph.place(key)) else key for key in (edge.source, edge.target))
    return f"{first} {'–' if edge.loose else '→'} {last}{f': {edge.label}' if edge.label else ''}"


def _of_block(block: Block, namer: Namer) -> Graph:
    if block.language == "mermaid" or mermaid.FLOWCHART.match(block.text):
        return mermaid.read(block.text, namer, section=block.section, start=block.start)
    return _boxes(block, namer)


def _boxes(block: Block, namer: Namer) -> Graph:
    graph = Graph(block.section, block.start, block.end)
    above: list[list[Place]] = []
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
    line: str, offset: int, graph: Graph, namer: Namer, above: Sequence[list[Place]], raw: Sequence[str]
) -> Iterator[Place]:
    source, position = _branch(line, above, raw)
    arrow: re.Match[str] | None = None
    while position < len(line):
        following = _ARROW.search(line, position)
        stop = following.start() if following else len(line)
        label = line[position:stop]
        name = _name(label)
        if len(name.split()) > MAX_LABEL_WORDS:
            source = ""  # a sentence, not a box
        elif name and re.search(r"\w", name):
            lead = len(label) - len(label.lstrip())
            key = _text_node(graph, namer, name, offset + position + lead, offset + position + len(label.rstrip()))
            if source and source != key:
                graph.edges += _joined(source, key, arrow)
            source = key
            yield position, stop, key
        arrow = following
        if following is None:
            return
        position = following.end()


def _branch(line: str, above: Sequence[list[Place]], raw: Sequence[str]) -> tuple[str, int]:
    """A line that begins with a branch (`+-> worker`) goes on from what stands above the plus sign."""
    branch = re.match(r"[\s|│]*[+└├┬'`*-]+[-─]*[>▶]?\s*", line)
    if not branch or not re.search(r"[+└├]", branch[0]):
        return "", 0
    return _origin(max(branch[0].find(sign) for sign in "+└├"), above, raw), branch.end()


def _name(label: str) -> str:
    """What a box is called, without its borders and without what the row is called (`Write path: …`)."""
    return re.sub(r"^[A-Za-z ]{2,24}:\s+", "", label.strip(" \t|[](){}│┌┐└┘+-─*'\"`:,."))


def _joined(source: str, target: str, arrow: re.Match[str] | None) -> list[Edge]:
    said = (arrow["said"] or "").strip(" ,/") if arrow else ""
    if arrow and arrow["back"]:
        return [Edge(target, source, label=said)]
    edges = [Edge(source, target, label=said)]
    return [*edges, Edge(target, source, label=said)] if arrow and arrow["both"] else edges


def _text_node(graph: Graph, namer: Namer, name: str, start: int, end: int) -> str:
    key = " ".join(t.stem or t.word for t in tokens(re.split(r"[(\[{:]", name)[0] or name)) or name
    if key not in graph.nodes and len(graph.nodes) < MAX_NODES:
        graph.nodes[key] = Node(name, namer.components(name), kind_of(name), start, end)
    return key if key in graph.nodes else ""


def _origin(column: int, above: Sequence[list[Place]], raw: Sequence[str]) -> str:
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


def _verticals(graph: Graph, rows: Sequence[list[Place]], raw: Sequence[str]) -> None:
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
