"""One matcher for each way a point is found. Each says how strongly an answer makes the point, and with which words.

To add a way: a field on catalog.spec.Point, a function (context, step, point) -> Finding, and a row in MATCHERS.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from catalog.answer_file import MIN_HEADINGS
from catalog.spec import Point
from catalog.steps import ESTIMATION
from scoring.engine import aboutness, diagram, evidence, flows, guards, numbers, quantities, statements
from scoring.engine.concepts import Concepts, Encodes
from scoring.engine.context import BODY, Context, Finding
from scoring.engine.evidence import LIST, MENTION, TERSE, Reading
from scoring.engine.guards import Judged
from scoring.engine.prepare import Prepared
from scoring.engine.statements import Window
from scoring.engine.text import Document, tokens
from scoring.engine.types import Evidence
from scoring.engine.words import stem

# What is less certain than this is not looked at.
LOWEST: Final = 0.01
REFERENCES: Final = ("quantity", "flow", "component", "replicated")
CLEARLY: Final = 0.02
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
    windows = [window for rows in judged.values() for window in statements.windows(rows)]
    concepts = Concepts(windows, prepared.matcher, prepared.vectors(encoder) if encoder else None, encoder)
    by_words = guards.topic_worth(prose, prepared.topic, prepared.subject)
    # One step by itself is too short to tell what it is about, unless none of its words is of the question.
    is_drill = BODY not in document.sections and len(document.sections) < MIN_HEADINGS
    worth = min(1.0, math.ceil(by_words)) if is_drill else aboutness.worth(by_words, windows, concepts, prepared)
    context = Context(prepared, document, judged, variant, concepts, worth)
    for key, section in document.sections.items():
        context.figures[key] = numbers.figures(j.sentence for j in judged[key] if j.form != "copied")
        context.mentions[key] = tuple(_mentions(prepared, j) for j in judged[key])
        context.graphs[key] = diagram.graphs(section, prepared.namer)
    slipped = {key: _slipped(context, key) for key in document.sections}
    context.readings = [evidence.read(window, slipped[window.section]) for window in windows]
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
    key = _criterion_of(context, step, point), point.key
    terms = context.prepared.terms[key]
    named = np.array([any(term <= reading.held for term in terms) for reading in context.readings], dtype=bool)
    certainties, statement_of = context.concepts.certainty(key, named)
    best, quoted, quoted_window, near = 0.0, 0.0, None, False
    # By what the words say, whatever their form.
    singles: dict[Window, float] = {}
    for row, reading in enumerate(context.readings):
        own = reading.window.section in (step, BODY)
        certainty = float(certainties[row])
        near = near or (own and not reading.is_listed and (bool(named[row]) or certainty >= NEAR))
        if certainty < LOWEST or context.is_accused(reading.window):
            continue
        strength = certainty * reading.worth_for(point)
        if named[row] and _only_named(context.prepared.matcher.statements[statement_of[row]].stems, reading, terms):
            strength *= MENTION
        strength *= context.factor(step, reading.window.section)
        # Single sentences come first; a longer window must be clearly better to be quoted instead.
        best = max(best, strength)
        if len(reading.window.judged) == 1:
            singles[reading.window] = certainty * context.factor(step, reading.window.section)
        if strength > quoted + (CLEARLY if quoted_window else 0.0):
            quoted, quoted_window = strength, reading.window
    if quoted_window is None:
        return Finding(near=near)
    carrier = _carrier(quoted_window, singles)
    ranked = sorted((w for w, s in singles.items() if s >= FAINTEST and w != carrier), key=lambda w: -singles[w])
    others = tuple(_quote(context, window) for window in ranked[:OTHER_QUOTES])
    return Finding(best, (_quote(context, carrier),), others=others, near=near)


def _carrier(window: Window, singles: Mapping[Window, float]) -> Window:
    """The one sentence of a window that says most of the point by itself."""
    return max((Window((j,)) for j in window.judged), key=lambda single: singles.get(single, 0.0))


def _only_named(statement: Mapping[str, float], reading: Reading, terms: Sequence[frozenset[str]]) -> bool:
    """A term is there and nothing else of what the statement says."""
    named = [term for term in terms if term <= reading.held]
    return bool(named) and not (statement.keys() & reading.near) - frozenset().union(*named)


def _quote(context: Context, window: Window) -> Evidence:
    text = context.document.sections[window.section].text
    return Evidence(window.section, window.start, window.end, text[window.start : window.end])


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
    wanted = point.component or ""
    best = Finding()
    for key, section in context.document.sections.items():
        factor = context.factor(step, key) * context.in_order(key)
        for graph in context.graphs[key]:
            connected = graph.connected()
            held = [k for k, node in graph.nodes.items() if wanted in node.components and k in connected]
            if held and DRAWN * factor > best.strength:
                best = Finding(DRAWN * factor, (diagram.quote(graph, section.text, held[:1]),))
        for judgement, named in zip(context.judged[key], context.mentions[key], strict=True):
            strength = _told(judgement) * factor if wanted in named else 0.0
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
    best = Finding()
    for key, section in context.document.sections.items():
        factor = context.factor(step, key) * context.in_order(key)
        for graph in context.graphs[key]:
            drawn = [k for k, node in graph.nodes.items() if wanted in node.components]
            several = [k for k in drawn if _says_several(graph.nodes[k].label)] or (drawn if len(drawn) > 1 else [])
            if several and DRAWN * factor > best.strength:
                best = Finding(DRAWN * factor, (diagram.quote(graph, section.text, several),))
        for judgement, named in zip(context.judged[key], context.mentions[key], strict=True):
            told = wanted in named and _says_several(judgement.sentence.text)
            strength = _told(judgement) * factor if told else 0.0
            if strength > best.strength:
                best = Finding(strength, (judgement.sentence.evidence(),), near=key in (step, BODY))
    return best


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
