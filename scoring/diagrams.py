"""Diagrams in a text: drawn for people, and what the engine understood of them while it can still be mended."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from lib import markdown
from lib.svg import graph as drawing
from scoring.engine import diagram
from scoring.engine.diagram import Graph, Namer
from scoring.engine.text import looks_like_diagram, read_section

MAX_CHARS = 20_000
_TOP_DOWN = re.compile(r"\s*(?:flowchart|graph)\s+(?:TD|TB|BT)\b")
_NOBODY = Namer(())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a diagram was read as; `loose` are parts without a link, `svg` is safe to show."""

    parts: int
    links: int
    loose: tuple[str, ...]
    svg: SafeString


def render(text: str) -> SafeString:
    """The HTML of a Markdown text with its Mermaid flowcharts drawn."""
    return markdown.render(text, draw=draw)


def draw(source: str) -> str | None:
    """The SVG of a Mermaid flowchart; None where nothing was understood, so that it stays code."""
    readings = read(f"```mermaid\n{source}\n```")
    return readings[0].svg if readings else None


def read(text: str) -> list[Reading]:
    """Every diagram of a text that could be read, fenced or as boxes and arrows, in order."""
    section = read_section("text", text[:MAX_CHARS])
    graphs = {graph.start: graph for graph in diagram.graphs(section, _NOBODY)}
    blocks = [block for block in section.blocks if looks_like_diagram(block) and block.start in graphs]
    return [_reading(graphs[block.start], top_down=bool(_TOP_DOWN.match(block.text))) for block in blocks]


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
