"""Mermaid flowcharts: read as people write them, and written in one way so that everything survives.

Reading goes line by line and takes what it understands. Labels in quotes are hidden from the patterns that look for
boxes and links, so that any label is safe there; offsets stay those of the text.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product, zip_longest
from typing import Final

from catalog.spec import ComponentKind
from scoring.engine.graph.names import NOBODY, Namer, kind_named, kind_of, tidy
from scoring.engine.graph.types import MAX_DEPTH, MAX_EDGES, MAX_NODES, Edge, Graph, Node

MAX_LINE: Final = 1000

FLOWCHART: Final = re.compile(r"\s*(?:flowchart|graph)\b")
_OPENING: Final = re.compile(r"\s*(?:flowchart|graph)\s+\w*;")
_NODE: Final = re.compile(
    r"""(?P<id>[A-Za-z0-9_][\w.]*(?:-[A-Za-z0-9_]+)*)\s*
    (?P<shape>\(\[.*?\]\)|\[\(.*?\)\]|\[\[.*?\]\]|\(\(.*?\)\)|\{\{.*?\}\}|\[/.*?/\]|\[\\.*?\\\]|\[[^\]\n]*\]|\("[^"\n]*"\)|\([^)\n]*\)|\{[^}\n]*\}|>[^\]\n]*\])?
    (?::::(?P<kind>\w+))?""",
    re.VERBOSE,
)
_LINK: Final = re.compile(
    r"""\s*(?:
      (?P<a><)?(?:--(?![->])|==(?![=>])|-\.(?!-))\s?(?P<said>"[^"\n]*"|[^\n|>]*?\w[^\n|>]*?)\s?(?:-->|==>|\.->|---|===|\.-)(?:\|[^|\n]*\|)?
    | (?P<b><)?(?P<line>-{2,}[>xo]|={2,}>|-\.+->|~~~|-{3,}|={3,}|-\.+-)\s*(?:\|(?P<label>[^|\n]*)\|)?
    )\s*""",
    re.VERBOSE,
)
_SKIP: Final = re.compile(r"\s*(?:%%|classDef|class |style |linkStyle|direction|click |flowchart|graph\b)")
_SUBGRAPH: Final = re.compile(r"\s*subgraph\b[ \t]*(?P<title>.*?)[ \t;]*$", re.DOTALL)
_TITLED: Final = re.compile(r"(?P<id>[\w.-]+)\s*\[(?P<label>.*)\]$")
_END: Final = re.compile(r"\s*end(?![\w-])")
# A label in quotes, between the signs that enclose it. Quotes elsewhere are inches, or left open.
_QUOTED: Final = re.compile(r'(?<=[\[({|/\\>])"[^"\n]*"(?=[\])}|/\\])')
_INNER: Final = re.compile(r'[\[({/\\>]+\s*"(?P<label>.*)"\s*[\])}/\\]+')
_ENTITY: Final = re.compile(r"#(\w{1,8});")


def read(text: str, namer: Namer = NOBODY, *, section: str = "", start: int = 0) -> Graph:
    """The graph of a flowchart that stands at `start` of a section."""
    reader = _Reader(Graph(section, start, start + len(text)), namer)
    offset = start
    for line in text.splitlines(keepends=True):
        reader.line(line[:MAX_LINE], offset)
        offset += len(line)
        if len(reader.graph.nodes) > MAX_NODES or len(reader.graph.edges) > MAX_EDGES:
            break
    return reader.finished()


@dataclass(slots=True)
class _Reader:
    """What was read so far: `inside` are the open subgraphs, the innermost last."""

    graph: Graph
    namer: Namer
    inside: list[str] = field(default_factory=list)
    shaped: set[str] = field(default_factory=set)

    def line(self, text: str, offset: int) -> None:
        masked = _QUOTED.sub(lambda m: f'"{"_" * (len(m[0]) - 2)}"', text).split("%%")[0]
        head = _OPENING.match(masked)
        if head:
            self._statement(text, masked, head.end(), len(masked), offset)
        elif opened := _SUBGRAPH.match(text[: len(masked)]):
            self._open(opened["title"], offset + opened.start("title"))
        elif _END.match(masked):
            self.inside = self.inside[:-1]
        elif not _SKIP.match(masked):
            for begin, stop in _semicolons(masked):
                self._statement(text, masked, begin, stop, offset)

    def _open(self, title: str, at: int) -> None:
        titled = _TITLED.match(title)
        label = _unquoted(titled["label"] if titled else title)
        key = titled["id"] if titled else (label or "subgraph")
        around = self.inside[-1] if self.inside else ""
        # Too deep, or a name that is open already: what it holds belongs to the one around it.
        if len(self.inside) >= MAX_DEPTH or key in self.inside:
            self.inside.append(around)
            return
        end = at + len(title)
        if key not in self.graph.groups and len(self.graph.groups) < MAX_NODES:
            self.graph.groups[key] = Node(label, self.namer.components(label), None, at, end, around)
        self.inside.append(key if key in self.graph.groups else around)

    def _statement(self, text: str, masked: str, position: int, stop: int, offset: int) -> None:
        """`A & B -->|label| C[(Store)] --> D`: node groups joined by links."""
        masked = masked[:stop]
        position += len(masked[position:]) - len(masked[position:].lstrip())
        sources: list[str] = []
        first = position
        link: re.Match[str] | None = None
        while position < len(masked):
            begin = position
            group, position = self._nodes(text, masked, position, offset)
            if not group:
                return
            if link:
                self._join(sources, group, link, text, (offset + first, offset + position))
            sources, first = group, begin
            link = _LINK.match(masked, position)
            if not link or link.end() == position:
                return
            position = link.end()

    def _nodes(self, text: str, masked: str, position: int, offset: int) -> tuple[list[str], int]:
        found: list[str] = []
        while match := _NODE.match(masked, position):
            self._node(match, text, offset)
            found.append(match["id"])
            position = match.end()
            joined = re.match(r"\s*&\s*", masked[position:])
            if not joined:
                break
            position += joined.end()
        return found, position

    def _node(self, match: re.Match[str], text: str, offset: int) -> None:
        key, nodes = match["id"], self.graph.nodes
        shape = text[slice(*match.span("shape"))] if match["shape"] else ""
        known = nodes.get(key)
        group = known.group if known else ""
        group = group or (self.inside[-1] if self.inside else "")
        named = kind_named(match["kind"])
        if shape:
            self.shaped.add(key)
        if shape or not known:
            label = _label(shape, key)
            kind = None if match["kind"] == PLAIN else named or kind_of(label, shape)
            start, end = offset + match.start(), offset + match.end()
            nodes[key] = Node(label, self.namer.components(label), kind, start, end, group)
        else:
            nodes[key] = replace(known, group=group, kind=named or known.kind)

    def _join(
        self, sources: Iterable[str], targets: Sequence[str], link: re.Match[str], text: str, at: tuple[int, int]
    ) -> None:
        loose = not re.search(r"[>xo]", link["line"] or link[0])
        later = link[0].lstrip(" \t<").startswith("-.")
        label = _said(link, text)
        for source, target in product(sources, targets):
            if len(self.graph.edges) > MAX_EDGES:
                return
            self.graph.edges.append(Edge(source, target, loose, label, later, *at))
            if link["a"] or link["b"]:
                self.graph.edges.append(Edge(target, source, False, label, later, *at))

    def finished(self) -> Graph:
        """Subgraphs that hold something are groups, and who names one means all of it; an empty one is a plain part."""
        graph = self.graph
        for key in [key for key in graph.groups if key in self.shaped]:
            self._rename(key)
        named = {key for key in graph.groups if graph.nodes.pop(key, None)}
        for key in named - _filled(graph):
            group = graph.groups[key]
            graph.nodes[key] = replace(group, kind=kind_of(group.label))
        filled = _filled(graph)
        graph.groups = {key: group for key, group in graph.groups.items() if key in filled}
        return graph

    def _rename(self, key: str) -> None:
        """A subgraph that is called like a box of the drawing makes way for it."""
        graph, name = self.graph, f"{key}."
        while name in graph.groups or name in graph.nodes:
            name += "."
        graph.groups = {name if k == key else k: _moved(group, key, name) for k, group in graph.groups.items()}
        graph.nodes = {k: _moved(node, key, name) for k, node in graph.nodes.items()}


def _moved(node: Node, group: str, name: str) -> Node:
    return replace(node, group=name) if node.group == group else node


def _filled(graph: Graph) -> set[str]:
    return {group for node in graph.nodes.values() for group in graph.around(node)}


def _semicolons(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r";", line):
        yield start, match.start()
        start = match.end()
    yield start, len(line)


def _label(shape: str, key: str) -> str:
    """What a box is called: the words in its quotes, however few, else those in its brackets, else its name."""
    if quoted := _INNER.fullmatch(shape):
        return _decoded(quoted["label"])
    return re.sub(r"<br\s*/?>", " ", shape).strip("[](){}<>/\\\"' ") or key


def _said(link: re.Match[str], text: str) -> str:
    for name in ("label", "said"):
        if link[name]:
            return _unquoted(text[slice(*link.span(name))])
    return ""


def _unquoted(text: str) -> str:
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return _decoded(text[1:-1]) if quoted else text.strip(' "')


def _decoded(label: str) -> str:
    """`#quot;` and `#35;` are Mermaid's own way to write what it would take for a sign of its own."""
    label = re.sub(r"<br\s*/?>", " ", label.strip().strip("`"))
    return tidy(_ENTITY.sub(_character, label), MAX_LINE)


def _character(match: re.Match[str]) -> str:
    name = match[1]
    return html.unescape(f"&#{name};" if name.isdecimal() else f"&{name};")


# Writing

# What stands for “of no kind” where label and shape would say another.
PLAIN: Final = "part"
_SHAPES: Final[Mapping[ComponentKind | None, tuple[str, str]]] = {
    "client": ("([", "])"),
    "gateway": ("{{", "}}"),
    "load_balancer": ("{{", "}}"),
    "coordinator": ("{{", "}}"),
    "cdn": ("(", ")"),
    "cache": ("(", ")"),
    "database": ("[(", ")]"),
    "object_store": ("[(", ")]"),
    "search_index": ("[(", ")]"),
    "queue": ("[[", "]]"),
    "worker": ("[/", "/]"),
    None: ("(", ")"),
}
_BOX: Final = ("[", "]")
_ESCAPES: Final = str.maketrans(
    {'"': "#quot;", "#": "#35;", "%": "#37;", "`": "#96;", "<": "#lt;", ">": "#gt;", "&": "#amp;"}
)


def write(graph: Graph) -> str:
    """The flowchart of a graph, always the same for the same graph: `read` gives it back but for the identifiers."""
    names = ids(graph)
    lines = ["flowchart LR", *_content(graph, "", names, "  "), *_edges(graph, names)]
    return "\n".join(lines) + "\n"


def ids(graph: Graph) -> dict[str, str]:
    """Node or group → what it is called in the flowchart that `write` makes: `n1`, `n2`, `g1`, …"""
    found: dict[str, str] = {}
    counts = {"n": 0, "g": 0}
    for key in _order(graph, ""):
        letter = "n" if key in graph.nodes else "g"
        counts[letter] += 1
        found[key] = f"{letter}{counts[letter]}"
    return found


def _order(graph: Graph, around: str) -> Iterator[str]:
    yield from _within(graph, graph.nodes, around)
    for group in _within(graph, graph.groups, around):
        yield group
        yield from _order(graph, group)


def _within(graph: Graph, parts: Mapping[str, Node], around: str) -> list[str]:
    """What stands directly in a group; what names a group that is not there stands in none."""
    return [key for key, part in parts.items() if (part.group if part.group in graph.groups else "") == around]


def _content(graph: Graph, around: str, names: Mapping[str, str], indent: str) -> Iterator[str]:
    for key in _within(graph, graph.nodes, around):
        yield f"{indent}{names[key]}{_box(graph.nodes[key])}"
    for key in _within(graph, graph.groups, around):
        yield f"{indent}subgraph {names[key]}[{_quoted(graph.groups[key].label)}]"
        yield from _content(graph, key, names, f"{indent}  ")
        yield f"{indent}end"


def _box(node: Node) -> str:
    """The label in the shape of its kind; the kind in words only where label and shape do not say it."""
    opens, closes = _SHAPES.get(node.kind, _BOX)
    label = tidy(node.label)
    kind = "" if kind_of(label, opens) == node.kind else f":::{node.kind or PLAIN}"
    return f"{opens}{_quoted(label)}{closes}{kind}"


def _edges(graph: Graph, names: Mapping[str, str]) -> Iterator[str]:
    edges = [edge for edge in graph.edges if edge.source in names and edge.target in names]
    skip = False
    for edge, onward in zip_longest(edges, edges[1:]):
        if skip:
            skip = False
            continue
        skip = not edge.loose and onward == edge.turned()
        line = "-.-" if edge.later else "---" if edge.loose else "--"
        link = f"{'<' * skip}{line}{'' if edge.loose else '>'}"
        said = f"|{_quoted(edge.label)}|" if tidy(edge.label) else ""
        yield f"  {names[edge.source]} {link}{said} {names[edge.target]}"


def _quoted(label: str) -> str:
    return f'"{tidy(label).translate(_ESCAPES) or " "}"'
