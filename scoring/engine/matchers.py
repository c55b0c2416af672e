"""One matcher for each way a point is found. Each says how strongly an answer makes the point, and with which words.

To add a way: a field on catalog.spec.Point, a function (context, step, point) -> Finding, and a row in MATCHERS.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from catalog.spec import Point
from catalog.steps import ESTIMATION, REQUIREMENTS
from scoring.engine import diagram, flows, guards, numbers, statements
from scoring.engine.guards import Judged
from scoring.engine.numbers import Figures, Number
from scoring.engine.prepare import Prepared, Target
from scoring.engine.statements import Window
from scoring.engine.text import Document, tokens
from scoring.engine.types import Evidence, Note
from scoring.engine.words import CONTRAST, REASON, synonyms

BODY: Final = "body"
OTHER_SECTION: Final = 0.8
LATER_SECTION: Final = 0.5
EARLY: Final = frozenset({REQUIREMENTS, ESTIMATION})

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


@dataclass(frozen=True, slots=True)
class Finding:
    """How strongly a point is made, 0 to 1, the words that make it, and what to say about them.

    `others` are further words for it, the strongest first; `near` when it may be made in words not recognised.
    """

    strength: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[Note, ...] = ()
    others: tuple[Evidence, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A window with everything about it that no point changes."""

    window: Window
    recalls: dict[tuple[str, str], tuple[float, int]]
    held: frozenset[str]
    near: frozenset[str]
    reason: bool
    number: bool
    worth: float


@dataclass(slots=True)
class Context:
    """One answer, read once for all points."""

    prepared: Prepared
    document: Document
    judged: dict[str, tuple[Judged, ...]]
    variant: int
    topic_worth: float = 1.0
    readings: list[Reading] = field(default_factory=list)
    mentions: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    figures: dict[str, list[Figures]] = field(default_factory=dict)
    graphs: dict[str, list[diagram.Graph]] = field(default_factory=dict)

    def factor(self, step: str, section: str) -> float:
        """What a section counts for a step: its own and a text without steps in full, others a little less.

        Needs and numbers that turn up only in the design came after what they should have decided.
        """
        if section in (step, BODY):
            return 1.0
        return LATER_SECTION if step in EARLY and section not in EARLY else OTHER_SECTION


Matcher = Callable[[Context, str, Point], Finding]


def read(prepared: Prepared, document: Document, judged: dict[str, tuple[Judged, ...]], variant: int) -> Context:
    prose = [sentence for sentence in document.sentences if sentence.kind != "code"]
    topic_worth = guards.topic_worth(prose, prepared.topic, prepared.subject)
    context = Context(prepared, document, judged, variant, topic_worth)
    for key, section in document.sections.items():
        context.figures[key] = numbers.figures(j.sentence for j in judged[key] if j.form != "copied")
        estimated = context.figures[key] if key in (ESTIMATION, BODY) else []
        slipped = frozenset(f.sentence.start for f in estimated if _has_slip(f))
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


def _has_slip(figures: Figures) -> bool:
    return any(d.is_slip and not 1 / LARGE_SLIP <= d.off_by <= LARGE_SLIP for d in figures.derivations)


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


# Quantities: what the brief gives is where a quantity comes from, and not yet the quantity.

RIGHT_AND_DERIVED: Final = 1.0
OWN_AND_DERIVED: Final = 0.9
RIGHT: Final = 0.6
SLIPPED: Final = 0.0
LARGE_SLIP: Final = 10.0
FAR: Final = 0.08
RESTATED: Final = 0.4
WITHOUT_CUE: Final = 0.9
OWN_WITHIN: Final = 150.0


def by_quantity(context: Context, step: str, point: Point) -> Finding:
    targets = context.prepared.targets(context.variant)
    target = targets.get(point.quantity or "")
    if target is None:
        return Finding()
    givens = context.prepared.givens(context.variant)
    rivals = [cue for t in targets.values() if t.kind == target.kind for cue in t.cues if cue not in target.cues]
    best = Finding()
    known: list[Number] = []
    for section in sorted(context.figures, key=lambda key: key not in ("requirements", BODY)):
        before: Figures | None = None
        for figures in context.figures[section]:
            known += figures.numbers
            found = _best_number(figures, before, target, known, rivals, givens, list(targets.values()))
            strength = found.strength * context.factor(step, section) * _salad(context, section)
            if strength > best.strength + 1e-9:
                best = Finding(strength, found.evidence, found.notes, near=section in (step, BODY))
            before = figures
    return best


def _salad(context: Context, section: str) -> float:
    return min((j.worth for j in context.judged[section]), default=1.0)


def _best_number(
    figures: Figures,
    before: Figures | None,
    target: Target,
    known: Sequence[Number],
    rivals: Sequence[frozenset[str]],
    givens: frozenset[float],
    targets: Sequence[Target],
) -> Finding:
    best = Finding()
    for number in figures.numbers:
        if number.kind != target.kind and not (
            target.kind == "count" and number.kind == "rate" and number.per >= 86400
        ):
            continue
        strength, derivation = _number_strength(figures, number, target, known)
        cue = _cue(figures, before, number, target, rivals)
        if not cue and derivation and derivation.holds and _can_only_be(number, target, targets):
            cue = WITHOUT_CUE
        if derivation is None and number.kind != "rate" and any(_same(number.value, given) for given in givens):
            continue
        if target.kind == "rate" and number.per > 60:
            # Ten million a day is where a rate per second comes from: nothing when given, a little when derived.
            cue *= RESTATED if derivation and derivation.holds else 0.0
        strength *= cue
        if strength > best.strength:
            start = min(derivation.start, number.start) if derivation else number.start
            whole = figures.sentence
            evidence = whole.evidence() if len(whole.text) <= 160 else figures.quote(start, number.end)
            best = Finding(
                strength, (Evidence(evidence.section, evidence.start, evidence.end, evidence.quote, "number"),)
            )
    return best


def _can_only_be(number: Number, target: Target, targets: Sequence[Target]) -> bool:
    """Of the right kind and size for this quantity, and for no other."""
    fitting = [t for t in targets if t.kind == number.kind and _within(number.value, t)]
    return number.kind != "count" and fitting == [target]


def _within(value: float, target: Target) -> bool:
    ratio = value / target.value if target.value else 0.0
    return ratio > 0 and max(ratio, 1 / ratio) <= target.expected.factor


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=0.01)


def _number_strength(
    figures: Figures, number: Number, target: Target, known: Sequence[Number]
) -> tuple[float, numbers.Derivation | None]:
    derivation = next((d for d in figures.derivations if d.result is number), None)
    ratio = number.value / target.value if target.value and number.value else 0.0
    distance = max(ratio, 1 / ratio) if ratio > 0 else math.inf
    right = distance <= target.expected.factor
    if any(d.is_slip and d.result.start <= number.start for d in figures.derivations):
        # What follows from a slip in the same breath is no better than the slip.
        return SLIPPED, derivation
    derived = bool(derivation and derivation.holds) or numbers.derivable(number, figures.numbers, known)
    if right:
        return (RIGHT_AND_DERIVED if derived else RIGHT), derivation
    if derived and distance <= OWN_WITHIN:
        return OWN_AND_DERIVED, derivation
    return FAR, derivation


def _cue(
    figures: Figures, before: Figures | None, number: Number, target: Target, rivals: Sequence[frozenset[str]]
) -> float:
    """How near the words of the quantity stand: beside the number, in its sentence, in the one before."""
    text = figures.sentence.text
    earlier = [n.end for n in figures.numbers if n.end <= number.start]
    local = _words(text[(earlier[-1] if earlier else 0) : number.end + 30], number)
    whole = _words(text, number) | frozenset(figures.sentence.heading)
    about_peak = "peak" in target.expected.key or any("peak" in cue for cue in target.cues)
    if about_peak != bool(local & _PEAK) and (about_peak or number.kind == "rate"):
        # A peak must be called one, and an average is not the number that is called the peak.
        return 0.85 if about_peak and whole & _PEAK else 0.0 if about_peak else 0.6
    for words, worth in ((local, 1.0), (whole, 0.95)):
        if any(cue <= words for cue in target.cues):
            return worth
    elsewhere = any(cue <= whole for cue in rivals)
    if before is not None and not elsewhere and any(cue <= _words(before.sentence.text, number) for cue in target.cues):
        return 0.8
    return 0.0


_PEAK: Final = frozenset(["peak", "spike", "burst", "busi", "busiest", "rush"])


def _words(text: str, number: Number) -> frozenset[str]:
    found = {t.stem for t in tokens(text) if t.stem}
    found |= {"write"} if re.search(r"\b[wW](?::|/s|\s*=)", text) else set()
    found |= {"read"} if re.search(r"\b[rR](?::|/s|\s*=)", text) else set()
    found |= {1.0: {"second"}, 86400.0: {"day", "daili"}, 31536000.0: {"year"}}.get(number.per, set())
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Slip:
    """Written arithmetic that does not come out: what to say, for which criterion, and the mark it leaves."""

    criterion: str
    cap: float
    note: Note


def slips(context: Context) -> list[Slip]:
    """Only what is wrong whatever was left unsaid, at the criterion that asks for the quantity."""
    found = []
    for section, rows in context.figures.items():
        before: Figures | None = None
        for figures in rows:
            for d in figures.derivations:
                if d.is_slip and section in (ESTIMATION, BODY):
                    factor = max(d.off_by, 1 / d.off_by)
                    quote = figures.quote(min(d.start, d.result.start), d.result.end)
                    said = f"This does not come out: the result is off by about {_round(factor)} times."
                    cap = LARGE_SLIP_CAP if factor >= LARGE_SLIP else SLIP_CAP
                    criterion = _asks_for(context, _meant(context, figures, before, d))
                    found.append(Slip(criterion, cap, Note("number", said, quote)))
            before = figures
    return found


LARGE_SLIP_CAP: Final = 2.0
SLIP_CAP: Final = 3.0


def _meant(context: Context, figures: Figures, before: Figures | None, slip: numbers.Derivation) -> str:
    """The quantity a slipped result was to be: one its words speak of, of the size it should have had."""
    meant = slip.result.value / slip.off_by

    def rank(target: Target) -> tuple[bool, float]:
        named = _cue(figures, before, slip.result, target, ()) > 0
        return not named, abs(math.log(meant / target.value)) if meant > 0 and target.value > 0 else math.inf

    alike = [t for t in context.prepared.targets(context.variant).values() if t.kind == slip.result.kind]
    return min(alike, key=rank).expected.key if alike else ""


def _asks_for(context: Context, quantity: str) -> str:
    """The criterion that asks for a quantity; the first that asks for any when none does."""
    asking = [c for _, c in context.prepared.question.criteria() if any(p.quantity for p in c.points)]
    own = [c for c in asking if any(p.quantity == quantity for p in c.points)]
    return next((c.key for c in own + asking), "")


def _round(factor: float) -> str:
    if factor < 10:
        return f"{factor:.1f}".removesuffix(".0")
    digits = 10 ** int(math.log10(factor))
    return f"{round(factor / digits) * digits:,}"


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
            strength = one.strength * context.factor(step, key) * _salad(context, key)
            if strength > best.strength:
                best = Finding(strength, one.evidence)
    return best


DRAWN: Final = 0.85
TOLD: Final = 0.8


def by_component(context: Context, step: str, point: Point) -> Finding:
    wanted = point.component or ""
    best = Finding()
    for key, section in context.document.sections.items():
        factor = context.factor(step, key) * _salad(context, key)
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
    "quantity": by_quantity,
    "flow": by_flow,
    "component": by_component,
}
