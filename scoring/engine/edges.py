"""What is wrong in a drawing itself: arrows that no design may have, and what is to be said of its structure.

Only fenced drawings and boards count. A row of arrows within a sentence skips what goes without saying, so nothing is
concluded from what stands side by side there. As with sentences, a wrong accusation costs more than a miss: both ends
must plainly be the parts that the rubric speaks of.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from catalog.spec import ComponentKind
from scoring.engine.bank import Charge
from scoring.engine.context import Context
from scoring.engine.graph.drawn import quote
from scoring.engine.graph.mermaid import FLOWCHART
from scoring.engine.graph.names import kind_of
from scoring.engine.graph.review import review
from scoring.engine.graph.types import Edge, Graph, Node
from scoring.engine.mistakes import Claimed
from scoring.engine.statements import NEGATION
from scoring.engine.text import Section, tokens
from scoring.engine.types import Evidence, Note

ORPHAN: Final = "“{label}” is drawn, and nothing is joined to it. Draw the arrow that is missing, or leave it out."
MAX_ORPHANS: Final = 3
MAX_FINDINGS: Final = 3

# What is kept in these is reached through something else, whatever the label calls the whole.
_STORES: Final[frozenset[ComponentKind]] = frozenset(["database", "object_store", "search_index", "cache"])
_IN_BETWEEN: Final[frozenset[ComponentKind]] = frozenset(["service", "gateway", "worker", "load_balancer", "queue"])


def find(context: Context) -> list[Claimed]:
    """Each forbidden arrow at most once, with the line of the drawing that holds it."""
    if context.topic_worth == 0:
        return []
    drawings = list(_drawings(context))
    found = []
    for charge in _forbidden(context):
        quotes = (quote for section, graph in drawings for quote in _joined(context, charge, section, graph))
        if line := next(quotes, None):
            found.append(Claimed(charge, line.section, 1.0, True, line))
    return found


def orphans(context: Context) -> tuple[Note, ...]:
    """Parts of the question's design that a flowchart shows and joins to nothing."""
    notes = []
    for section, graph in _drawings(context):
        if not FLOWCHART.match(section.text[graph.start : graph.end]):
            continue
        joined = graph.joined()
        for key, node in graph.nodes.items():
            if node.components and key not in joined:
                line = quote(graph, section.text, [key])
                notes.append(Note("diagram", ORPHAN.format(label=node.label), line))
    return tuple(notes[:MAX_ORPHANS])


def advice(context: Context) -> tuple[Note, ...]:
    """What the structure of a flowchart or a board leaves open, each rule once. No mark depends on it."""
    if context.topic_worth == 0:
        return ()
    prose = "\n".join(section.text for section in context.document.sections.values())
    found: dict[str, Note] = {}
    for section, graph in _drawings(context):
        if not FLOWCHART.match(section.text[graph.start : graph.end]):
            continue
        for finding in review(graph, prose):
            # Parts of this question that stand alone are told of by name.
            if finding.rule != "orphan":
                line = quote(graph, section.text, finding.parts[:1])
                found.setdefault(finding.rule, Note("diagram", finding.text, line))
    return tuple(found.values())[:MAX_FINDINGS]


def _forbidden(context: Context) -> Iterator[Charge]:
    for step, criterion in context.prepared.question.criteria():
        for number, mistake in enumerate(criterion.mistakes):
            if mistake.edge:
                yield Charge(f"{criterion.key}:{number}", step, criterion.key, mistake)


def _drawings(context: Context) -> Iterator[tuple[Section, Graph]]:
    """Fenced flowcharts, and boxes and arrows in text; other kinds of Mermaid show no parts."""
    for key, section in context.document.sections.items():
        blocks = {block.start: block for block in section.blocks}
        for graph in context.graphs[key]:
            block = blocks.get(graph.start)
            if block and (block.language != "mermaid" or FLOWCHART.match(block.text)):
                yield section, graph


def _joined(context: Context, charge: Charge, section: Section, graph: Graph) -> Iterator[Evidence]:
    first, second = (frozenset(name.strip() for name in end.split("|")) for end in charge.mistake.edge or ("", ""))
    for edge in graph.edges:
        source, target = graph.nodes.get(edge.source), graph.nodes.get(edge.target)
        # Who calls a group as a whole need not call each part of it.
        if not source or not target:
            continue
        if edge.loose or NEGATION.search(edge.label) or not (source.components and target.components):
            continue
        if not (source.components <= first and target.components <= second) or _is_passed_on(graph, edge, first):
            continue
        if _is_plainly(context, source) and _is_plainly(context, target):
            yield _line(section, graph, edge)


def _is_passed_on(graph: Graph, edge: Edge, first: frozenset[str]) -> bool:
    """Whether a part of the same name stands before this one: of “client” and “app”, the second is a server."""
    named = {key for key, part in graph.parts.items() if part.components & first}
    return any(
        other.target == edge.source and other.source != edge.target and other.source in named for other in graph.edges
    )


def _is_plainly(context: Context, node: Node) -> bool:
    """No word of the label makes it another kind of part: a “user service” is no user, a “log service” no store."""
    own = {context.prepared.kinds[key] for key in node.components}
    names = [n for c in context.prepared.question.components if c.key in node.components for n in c.names]
    known = {token.stem for name in names for token in tokens(name)}
    words = tokens(re.split(r"[:,(]", node.label)[0])
    beyond = [word.word for word in words if word.stem not in known]
    # People are called by all kinds of words, and so are the services for them.
    if "client" in own and beyond:
        return False
    if own <= _STORES and _kinds(word.word for word in words) & _IN_BETWEEN:
        return False
    return _kinds(beyond) <= own


def _kinds(words: Iterable[str]) -> set[ComponentKind]:
    return {kind for word in words if (kind := kind_of(word))}


def _line(section: Section, graph: Graph, edge: Edge) -> Evidence:
    """The line of the drawing that names both ends; where there is none, the lines from one end to the other."""
    names = [(end, graph.nodes[end].label) for end in (edge.source, edge.target)]
    start = graph.start
    for line in section.text[graph.start : graph.end].splitlines(keepends=True):
        if all(any(_holds(line, name) for name in either) for either in names):
            words = line.strip()
            begin = start + line.index(words)
            return Evidence(section.key, begin, begin + len(words), words, "diagram")
        start += len(line)
    return quote(graph, section.text, [edge.source, edge.target])


def _holds(line: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line, re.IGNORECASE))
