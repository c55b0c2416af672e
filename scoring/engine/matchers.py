"""One matcher for each way a point is found. Each says how strongly an answer makes the point, and with which words.

To add a way: a field on catalog.spec.Point, a function (context, step, point) -> Finding, and a row in MATCHERS.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from catalog.spec import Point
from catalog.steps import ESTIMATION
from scoring.engine import diagram, flows, guards, numbers, quantities, statements
from scoring.engine.context import BODY, Context, Finding, Reading
from scoring.engine.guards import Judged
from scoring.engine.prepare import Prepared
from scoring.engine.statements import Window
from scoring.engine.text import Document
from scoring.engine.types import Evidence
from scoring.engine.words import CONTRAST, REASON, synonyms

# A recall of MID says half of what a statement says; WIDTH is how quickly certainty grows around it.
MID: Final = 0.43
WIDTH: Final = 0.07
BEST_SHARE: Final = 0.6
TERM_BONUS: Final = 0.17

STATED: Final = 0.88
JUSTIFIED: Final = 1.0
MENTION: Final = 0.25
LIST: Final = 0.05
# Talk about what one would do, and promises that no system keeps.
PLAN: Final = 0.35
FRAGMENT: Final = 0.75
TERSE: Final = 0.6
# What is concluded from a number that is wrong by tens is worth less than the conclusion.
FROM_A_SLIP: Final = 0.4
WITHOUT_NUMBER: Final = 0.5
WITHOUT_REASON: Final = 0.5
LOWEST_RECALL: Final = 0.1
CLEARLY: Final = 0.02
# From here on a point is near enough that nobody should be told it is absent.
NEAR: Final = 0.2
OTHER_QUOTES: Final = 4
FAINTEST: Final = 0.05

_NUMBER_WORDS: Final = re.compile(
    r"\d|\b(?:half|twice|two|three|four|five|six|seven|eight|nine|ten|dozen|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)


Matcher = Callable[[Context, str, Point], Finding]


def read(prepared: Prepared, document: Document, judged: dict[str, tuple[Judged, ...]], variant: int) -> Context:
    prose = [sentence for sentence in document.sentences if sentence.kind != "code"]
    topic_worth = guards.topic_worth(prose, prepared.topic, prepared.subject)
    context = Context(prepared, document, judged, variant, topic_worth)
    for key, section in document.sections.items():
        context.figures[key] = numbers.figures(j.sentence for j in judged[key] if j.form != "copied")
        estimated = context.figures[key] if key in (ESTIMATION, BODY) else []
        slipped = frozenset(f.sentence.start for f in estimated if quantities.has_large_slip(f))
        for window in statements.windows(judged[key]):
            context.readings.append(_reading(prepared, window, slipped))
        context.mentions[key] = tuple(_mentions(prepared, j) for j in judged[key])
        context.graphs[key] = diagram.graphs(section, prepared.namer)
    return context


def _by_owner(prepared: Prepared, window: Window) -> dict[tuple[str, str], tuple[float, int]]:
    """Owner → recall of its statements, mostly of the best one with the second as a witness, and the best one."""
    grouped: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for index, value in prepared.matcher.recalls(window).items():
        grouped[prepared.owners[index].key].append((value, index))
    found = {}
    for key, values in grouped.items():
        values.sort(reverse=True)
        best, index = values[0]
        second = values[1][0] if len(values) > 1 else 0.0
        # An exemplar said word for word is enough by itself.
        found[key] = max(BEST_SHARE * best + (1 - BEST_SHARE) * second, best - 0.2), index
    return found


def find(context: Context, step: str, point: Point) -> Finding:
    """How strongly an answer makes a point; what would fit any question counts less."""
    found = MATCHERS[way(point)](context, step, point)
    near = found.near or found.strength >= NEAR
    return replace(found, strength=found.strength * context.topic_worth, near=near)


def way(point: Point) -> str:
    return next((name for name in ("quantity", "flow", "component") if getattr(point, name) is not None), "statements")


def by_statements(context: Context, step: str, point: Point) -> Finding:
    key = _criterion_of(context, step, point), point.key
    terms = context.prepared.terms[key]
    best, quoted, quoted_window, near = 0.0, 0.0, None, False
    # By what the words say, whatever their form.
    singles: dict[Window, float] = {}
    for reading in context.readings:
        own = reading.window.section in (step, BODY)
        near = near or (own and reading.worth > LIST and any(term <= reading.held for term in terms))
        recall, index = reading.recalls.get(key, (0.0, -1))
        if recall < LOWEST_RECALL:
            continue
        certainty = _certainty(recall, reading, terms)
        near = near or (own and reading.worth > LIST and certainty >= NEAR)
        strength = certainty * _worth(reading, point)
        if _only_named(context.prepared.matcher.statements[index].stems, reading, terms):
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


def _certainty(recall: float, reading: Reading, terms: Sequence[frozenset[str]]) -> float:
    if any(term <= reading.held for term in terms):
        recall += TERM_BONUS
    return 1 / (1 + math.exp((MID - recall * reading.window.worth) / WIDTH))


def _worth(reading: Reading, point: Point) -> float:
    """What being said in this form is worth to a point: a figure or a reason may be asked for."""
    worth = reading.worth
    if point.needs_number and not reading.number:
        worth = min(worth, WITHOUT_NUMBER)
    if point.needs_reason and not reading.reason:
        worth = min(worth, WITHOUT_REASON)
    return worth


def _reading(prepared: Prepared, window: Window, slipped: frozenset[int]) -> Reading:
    text = " ".join(j.sentence.text for j in window.judged)
    reason = bool(REASON.search(text) or CONTRAST.search(text))
    number = bool(_NUMBER_WORDS.search(text))
    held = frozenset().union(*(j.usable - j.negated for j in window.judged))
    near = held.union(window.judged[0].sentence.heading, *(synonyms(stem) for stem in held))
    worth = _form_worth(window, justified=reason or number)
    if any(j.sentence.start in slipped for j in window.judged):
        worth *= FROM_A_SLIP
    return Reading(window, _by_owner(prepared, window), held, near, reason, number, worth)


def _form_worth(window: Window, *, justified: bool) -> float:
    """Listed, planned, mentioned, stated or justified."""
    forms = {j.form for j in window.judged}
    if "list" in forms:
        return LIST
    order = min(j.worth for j in window.judged)
    if forms <= {"plan", "boast"}:
        return PLAN * order
    worth = JUSTIFIED if justified else STATED
    if sum(len(j.sentence.stems) for j in window.judged) < 3:
        worth *= FRAGMENT
    if "terse" in forms:
        worth *= TERSE
    return worth * order


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
}
