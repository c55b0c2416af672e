"""Two judges on one answer: who would change, by how much, and which words make the difference. Writes nothing.

A judge is named `now` (the engine of today, in memory), `words` (the same without its encoder), or as it is stored:
by the version of an engine, or by a grader key with or without its edition.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, Final

from django.db.models import Q

from catalog.steps import STEPS
from scoring import encoding, engine
from scoring.models import Evaluation, Submission

NOW: Final = "now"
WORDS: Final = "words"
LONGEST_QUOTE: Final = 120


@dataclass(frozen=True, slots=True)
class Row:
    """What one criterion, or what belongs to no criterion of a step, was given and why."""

    mark: float | None
    quotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


NOTHING: Final = Row(None)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge made of one submission, wherever it came from. Rows are by step and key, in the rubric's order."""

    overall: float | None
    band: str
    level: str
    rows: Mapping[tuple[str, str], Row]
    reasons: tuple[str, ...] = ()

    @property
    def highest(self) -> float | None:
        """The best mark of any criterion: where nothing is believed, all of them stop at one cap."""
        return max((row.mark for (_, key), row in self.rows.items() if key and row.mark is not None), default=None)

    @property
    def grades(self) -> tuple[object, ...]:
        """All that can change for the candidate."""
        return (self.overall, self.band, self.level, {key: row.mark for key, row in self.rows.items()})


Judge = Callable[[Submission], Judgement | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """One submission under two judges."""

    submission: str
    first: Judgement
    second: Judgement

    @property
    def is_changed(self) -> bool:
        return self.first.grades != self.second.grades

    @property
    def change(self) -> float:
        """Points of the overall; without one on either side it is not a change in points."""
        both = self.first.overall is not None and self.second.overall is not None
        return (self.second.overall or 0.0) - (self.first.overall or 0.0) if both else 0.0


@dataclass(slots=True)
class Summary:
    """Over all submissions that both have judged."""

    pairs: int = 0
    without: int = 0
    changed: int = 0
    bands: int = 0
    levels: int = 0
    changes: list[float] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        self.pairs += 1
        self.changed += pair.is_changed
        self.bands += pair.first.band != pair.second.band
        self.levels += pair.first.level != pair.second.level
        if pair.first.overall is not None and pair.second.overall is not None:
            self.changes.append(pair.change)

    def lines(self) -> Iterator[str]:
        if not self.pairs:
            yield f"nothing to compare: {self.without} submissions, none that both have judged"
            return
        yield f"{self.pairs} compared, {self.changed} would change; {self.without} without a result of both"
        if self.changes:
            size = fmean(abs(change) for change in self.changes)
            yield f"overall: mean change {fmean(self.changes):+.1f} points, mean size {size:.1f}"
        yield f"another band: {self._share(self.bands)}; another level: {self._share(self.levels)}"

    def _share(self, count: int) -> str:
        return f"{count} ({count / self.pairs:.0%})"


def judge(name: str) -> Judge:
    """The judge of that name; LookupError, with those that exist, when nobody is called so."""
    if name in (NOW, WORDS):
        return _in_memory(by_words=name == WORDS)
    named = _named(name)
    if not Evaluation.objects.filter(named, status=Evaluation.Status.DONE).exists():
        rows = Evaluation.objects.filter(source=Evaluation.Source.RULES, status=Evaluation.Status.DONE)
        stored = sorted(set(rows.order_by().values_list("engine", flat=True)))
        raise LookupError(f"nobody is called “{name}”; known: {', '.join([NOW, WORDS, *stored])}, or a grader key")
    return _stored(named)


def _named(name: str) -> Q:
    of_rules = Q(source=Evaluation.Source.RULES)
    return of_rules & (Q(engine=name) | Q(grader_key=name) | Q(grader_key__startswith=f"{name}:"))


def _in_memory(*, by_words: bool) -> Judge:
    from scoring.engine.types import Answer

    encoder = None if by_words else encoding.encoder()

    def judged(submission: Submission) -> Judgement:
        spec, answer = submission.edition.spec, Answer(submission.answer)
        return of_result(engine.score(spec, answer, variant=submission.variant, encoder=encoder), submission)

    return judged


def _stored(named: Q) -> Judge:
    def found(submission: Submission) -> Judgement | None:
        rows = submission.evaluations.filter(named, status=Evaluation.Status.DONE)
        newest = rows.order_by("-created_at").prefetch_related("step_marks", "criterion_marks").first()
        return of_evaluation(newest) if newest else None

    return found


def of_result(result: Any, submission: Submission) -> Judgement:
    """A Result of the engine, as much of it as would be stored for this submission."""
    rows: dict[tuple[str, str], Row] = {}
    for step in result.steps:
        if step.step not in submission.asked:
            continue
        rows[step.step, ""] = Row(step.mark, notes=tuple(_said(n.kind, n.text, n.evidence) for n in step.notes))
        for one in step.criteria:
            notes = tuple(_said(n.kind, n.text, n.evidence) for n in one.notes)
            rows[step.step, one.key] = Row(one.mark, tuple(e.quote for e in one.evidence), notes)
    whole = submission.is_whole
    return Judgement(
        overall=result.overall if whole else None,
        band=(result.band or "") if whole else "",
        level=(result.level or "") if whole else "",
        rows=rows,
        reasons=(*(result.gates if whole else ()), *(f"For a mentor: {reason}" for reason in result.ask_mentor)),
    )


def of_evaluation(evaluation: Evaluation) -> Judgement:
    steps = {mark.step: Row(mark.mark, notes=_notes(mark.notes)) for mark in evaluation.step_marks.all()}
    rows = {(step, ""): row for step, row in steps.items()}
    for mark in evaluation.criterion_marks.all():
        quotes = tuple(evidence["quote"] for evidence in mark.evidence)
        rows[mark.step, mark.key] = Row(mark.mark, quotes, _notes(mark.notes))
    return Judgement(
        overall=evaluation.overall,
        band=evaluation.band,
        level=evaluation.level,
        rows=rows,
        reasons=(*evaluation.gates, *(f"For a mentor: {reason}" for reason in evaluation.ask_mentor)),
    )


def _notes(stored: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(_said(note["kind"], note["text"], note.get("evidence")) for note in stored)


def _said(kind: str, text: str, evidence: Any) -> str:
    quote = evidence["quote"] if isinstance(evidence, Mapping) else evidence.quote if evidence else ""
    return f"{kind}: {text}" + (f" “{_short(quote)}”" if quote else "")


def lines(pair: Pair, first: str, second: str) -> Iterator[str]:
    """A changed submission as text: what changes for the candidate, then criterion by criterion why."""
    a, b = pair.first, pair.second
    points = f" ({pair.change:+.1f})" if pair.change else ""
    yield f"{pair.submission}: {_points(a.overall)} → {_points(b.overall)}{points}{_words_of(a, b)}"
    yield from (f"    only {name}: {reason}" for name, reason in _apart(a.reasons, b.reasons, first, second))
    if a.highest != b.highest:
        yield f"    highest mark of a criterion: {_mark(a.highest)} → {_mark(b.highest)}"
    order = [step.key for step in STEPS]
    both = dict.fromkeys([*a.rows, *b.rows])
    for at in sorted(both, key=lambda at: (order.index(at[0]), at[1] != "")):
        yield from _row(at, a.rows.get(at, NOTHING), b.rows.get(at, NOTHING), first, second)


def _row(at: tuple[str, str], a: Row, b: Row, first: str, second: str) -> Iterator[str]:
    step, key = at
    if a.mark == b.mark and (key or a.notes == b.notes):
        return
    indent = "    " if key else "  "
    yield f"{indent}{key or step}: {_mark(a.mark)} → {_mark(b.mark)}{_by(a.mark, b.mark)}"
    quotes = [(name, f"“{_short(quote)}”") for name, quote in _apart(a.quotes, b.quotes, first, second)]
    yield from (f"{indent}    only {name}: {said}" for name, said in quotes + _apart(a.notes, b.notes, first, second))


def _words_of(a: Judgement, b: Judgement) -> str:
    band = f", {a.band or 'no band'} → {b.band or 'no band'}" if a.band != b.band else ""
    level = f", {a.level or 'no level'} → {b.level or 'no level'}" if a.level != b.level else ""
    return band + level


def _apart(a: Sequence[str], b: Sequence[str], first: str, second: str) -> list[tuple[str, str]]:
    """What only one of the two says, with the name of the one."""
    return [(first, said) for said in a if said not in b] + [(second, said) for said in b if said not in a]


def _points(overall: float | None) -> str:
    return "no overall" if overall is None else f"{overall:.1f}"


def _mark(mark: float | None) -> str:
    return "none" if mark is None else f"{mark:g}"


def _by(a: float | None, b: float | None) -> str:
    return f" ({b - a:+g})" if a is not None and b is not None and a != b else ""


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1].rstrip() + "…"
