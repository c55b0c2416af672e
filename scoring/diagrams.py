"""Diagrams in a text: drawn for people, and what the engine understood of them while it can still be mended."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from lib import markdown
from lib.svg import graph as drawing
from lib.svg import scene as scenes
from scoring.engine.graph import drawn, excalidraw, scene
from scoring.engine.graph.names import NOBODY
from scoring.engine.graph.types import Graph
from scoring.engine.text import Block, looks_like_diagram, read_section

MAX_CHARS = 20_000
# Languages that are written to be drawn; a drawing made of characters is one already.
SOURCES = frozenset(["mermaid", "dot", "graphviz"])
_TOP_DOWN = re.compile(r"\s*(?:flowchart|graph)\s+(?:TD|TB|BT)\b")
_WIDTH = re.compile(r'\bwidth="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Reading:
    """What a diagram was read as; `loose` are parts without a link, `svg` is safe to show."""

    parts: int
    links: int
    loose: tuple[str, ...]
    svg: SafeString

    @property
    def room(self) -> str:
        """How wide it is by itself: less than a phone, less than a page, or more."""
        width = float(match[1]) if (match := _WIDTH.search(self.svg)) else 0.0
        return "phone" if width <= 320 else "tablet" if width <= 560 else "page"


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block with the lines of its fence: `text[start:end]`. `is_source`: it is written to be drawn."""

    start: int
    end: int
    is_source: bool
    reading: Reading | None = None


def render(text: str) -> SafeString:
    """The HTML of a Markdown text with its Mermaid flowcharts drawn."""
    return markdown.render(text, draw=draw)


def draw(source: str) -> str | None:
    """The SVG of a Mermaid flowchart; None where nothing was understood, so that it stays code."""
    readings = read(f"```mermaid\n{source}\n```")
    return readings[0].svg if readings else None


def read(text: str) -> list[Reading]:
    """Every diagram of a text that could be read, fenced or as boxes and arrows, in order."""
    return [fence.reading for fence in fences(text) if fence.reading]


def fences(text: str) -> list[Fence]:
    """Every fenced block in order, with what was read of those that are diagrams."""
    section = read_section("text", text[:MAX_CHARS])
    graphs = {graph.start: graph for graph in drawn.graphs(section, NOBODY)}
    return [_fence(block, graphs.get(block.start)) for block in section.blocks]


def _fence(block: Block, graph: Graph | None) -> Fence:
    is_drawing = graph is not None and looks_like_diagram(block)
    return Fence(
        start=block.outer_start,
        end=block.outer_end,
        is_source=block.language in SOURCES,
        reading=_reading(graph, top_down=bool(_TOP_DOWN.match(block.text))) if graph and is_drawing else None,
    )


def unread(text: str) -> int:
    """How many Mermaid blocks are not flowcharts that can be read, and so stay code."""
    section = read_section("text", text[:MAX_CHARS])
    known = {graph.start for graph in drawn.graphs(section, NOBODY)}
    return sum(block.language == "mermaid" and block.start not in known for block in section.blocks)


def board(text: str) -> Reading | None:
    """What a board was read as, drawn as it was drawn; None where there is nothing to see on it."""
    graph = scene.read(text).graph
    parts, links = len(graph.nodes), len(graph.edges)
    title = f"Board with {_counted(parts, 'part')} and {_counted(links, 'link')}."
    svg = scenes.draw(text, title=title, words=_told(graph))
    return _read_as(graph, parts, svg) if svg else None


def _reading(graph: Graph, *, top_down: bool) -> Reading:
    if graph.groups:
        # What stands in frames is laid out as a board is.
        parts = len(graph.nodes)
        svg = scenes.draw(excalidraw.write(graph), title="Diagram", words=_told(graph))
        return _read_as(graph, parts, svg)
    nodes = [drawing.Node(key, part.label, part.kind or "service") for key, part in graph.parts.items()]
    edges = [drawing.Edge(e.source, e.target, e.label, dashed=e.loose or e.later) for e in graph.edges]
    return _read_as(graph, len(nodes), drawing.draw(nodes, edges, direction="TD" if top_down else "LR"))


def _read_as(graph: Graph, parts: int, svg: str) -> Reading:
    linked = graph.joined()
    return Reading(
        parts=parts,
        links=len(graph.edges),
        loose=tuple(node.label for key, node in graph.nodes.items() if key not in linked),
        # Built by us from escaped labels.
        svg=mark_safe(svg),
    )


def _told(graph: Graph) -> str:
    """The drawing in words, for whoever cannot see it."""
    ends, joined = graph.ends(), graph.joined()
    # What is joined by way of its group stands alone nowhere: it is named with the group.
    parts = {key: part for key, part in graph.parts.items() if key in ends or key not in joined}
    index = {key: number for number, key in enumerate(parts)}
    names = [part.label or "a part without a name" for part in parts.values()]
    pairs = [(index[e.source], index[e.target]) for e in graph.edges if e.source in index and e.target in index]
    held = graph.held()
    inside = [
        f"In {group.label}: {', '.join(graph.nodes[key].label for key in held[name])}."
        for name, group in graph.groups.items()
        if group.label and held.get(name)
    ]
    return " ".join(filter(None, (drawing.describe(names, pairs), *inside)))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
