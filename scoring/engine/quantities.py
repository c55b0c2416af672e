"""Expected quantities in the figures of an answer, and written arithmetic that does not come out.

What the brief gives is where a quantity comes from, and not yet the quantity.
"""

import math
import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from catalog.answer_file import BODY
from catalog.spec import Point
from catalog.steps import ESTIMATION, REQUIREMENTS
from scoring.engine import cues, numbers
from scoring.engine.context import Context, Finding
from scoring.engine.cues import Rivals
from scoring.engine.numbers import Derivation, Figures, Number
from scoring.engine.prepare import Target
from scoring.engine.types import Evidence, Note

RIGHT_AND_DERIVED: Final = 0.95
OWN_AND_DERIVED: Final = 0.88
OWN_AND_LIKELY: Final = 0.75
RIGHT: Final = 0.6
DECIDES: Final = 0.05
SLIPPED: Final = 0.0
LARGE_SLIP: Final = 10.0
FAR: Final = 0.08
RESTATED: Final = 0.4
WITHOUT_CUE: Final = 0.9
UNSAID_PERIOD: Final = 0.85
OWN_WITHIN: Final = 150.0
FROM_OTHERS: Final = "This rests on other numbers than the brief's, from which it comes to about {right}."
LARGE_SLIP_CAP: Final = 2.0
SLIP_CAP: Final = 3.0
LONGEST_QUOTE: Final = 160
LONGEST_SUM: Final = 70

_NOT_A_NUMBER: Final = r"(?!\s*(?:[~≈(]|about|around|roughly|that is|at)?\s*[~≈]?\$?\d)"
_CONSEQUENCE: Final = re.compile(
    r"(?:\b(?:so|therefore|hence|thus|which is why|that is why|means?|meaning|needs?|requires?|calls? for|forces?|"
    r"decides?|justif\w+|rules? out|enough|fits?|too (?:much|many|big|large|little)|more than (?:one|a single)|cannot|"
    rf"can't|no need|no reason|drives?|dominates?)\b|→|⇒|=>){_NOT_A_NUMBER}[\s,:]*[A-Za-z]",
    re.IGNORECASE,
)
_STATED: Final = re.compile(r"(?:[:=≈]|\b(?:is|are|about|around|roughly)\b)[\s~≈]*$", re.IGNORECASE)
_CAPACITY: Final = re.compile(
    r"\b(?:nodes?|servers?|machines?|instances?|primary|shards?|disks?|each|handles?|limits?|max\w*|capacity|can|could|single|"
    r"one|up to|at most|less|under|below|quota|allow\w*|bound|target|if|until|when|ten times|tenfold|growth)\b",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(r"\s*(?:so|therefore|hence|thus|that|this|which|it|both|these)\b", re.IGNORECASE)
# What a number of a day is multiplied with, or divided by, to be one of another period.
_PERIODS: Final = frozenset((1.0, 7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 365.0, 3600.0, 86400.0))
_LONG_PERIOD: Final = re.compile(r"/\s*(?:day|week|month|year|hour)")
_PERIOD_OF_UNIT: Final = re.compile(r"/\s*(s|second|min|minute|hour|day|week|month|year)\b")
_PERIOD_SAID: Final = {
    "s": re.compile(r"\b(?:qps|rps|tps|(?:per|a|each|every)\s+sec(?:ond)?)\b|/s(?:ec)?\b", re.IGNORECASE),
    "hour": re.compile(r"\b(?:hourly|(?:per|an|each|every)\s+hour)\b", re.IGNORECASE),
    "day": re.compile(r"\b(?:daily|(?:per|a|each|every)\s+day)\b|/day\b", re.IGNORECASE),
    "month": re.compile(r"\b(?:monthly|(?:per|a|each|every)\s+month)\b|/month\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:yearly|annually|(?:per|a|each|every)\s+year)\b|/y(?:ea)?r\b", re.IGNORECASE),
}


@dataclass(slots=True)
class _Search:
    """What is looked for, and the numbers read so far."""

    target: Target
    targets: Sequence[Target]
    rivals: Rivals
    givens: frozenset[float]
    values: list[float] = field(default_factory=list)
    recent: list[Sequence[Number]] = field(default_factory=list)

    def remember(self, figures: Figures) -> None:
        for number in figures.numbers:
            for value in {number.value, number.written}:
                if value > 0 and value != 1:
                    insort(self.values, value)
        if figures.numbers:
            self.recent = [*self.recent[-2:], figures.numbers]


def by_quantity(context: Context, step: str, point: Point) -> Finding:
    targets = context.prepared.targets(context.variant)
    target = targets.get(point.quantity or "")
    if target is None:
        return Finding()
    givens = context.prepared.givens(context.variant)
    search = _Search(target, list(targets.values()), Rivals(target, list(targets.values())), givens)
    best = Finding()
    for section in sorted(context.figures, key=lambda key: key not in (REQUIREMENTS, BODY)):
        rows = context.figures[section]
        worth = context.factor(step, section) * context.in_order(section)
        for index, figures in enumerate(rows):
            found = _best_number(search, rows, index)
            if found.strength * worth > best.strength + 1e-9:
                best = Finding(found.strength * worth, found.evidence, found.notes, near=section in (step, BODY))
            search.remember(figures)
    return best if best.strength > FAR else replace(best, notes=_far_off(context, search))


def _best_number(search: _Search, rows: Sequence[Figures], index: int) -> Finding:
    figures, best = rows[index], Finding()
    slipped = _slipped(figures)
    for number in figures.numbers:
        derivation = next((d for d in figures.derivations if d.result is number), None)
        for reading, worth in _readings(number, search.target, figures):
            strength = worth * _strength(search, rows, index, number, reading, derivation, id(number) in slipped)
            if strength > best.strength:
                quote = _quote(figures, number, derivation)
                doubt = strength >= RIGHT and not _rests_on_the_brief(derivation, search.givens)
                notes = _from_others(search.target, number, reading, quote) if doubt else ()
                best = Finding(strength, (quote,), notes)
    return best


def _from_others(target: Target, number: Number, reading: Number, quote: Evidence) -> tuple[Note, ...]:
    """What is said of a number that is worked out rightly, and not from what the brief gives: it may be a slip.

    A rate that was taken for a count is of another dimension: held against the count it would only be called wrong.
    """
    factor = target.expected.factor
    alike = bool(number.per) == bool(reading.per) or target.kind != "count"
    if alike and target.value and not target.value / factor <= reading.value <= target.value * factor:
        return (Note("guard", FROM_OTHERS.format(right=numbers.show(target.value, reading)), quote),)
    return ()


def _rests_on_the_brief(derivation: Derivation | None, givens: frozenset[float]) -> bool:
    """Whether a sum has nothing in it but what the brief gives, and what only turns one period into another."""
    if derivation is None or not derivation.holds:
        return False
    known = givens | _PERIODS
    return all(
        n.duration or any(_same(worth, one) for worth in (n.value, n.written) for one in known)
        for n in derivation.operands
    )


def _readings(number: Number, target: Target, figures: Figures) -> list[tuple[Number, float]]:
    """A number as the kind that is looked for, with what that reading is worth."""
    found = [(one, 1.0) for one in number.readings() if one.kind == target.kind]
    if found:
        return found
    if target.kind == "count" and number.kind == "rate" and number.per >= 86400:
        return [(numbers.timeless(number), 1.0)]
    per = _PERIOD_OF_UNIT.search(target.expected.unit)
    loose = {"rate": "count", "size rate": "size"}.get(target.kind)
    said = _PERIOD_SAID.get("s" if per and per[1] == "second" else per[1]) if per else None
    if per and said and number.kind == loose and said.search(figures.sentence.text):
        return [(numbers.in_period(number, per[1]), UNSAID_PERIOD)]
    return []


def _strength(
    search: _Search,
    rows: Sequence[Figures],
    index: int,
    number: Number,
    reading: Number,
    derivation: Derivation | None,
    slipped: bool,
) -> float:
    target, figures = search.target, rows[index]
    if slipped or not target.value or reading.value <= 0:
        return SLIPPED
    distance = max(reading.value / target.value, target.value / reading.value)
    right = distance <= target.expected.factor
    holds = bool(derivation and derivation.holds)
    if not holds and reading.kind != "rate" and any(_same(reading.value, given) for given in search.givens):
        return 0.0
    cue = search.rivals.cue(rows, index, number, reading.value, derivation, right=right)
    if (
        cue < cues.BEFORE + 0.01
        and holds
        and not search.rivals.about_peak
        and _can_only_be(reading, target, search.targets)
    ):
        cue = WITHOUT_CUE
    if not cue:
        return 0.0
    if target.kind == "rate" and number.per > 60 and not _LONG_PERIOD.search(target.expected.unit):
        # Ten million a day is where a rate per second comes from: nothing when given, a little when derived.
        cue *= RESTATED if holds else 0.0
    # Two or three of something follow from any two numbers: small counts must be worked out in so many signs.
    derived = holds or (
        (reading.kind != "count" or (right and reading.value >= 20)) and _follows(search, figures, number)
    )
    if cue == cues.AVERAGE and not right and distance <= target.expected.factor * cues.PEAK_WITHIN:
        right = reading.value < target.value
    if right:
        strength = RIGHT_AND_DERIVED if derived else RIGHT
    elif derived and distance <= OWN_WITHIN:
        strength = OWN_AND_DERIVED if holds else OWN_AND_LIKELY
    else:
        return FAR * cue
    return (strength + (DECIDES if _decides(rows, index, number) else 0.0)) * cue


def _far_off(context: Context, search: _Search) -> tuple[Note, ...]:
    """What is said of the one figure given for a quantity when it is wrong by a hundred times, and not worked out."""
    target = search.target
    for rows in (context.figures.get(key, []) for key in (ESTIMATION, BODY)):
        for index, figures in enumerate(rows):
            sentence = figures.sentence.text
            for number in figures.numbers:
                ratio = number.value / target.value if number.kind == target.kind and target.value else 1.0
                stated = _STATED.search(sentence[: number.start]) and not _CAPACITY.search(sentence)
                worked = any(number is n for d in figures.derivations for n in (d.result, *d.operands))
                if not stated or worked or number.kind == "count" or number.per > 60 or 0.01 < ratio < 100:
                    continue
                if search.rivals.cue(rows, index, number, number.value, None, right=False) == cues.BESIDE:
                    right = numbers.show(target.value, number)
                    text = f"From the numbers of the brief this comes to about {right}, not {number.text}."
                    return (Note("number", text, figures.quote(number.start, number.end)),)
    return ()


def _slipped(figures: Figures) -> frozenset[int]:
    """Numbers that are wrong, or worked out in the same breath from one that is: they are no better than the slip."""
    wrong: set[int] = set()
    first = min((d.result.start for d in figures.derivations if d.is_slip), default=None)
    if first is None:
        return frozenset()
    own = {id(d.result): d for d in figures.derivations}
    for number in figures.numbers:
        derivation = own.get(id(number))
        if derivation is None:
            bad = number.start >= first
        else:
            bad = derivation.is_slip or any(id(operand) in wrong for operand in derivation.operands)
        wrong |= {id(number)} if bad else set()
    return frozenset(wrong)


def _follows(search: _Search, figures: Figures, number: Number) -> bool:
    """Whether a number follows from one beside it and one known before."""
    near = [n for n in figures.numbers if n.start < number.start]
    if numbers.follows(number, near, near):
        return True
    near = near or [n for row in search.recent for n in row]
    if any(numbers.restates(number, n) for n in near):
        return True
    for t in {number.value, number.written}:
        for n in near:
            for x in {n.value, n.written}:
                if x > 0 and x != 1 and t > 0 and any(_known(search.values, v) for v in (t / x, x / t, t * x)):
                    return True
    return False


def _known(values: Sequence[float], wanted: float) -> bool:
    if 0.95 < wanted < 1.05:
        return False
    at = bisect_left(values, wanted * 0.93)
    return at < len(values) and values[at] <= wanted * 1.075


def _decides(rows: Sequence[Figures], index: int, number: Number) -> bool:
    """Whether something follows from a number, in its sentence or at the beginning of the next."""
    if _CONSEQUENCE.search(rows[index].sentence.text[number.end :]):
        return True
    following = rows[index + 1].sentence.text if index + 1 < len(rows) else ""
    return bool(_GOES_ON.match(following) and _CONSEQUENCE.search(following))


def _can_only_be(number: Number, target: Target, targets: Sequence[Target]) -> bool:
    """Of the right kind and size for this quantity, and for no other."""
    fitting = [t for t in targets if t.kind == number.kind and cues.fits(t, number.value)]
    return number.kind != "count" and fitting == [target]


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=0.01)


def _quote(figures: Figures, number: Number, derivation: Derivation | None) -> Evidence:
    start = min(derivation.start, number.start) if derivation else number.start
    whole = figures.sentence
    found = whole.evidence() if len(whole.text) <= LONGEST_QUOTE else figures.quote(start, number.end)
    return Evidence(found.section, found.start, found.end, found.quote, "number")


@dataclass(frozen=True, slots=True)
class Slip:
    """Written arithmetic that does not come out: what to say, for which criterion, and the mark it leaves."""

    criterion: str
    cap: float
    note: Note

    @property
    def is_large(self) -> bool:
        return self.cap <= LARGE_SLIP_CAP


def slips(context: Context) -> list[Slip]:
    """Only what is wrong whatever was left unsaid, at the criterion that asks for the quantity; the same thing once."""
    found: dict[str, Slip] = {}
    for section, rows in context.figures.items():
        if section not in (REQUIREMENTS, ESTIMATION, BODY):
            continue
        for index, figures in enumerate(rows):
            for d in figures.derivations:
                if d.is_slip:
                    factor = max(d.off_by, 1 / d.off_by)
                    cap = LARGE_SLIP_CAP if factor >= LARGE_SLIP else SLIP_CAP
                    criterion = _asks_for(context, _meant(context, rows, index, d))
                    note = Note("number", said(figures, d), figures.quote(min(d.start, d.result.start), d.result.end))
                    found.setdefault(_sum(figures, d), Slip(criterion, cap, note))
    return list(found.values())


def said(figures: Figures, slip: Derivation) -> str:
    """`100M / 86,400 s is about 1,157 a second, not 1.2M.`"""
    left = re.sub(r"[\s*`]+", " ", figures.sentence.text[slip.start : slip.end]).strip()
    right = numbers.show(slip.right, _as_worked_out(slip))
    if len(left) > LONGEST_SUM or left.count("(") != left.count(")"):
        return f"This comes to about {right}, not {slip.result.text}.{_why(slip)}"
    return f"{left} is about {right}, not {slip.result.text}.{_why(slip)}"


def _as_worked_out(slip: Derivation) -> Number:
    """The number whose units the right value is shown in: the result's, a second's if a count was divided by a time."""
    if slip.result.bare and any(n.duration for n in slip.operands) and not any(n.per for n in slip.operands):
        return numbers.in_period(slip.result, "second")
    return slip.result


def _why(slip: Derivation) -> str:
    factor = max(slip.off_by, 1 / slip.off_by)
    sizes = any(n.is_size for n in (slip.result, *slip.operands))
    if sizes and 7.2 <= factor <= 8.8:
        return " A byte has eight bits."
    if any(abs(math.log(factor / power)) < 0.12 for power in (1e3, 1e6, 1e9, 1024.0**2)):
        return " Check the prefix: the two are a factor of a thousand apart, or a million." if factor > 2e3 else (
            " Check the prefix: the two are a factor of a thousand apart."
        )  # fmt: skip
    return ""


def _sum(figures: Figures, slip: Derivation) -> str:
    return re.sub(r"\W+", " ", figures.sentence.text[slip.start : slip.result.end]).strip().lower()


def _meant(context: Context, rows: Sequence[Figures], index: int, slip: Derivation) -> str:
    """The quantity a slipped result was to be: one its words speak of, of the size it should have had."""
    targets = list(context.prepared.targets(context.variant).values())
    alike = [t for t in targets if t.kind == _as_worked_out(slip).kind]

    def rank(target: Target) -> tuple[bool, float]:
        named = Rivals(target, ()).cue(rows, index, slip.result, slip.right, slip, right=True) > 0
        return not named, abs(math.log(slip.right / target.value)) if slip.right > 0 and target.value > 0 else math.inf

    return min(alike, key=rank).expected.key if alike else ""


def _asks_for(context: Context, quantity: str) -> str:
    """The criterion that asks for a quantity; the first that asks for any when none does."""
    asking = [c for _, c in context.prepared.question.criteria() if any(p.quantity for p in c.points)]
    own = [c for c in asking if any(p.quantity == quantity for p in c.points)]
    return next((c.key for c in own + asking), "")


def has_large_slip(figures: Figures) -> bool:
    return any(d.is_slip and not 1 / LARGE_SLIP <= d.off_by <= LARGE_SLIP for d in figures.derivations)
