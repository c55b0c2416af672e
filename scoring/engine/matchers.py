"""One matcher for each way a point is found. Each says how strongly an answer makes the point, and with which words.

To add a way: a field on catalog.spec.Point, a function (context, step, point) -> Finding, and a row in MATCHERS.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from catalog.answer_file import BODY, MIN_HEADINGS
from catalog.spec import Point
from catalog.steps import ESTIMATION
from scoring.engine import aboutness, evidence, flows, guards, numbers, quantities
from scoring.engine.concepts import Concepts, Encodes
from scoring.engine.context import Context, Finding
from scoring.engine.evidence import LIST, MENTION, TERSE, Reading
from scoring.engine.graph.drawn import graphs, quote
from scoring.engine.graph.types import Graph
from scoring.engine.guards import Judged
from scoring.engine.prepare import Prepared
from scoring.engine.text import Document, tokens
from scoring.engine.words import stem

# What is less certain than this is not looked at.
LOWEST: Final = 0.01
REFERENCES: Final = ("quantity", "flow", "component", "replicated")
# From here on a point is near enough that nobody should be told it is absent.
NEAR: Final = 0.2
OTHER_QUOTES: Final = 4
FAINTEST: Final = 0.05


Matcher = Callable[[Context, str, Point], Finding]


def read(
    prepared: Prepared,
    document: Document,
    judged: dict[str, tuple[Judged, ...]],
    variant: int,
    encoder: Encodes | None = None,
) -> Context:
    live = [j.sentence for rows in judged.values() for j in rows if j.form != "copied"]
    prose = [sentence for sentence in live if sentence.kind != "code"]
    said = [j for rows in judged.values() for j in rows if j.form != "copied"]
    concepts = Concepts(said, prepared.matcher, prepared.vectors(encoder) if encoder else None, encoder)
    # Sums name what they count, and a sheet full of them is no digression.
    without_sums = [sentence for sentence in prose if sentence.kind != "sum"]
    by_words = max(guards.topic_worth(rows, prepared.topic, prepared.subject) for rows in (prose, without_sums))
    is_drill = BODY not in document.sections and len(document.sections) < MIN_HEADINGS
    worth = (
        aboutness.worth_of_one_step(by_words, said, concepts)
        if is_drill
        else aboutness.worth(by_words, said, concepts, prepared)
    )
    context = Context(prepared, document, judged, variant, concepts, worth)
    for key, section in document.sections.items():
        context.figures[key] = numbers.figures(j.sentence for j in judged[key] if j.form != "copied")
        context.mentions[key] = tuple(_mentions(prepared, j) for j in judged[key])
        context.graphs[key] = graphs(section, prepared.namer)
    slipped = {key: _slipped(context, key) for key in document.sections}
    context.readings = [evidence.read(j, slipped=j.sentence.start in slipped[j.sentence.section]) for j in said]
    return context


def _slipped(context: Context, section: str) -> frozenset[int]:
    estimated = context.figures[section] if section in (ESTIMATION, BODY) else []
    return frozenset(f.sentence.start for f in estimated if quantities.has_large_slip(f))


def find(context: Context, step: str, point: Point) -> Finding:
    """How strongly an answer makes a point; by words alone, what would fit any question counts less."""
    found = MATCHERS[way(point)](context, step, point)
    near = found.near or found.strength >= NEAR
    worth = 1.0 if context.concepts.by_meaning else context.topic_worth
    return replace(found, strength=found.strength * worth, near=near)


def way(point: Point) -> str:
    return next((name for name in REFERENCES if getattr(point, name) is not None), "statements")


def by_statements(context: Context, step: str, point: Point) -> Finding:
    """Its two best sentences as witnesses of their own: 1 - (1 - a)(1 - b). The better one is quoted."""
    key = _criterion_of(context, step, point), point.key
    terms = context.prepared.terms[key]
    named = np.array([any(term <= reading.held for term in terms) for reading in context.readings], dtype=bool)
    certainties, statement_of = context.concepts.certainty(key, named)
    # Sentence → how strongly it makes the point, and how surely by what its words say, whatever their form.
    found: list[tuple[float, float, Judged]] = []
    near = False
    for row, reading in enumerate(context.readings):
        certainty = float(certainties[row])
        own = reading.section in (step, BODY)
        near = near or (own and not reading.is_listed and (bool(named[row]) or certainty >= NEAR))
        if certainty < LOWEST or context.is_accused(reading.judged):
            continue
        factor = context.factor(step, reading.section)
        strength = certainty * reading.worth_for(point) * factor
        if named[row] and _only_named(context.prepared.matcher.statements[statement_of[row]].stems, reading, terms):
            strength *= MENTION
        found.append((strength, certainty * factor, reading.judged))
    if not found:
        return Finding(near=near)
    found.sort(key=lambda one: -one[0])
    best = found[0][0]
    # Saying it once more in the same words is no second witness.
    second = next((strength for strength, _, j in found if j.sentence.words != found[0][2].sentence.words), 0.0)
    others = sorted((one for one in found[1:] if one[1] >= FAINTEST), key=lambda one: -one[1])[:OTHER_QUOTES]
    quoted = (found[0][2].sentence.evidence(),)
    return Finding(
        1 - (1 - best) * (1 - second), quoted, others=tuple(j.sentence.evidence() for *_, j in others), near=near
    )


def _only_named(statement: Mapping[str, float], reading: Reading, terms: Sequence[frozenset[str]]) -> bool:
    """A term is there and nothing else of what the statement says."""
    named = [term for term in terms if term <= reading.held]
    return bool(named) and not (statement.keys() & reading.near) - frozenset().union(*named)


def _criterion_of(context: Context, step: str, point: Point) -> str:
    for criterion in context.prepared.question.steps[step].criteria:  # type: ignore[index]
        if any(candidate is point for candidate in criterion.points):
            return criterion.key
    raise LookupError(point.key)


# Flows and components


def by_flow(context: Context, step: str, point: Point) -> Finding:
    flow = context.prepared.flows.get(point.flow or "")
    if flow is None:
        return Finding()
    best = Finding()
    p = context.prepared
    for key, section in context.document.sections.items():
        found = [flows.in_graph(flow, g, p.namer, p.kinds, section.text) for g in context.graphs[key]]
        found.append(flows.in_prose(flow, context.judged[key], context.mentions[key], section))
        for one in found:
            strength = one.strength * context.factor(step, key) * context.in_order(key)
            if strength > best.strength:
                best = Finding(strength, one.evidence)
    return best


DRAWN: Final = 0.85
TOLD: Final = 0.8


def by_component(context: Context, step: str, point: Point) -> Finding:
    """A part that is drawn with an edge to another, or told to be there."""
    wanted = point.component or ""

    def drawn(graph: Graph) -> list[str]:
        connected = graph.connected()
        return [k for k, node in graph.parts.items() if wanted in node.components and k in connected][:1]

    return _drawn_or_told(context, step, wanted, drawn)


def _drawn_or_told(
    context: Context,
    step: str,
    wanted: str,
    drawn: Callable[[Graph], Sequence[str]],
    says: Callable[[str], bool] = lambda text: True,
) -> Finding:
    """The best of the graphs whose nodes `drawn` chooses, and of the sentences that name a part and `says` takes."""
    best = Finding()
    for key, section in context.document.sections.items():
        factor = context.factor(step, key) * context.in_order(key)
        for graph in context.graphs[key]:
            nodes = drawn(graph)
            if nodes and DRAWN * factor > best.strength:
                best = Finding(DRAWN * factor, (quote(graph, section.text, nodes),))
        for judgement, named in zip(context.judged[key], context.mentions[key], strict=True):
            told = wanted in named and says(judgement.sentence.text)
            strength = _told(judgement) * factor if told else 0.0
            if strength > best.strength:
                best = Finding(strength, (judgement.sentence.evidence(),), near=key in (step, BODY))
    return best


# How people say that there is more than one of something.
_COPIES: Final = frozenset(
    stem(word)
    for word in """replica replicas replicated replication copy copies standby standbys follower followers secondary
    cluster clusters instance instances nodes machines servers several multiple two three four five many pool fleet
    zones redundant mirrored mirror spare""".split()
)
_TIMES: Final = re.compile(r"[×x]\s?(?:[2-9]|\d{2,}|n)\b|\b(?:[2-9]|\d{2,}|n)\s?[×x]\b", re.IGNORECASE)


def by_copies(context: Context, step: str, point: Point) -> Finding:
    """A part that exists more than once: drawn twice, labelled as several, or told to be."""
    wanted = point.replicated or ""

    def drawn(graph: Graph) -> list[str]:
        parts = {k: part for k, part in graph.parts.items() if wanted in part.components}
        alike = [k for k in parts if k in graph.nodes]
        return [k for k, part in parts.items() if _says_several(part.label)] or (alike if len(alike) > 1 else [])

    return _drawn_or_told(context, step, wanted, drawn, _says_several)


def _says_several(text: str) -> bool:
    return bool(_TIMES.search(text)) or any(token.stem in _COPIES for token in tokens(text))


def _told(judgement: Judged) -> float:
    if judgement.form == "copied":
        return 0.0
    if judgement.form in ("list", "plan", "boast"):
        return LIST
    if len(judgement.sentence.stems) < 4:
        return MENTION
    if judgement.form == "terse":
        return TOLD * TERSE
    return 1.0 if judgement.form == "justified" else TOLD


def _mentions(prepared: Prepared, judgement: Judged) -> tuple[str, ...]:
    """Components a sentence names, in order; what it denies is not named."""
    if judgement.form == "copied":
        return ()
    usable = [t.stem or t.word for t in judgement.sentence.tokens if t.start not in judgement.denied]
    return tuple(key for _, key in prepared.namer.mentions(usable))


MATCHERS: Final[dict[str, Matcher]] = {
    "statements": by_statements,
    "quantity": quantities.by_quantity,
    "flow": by_flow,
    "component": by_component,
    "replicated": by_copies,
}
