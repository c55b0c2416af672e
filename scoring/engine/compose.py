"""The engine from end to end: read the answer, find the points, combine the marks, say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from catalog.spec import Criterion, Point, Question
from catalog.steps import HIGH_LEVEL_DESIGN, REQUIREMENTS, STEPS
from scoring.engine import explain, guards, levels, matchers, mistakes, quantities, quotes, text
from scoring.engine.context import BODY, Context, Finding
from scoring.engine.levels import Scored
from scoring.engine.mistakes import Claimed
from scoring.engine.prepare import Prepared, prepare
from scoring.engine.types import Answer, CriterionResult, Evidence, Note, Result, StepResult

ENGINE_VERSION: Final = "1.1.0"

MAX_CHARACTERS: Final = 30_000
PATH_FROM: Final = 0.5
NOT_SCORABLE: Final = "This step could not be judged."
OFF_TOPIC: Final = "This seems to be about another system."
LISTED: Final = "A list of terms; a term counts once it says what it is for."


def score(question: Question, answer: Answer, *, variant: int = 0) -> Result:
    """Judge an answer. The same question, answer and variant always give the same result."""
    prepared = prepare(question)
    # What lies beyond any answer of 45 minutes is not read; a hostile text cannot keep the worker busy.
    document = text.read({key: body[:MAX_CHARACTERS] for key, body in answer.sections.items()})
    judged = guards.judge(document, prepared.prompts, prepared.vocabulary)
    context = matchers.read(prepared, document, judged, variant)
    refusals = _refusals(prepared, context)
    scorable = frozenset(step for step, reason in refusals.items() if not reason)
    claimed = mistakes.find(context) if scorable else []
    found = {
        criterion.key: {point.key: matchers.find(context, step, point) for point in criterion.points}
        for step, criterion in question.criteria()
        if step in scorable
    }
    slips = quantities.slips(context)
    scored = [
        _scored(step, criterion, found[criterion.key], claimed, slips)
        for step, criterion in question.criteria()
        if step in scorable
    ]
    return _result(question, context, refusals, found, scored, _Said(claimed, slips), variant)


def _refusals(prepared: Prepared, context: Context) -> dict[str, str]:
    """Step → why it cannot be scored, "" when it can. In a text without steps, all steps stand or fall together."""
    document, judged = context.document, context.judged
    listed = guards.is_mostly_listed(j for rows in judged.values() for j in rows)
    off_topic = "" if context.topic_worth else LISTED if listed else OFF_TOPIC
    found = {}
    for step in STEPS:
        key = step.key if step.key in document.sections or BODY not in document.sections else BODY
        section = document.sections.get(key) or text.Section(key, "")
        reason = guards.refusal(section, judged.get(key, ()))
        found[step.key] = reason or off_topic
    return found


def _scored(
    step: str,
    criterion: Criterion,
    findings: Mapping[str, Finding],
    claimed: Sequence[Claimed],
    slips: Sequence[quantities.Slip],
) -> Scored:
    caps = [c.mistake.cap for c in claimed if c.criterion == criterion.key]
    caps += [slip.cap for slip in slips if slip.criterion == criterion.key]
    points = tuple((p.key, p.weight, findings[p.key].strength) for p in criterion.points)
    return Scored(criterion.key, step, criterion.weight, points, min([4.0, *caps]))


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer says that is wrong: claims and arithmetic."""

    claimed: Sequence[Claimed]
    slips: Sequence[quantities.Slip]


def _result(
    question: Question,
    context: Context,
    refusals: Mapping[str, str],
    found: Mapping[str, Mapping[str, Finding]],
    scored: Sequence[Scored],
    said: _Said,
    variant: int,
) -> Result:
    by_key = {one.key: one for one in scored}
    steps = []
    quoted = quotes.choose([c for _, c in question.criteria() if c.key in found], found, by_key)
    for step in STEPS:
        criteria = question.steps[step.key].criteria  # type: ignore[index]
        if refusals[step.key]:
            steps.append(_refused(step.key, criteria, refusals[step.key]))
        else:
            rows = tuple(
                _criterion(context, step.key, c, by_key[c.key], found[c.key], quoted[c.key], said) for c in criteria
            )
            steps.append(_step(step.key, [by_key[c.key] for c in criteria], rows))
    marks = {step.step: step.mark for step in steps}
    if not scored:
        return Result(ENGINE_VERSION, variant, None, None, None, None, tuple(steps))
    overall = levels.overall(marks)
    closed = levels.gates(
        measurable_need=_measurable_need(context), end_to_end=_end_to_end(question, context), marks=marks
    )
    ranges = {s.step: (s.low, s.high) for s in steps if s.low is not None and s.high is not None}
    scorable = frozenset(step for step, reason in refusals.items() if not reason)
    return Result(
        engine=ENGINE_VERSION,
        variant=variant,
        overall=overall,
        range=levels.overall_range(overall, ranges),
        band=levels.band(overall),
        level=levels.level(overall, closed),
        steps=tuple(steps),
        lift=explain.lift(scored, {c.key: c for _, c in question.criteria()}, found, scorable, overall),
        gates=closed,
    )


def _refused(step: str, criteria: Sequence[Criterion], reason: str) -> StepResult:
    rows = tuple(
        CriterionResult(c.key, step, None, 0.0, missing=tuple(p.missing for p in c.points), summary=NOT_SCORABLE)
        for c in criteria
    )
    return StepResult(step, None, False, 0.0, None, None, rows, reason)


def _step(key: str, scored: Sequence[Scored], rows: tuple[CriterionResult, ...]) -> StepResult:
    mark = levels.step_mark(scored)
    weight = sum(one.weight for one in scored)
    confidence = round(sum(o.weight * r.confidence for o, r in zip(scored, rows, strict=True)) / weight, 2)
    low, high = levels.step_range(mark, confidence)
    return StepResult(key, mark, True, confidence, low, high, rows)


def _criterion(
    context: Context,
    step: str,
    criterion: Criterion,
    scored: Scored,
    findings: Mapping[str, Finding],
    evidence: tuple[Evidence, ...],
    said: _Said,
) -> CriterionResult:
    own = [c for c in said.claimed if c.criterion == criterion.key]
    notes = [c.note for c in own] + [note for f in findings.values() for note in f.notes]
    notes += [slip.note for slip in said.slips if slip.criterion == criterion.key]
    key = step if step in context.document.sections else BODY
    rows = context.judged.get(key, ())
    if rows and sum(j.form == "list" for j in rows) * 2 > len(rows):
        notes.append(Note("guard", LISTED))
    worth = min((j.worth for j in rows), default=1.0)
    return CriterionResult(
        key=criterion.key,
        step=step,
        mark=scored.mark,
        confidence=explain.confidence(scored, supported=quotes.is_firm(criterion, findings), worth=worth),
        evidence=evidence,
        missing=explain.missing(criterion, findings),
        notes=tuple(notes),
        summary=explain.summary(criterion, findings, scored.mark, capped=bool(own)),
        unsure=explain.unsure(criterion, findings),
    )


def _measurable_need(context: Context) -> bool:
    """A figure with a unit among the requirements: a rate, a size, a time, a share or a large count."""
    rows = context.figures.get(REQUIREMENTS, []) + context.figures.get(BODY, [])
    return any(n.kind != "count" or n.value >= 1000 for row in rows for n in row.numbers)


def _end_to_end(question: Question, context: Context) -> bool:
    points = (Point(key="path", missing="path", flow=flow.key) for flow in question.flows)
    return any(matchers.by_flow(context, HIGH_LEVEL_DESIGN, point).strength >= PATH_FROM for point in points)
