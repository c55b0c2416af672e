"""Diagrams in a text: drawn for people, and what the engine understood of them while it can still be mended."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from lib import markdown
from lib.svg import graph as drawing
from scoring.engine import diagram
from scoring.engine.diagram import Graph, Namer
from scoring.engine.text import Block, looks_like_diagram, read_section

MAX_CHARS = 20_000
# Languages that are written to be drawn; a drawing made of characters is one already.
SOURCES = frozenset(["mermaid", "dot", "graphviz"])
_TOP_DOWN = re.compile(r"\s*(?:flowchart|graph)\s+(?:TD|TB|BT)\b")
_WIDTH = re.compile(r'\bwidth="([\d.]+)"')
_NOBODY = Namer(())


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
    graphs = {graph.start: graph for graph in diagram.graphs(section, _NOBODY)}
    return [_fence(block, graphs.get(block.start)) for block in section.blocks]


def _fence(block: Block, graph: Graph | None) -> Fence:
    drawn = graph is not None and looks_like_diagram(block)
    return Fence(
        start=block.outer_start,
        end=block.outer_end,
        is_source=block.language in SOURCES,
        reading=_reading(graph, top_down=bool(_TOP_DOWN.match(block.text))) if graph and drawn else None,
    )


def unread(text: str) -> int:
    """How many Mermaid blocks are not flowcharts that can be read, and so stay code."""
    section = read_section("text", text[:MAX_CHARS])
    known = {graph.start for graph in diagram.graphs(section, _NOBODY)}
    return sum(block.language == "mermaid" and block.start not in known for block in section.blocks)


def _reading(graph: Graph, *, top_down: bool) -> Reading:
    linked = {end for edge in graph.edges for end in (edge.source, edge.target)}
    nodes = [drawing.Node(key, node.label, node.kind or "service") for key, node in graph.nodes.items()]
    edges = [drawing.Edge(edge.source, edge.target, edge.label, dashed=edge.loose) for edge in graph.edges]
    return Reading(
        parts=len(nodes),
        links=len(edges),
        loose=tuple(node.label for key, node in graph.nodes.items() if key not in linked),
        # Built by us from escaped labels.
        svg=mark_safe(drawing.draw(nodes, edges, direction="TD" if top_down else "LR")),
    )
