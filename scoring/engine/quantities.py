"""Expected quantities in the figures of an answer, and written arithmetic that does not come out.

What the brief gives is where a quantity comes from, and not yet the quantity.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalog.spec import Point
from catalog.steps import ESTIMATION
from scoring.engine import numbers
from scoring.engine.context import BODY, Context, Finding
from scoring.engine.numbers import Figures, Number
from scoring.engine.prepare import Target
from scoring.engine.text import tokens
from scoring.engine.types import Evidence, Note

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
            strength = found.strength * context.factor(step, section) * context.in_order(section)
            if strength > best.strength + 1e-9:
                best = Finding(strength, found.evidence, found.notes, near=section in (step, BODY))
            before = figures
    return best


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


def has_large_slip(figures: Figures) -> bool:
    return any(d.is_slip and not 1 / LARGE_SLIP <= d.off_by <= LARGE_SLIP for d in figures.derivations)
