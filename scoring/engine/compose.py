"""The engine from end to end: read the answer, find the points, combine the marks, say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from catalog.answer_file import BODY
from catalog.spec import Criterion, Point, Question
from catalog.steps import HIGH_LEVEL_DESIGN, REQUIREMENTS, STEPS
from scoring.engine import (
    ENGINE_VERSION,
    aboutness,
    calibration,
    craft,
    edges,
    explain,
    guards,
    levels,
    matchers,
    mistakes,
    quantities,
    quotes,
    routing,
    said,
    talk,
    text,
    trust,
)
from scoring.engine.concepts import Encodes
from scoring.engine.context import Context, Finding
from scoring.engine.levels import Made, Scored
from scoring.engine.mistakes import Claimed
from scoring.engine.prepare import prepare
from scoring.engine.trust import Trust
from scoring.engine.types import Answer, CriterionResult, Evidence, Note, Result, StepResult

MAX_CHARACTERS: Final = 30_000
PATH_FROM: Final = 0.5
WORDS: Final = "words"
NOT_SCORABLE: Final = "This step could not be judged."
OFF_TOPIC: Final = "This seems to be about another system."
CAPPED: Final = "No step stands above {mark:g} here: {reason}"
ELSEWHERE: Final = "this may be about another system than the one that was asked for."
TOO_LITTLE: Final = "there is too little here to tell whether it is about this question; a few whole sentences would."
SHORT: Final = "There is too little here to tell whether it is about this question."
VAGUE: Final = "This would fit any question; what is meant for this one is not said."
LISTED: Final = "A list of terms; a term counts once it says what it is for."


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything found in an answer, before any of it becomes a mark."""

    context: Context
    refusals: Mapping[str, str]
    found: Mapping[str, Mapping[str, Finding]]
    claimed: Sequence[Claimed]
    slips: Sequence[quantities.Slip]
    trust: Trust
    scored: Sequence[Scored]
    craft: Mapping[str, tuple[float, ...]]
    questions: int = 0

    @property
    def scorable(self) -> frozenset[str]:
        return frozenset(step for step, reason in self.refusals.items() if not reason)

    @property
    def asked(self) -> frozenset[str]:
        """The steps an answer was to have: those it is handed in under, all of them for a text without steps."""
        return frozenset(step.key for step in STEPS if self.context.own(step.key))

    @property
    def apart(self) -> bool:
        return BODY not in self.context.document.sections

    def marks(self, scored: Sequence[Scored]) -> dict[str, float]:
        """Step → mark, if these were the criteria."""
        return self._marks(scored, self.questions)

    def unasked(self, scored: Sequence[Scored]) -> dict[str, float]:
        """The same, if no question had been asked."""
        return self._marks(scored, 0)

    def _marks(self, scored: Sequence[Scored], questions: int) -> dict[str, float]:
        return levels.step_marks(
            scored, self.craft, cap=self.cap, asked=self.asked, apart=self.apart, questions=questions
        )

    def overall(self, scored: Sequence[Scored]) -> float:
        """The overall, if these were the criteria: the engine asked, not guessed."""
        return levels.overall(self.marks(scored))

    @property
    def cap(self) -> float:
        """The most any step can get: what cannot be believed, or is about something else, is not evidence."""
        return min(self.trust.cap, self._cap_of_topic)

    @property
    def _cap_of_topic(self) -> float:
        return aboutness.cap(self.context.topic_worth, self.context.concepts)

    @property
    def why_capped(self) -> str:
        """What the cap is for, "" where there is none."""
        if self.cap >= calibration.TOP:
            return ""
        if self.trust.cap <= self._cap_of_topic:
            return self.trust.reason
        return TOO_LITTLE if self.context.is_short else ELSEWHERE


def score(question: Question, answer: Answer, *, variant: int, encoder: Encodes | None) -> Result:
    measured = measure(question, answer, variant=variant, encoder=encoder)
    fingerprint = encoder.fingerprint if encoder else WORDS
    return _result(question, measured, variant=variant, encoder=fingerprint)


def measure(question: Question, answer: Answer, *, variant: int = 0, encoder: Encodes | None = None) -> Measured:
    prepared = prepare(question)
    # What lies beyond any answer of 45 minutes is not read; a hostile text cannot keep the worker busy.
    read = text.read({key: body[:MAX_CHARACTERS] for key, body in answer.sections.items()}, answer.sheets)
    document = said.without(read, answer.said, prepared.told)
    judged = guards.judge(document, prepared.prompts, prepared.vocabulary, prepared.neighbours)
    context = matchers.read(prepared, document, judged, variant, encoder)
    refusals = _refusals(context)
    criteria = [(step, criterion) for step, criterion in question.criteria() if not refusals[step]]
    claimed = [*mistakes.find(context), *edges.find(context)] if criteria else []
    context.accused = {place for c in claimed if c.sure for place in c.places}
    found = {c.key: {point.key: matchers.find(context, step, point) for point in c.points} for step, c in criteria}
    slips = quantities.slips(context)
    costs = talk.costs(answer)
    scored = [_scored(step, c, found[c.key], claimed, slips, costs.get(c.key, 0.0)) for step, c in criteria]
    return Measured(
        context=context,
        refusals=refusals,
        found=found,
        claimed=claimed,
        slips=slips,
        trust=trust.weigh(context, claimed, sum(slip.is_large for slip in slips)),
        scored=scored,
        craft=craft.measure(context),
        questions=talk.questions(context, answer),
    )


def _refusals(context: Context) -> dict[str, str]:
    """Step → why it cannot be scored, "" when it can. In a text without steps, all steps stand or fall together."""
    document, judged = context.document, context.judged
    off_topic = "" if context.topic_worth else _elsewhere(context)
    found = {}
    for step in STEPS:
        reasons = [guards.refusal(document.sections[key], judged[key]) for key in context.own(step.key)]
        nothing = guards.refusal(text.Section(step.key, ""), ())
        found[step.key] = ("" if "" in reasons else min(reasons, default=nothing)) or off_topic
    return found


def _elsewhere(context: Context) -> str:
    """Why an answer cannot be taken for one to this question."""
    said = [j for rows in context.judged.values() for j in rows]
    if guards.listed_share(said) >= 0.5:
        return LISTED
    if trust.is_vague([j.sentence for j in said]):
        return VAGUE
    return SHORT if context.is_short else OFF_TOPIC


def _scored(
    step: str,
    criterion: Criterion,
    findings: Mapping[str, Finding],
    claimed: Sequence[Claimed],
    slips: Sequence[quantities.Slip],
    cost: float = 0.0,
) -> Scored:
    caps = [c.charge.mistake.cap for c in claimed if c.sure and c.charge.criterion == criterion.key]
    caps += [slip.cap for slip in slips if slip.criterion == criterion.key]
    points = tuple(Made(p.key, p.weight, findings[p.key].strength, p.design or "") for p in criterion.points)
    return Scored(criterion.key, step, criterion.weight, points, min([4.0, *caps]), cost)


def _result(question: Question, measured: Measured, *, variant: int, encoder: str) -> Result:
    marks = measured.marks(measured.scored)
    steps = _steps(question, measured, marks)
    if not measured.scored:
        return Result(ENGINE_VERSION, encoder, calibration.VERSION, variant, None, None, None, None, steps)
    overall = levels.overall(marks)
    closed = levels.gates(
        measurable_need=_measurable_need(measured.context),
        end_to_end=_end_to_end(question, measured.context),
        marks=marks,
    )
    likely = levels.overall_range(
        overall, by_meaning=encoder != WORDS, doubted=measured.cap < calibration.TOP, apart=measured.apart
    )
    return Result(
        engine=ENGINE_VERSION,
        encoder=encoder,
        calibration=calibration.VERSION,
        variant=variant,
        overall=overall,
        range=likely,
        band=levels.band(overall),
        level=levels.level(overall, closed),
        steps=steps,
        lift=explain.lift(question, measured.scored, measured.found, measured.overall, overall),
        gates=closed,
        ask_mentor=routing.reasons(measured, likely),
    )


def _steps(question: Question, measured: Measured, marks: Mapping[str, float]) -> tuple[StepResult, ...]:
    by_key = {one.key: one for one in measured.scored}
    criteria = [criterion for _, criterion in question.criteria() if criterion.key in by_key]
    quoted = quotes.choose(criteria, measured.found, by_key)
    steps = []
    for step in STEPS:
        own = question.steps[step.key].criteria  # type: ignore[index]
        if measured.refusals[step.key]:
            steps.append(_refused(step.key, own, measured.refusals[step.key]))
        else:
            rows = tuple(_criterion(measured, step.key, c, by_key[c.key], quoted[c.key]) for c in own)
            notes = _noted(measured, step.key)
            if step.key == REQUIREMENTS:
                lift = marks[step.key] - measured.unasked(measured.scored)[step.key]
                notes += talk.asked(measured.questions, lift)
            steps.append(_step(step.key, marks[step.key], [by_key[c.key] for c in own], rows, notes))
    return tuple(steps)


def _noted(measured: Measured, step: str) -> tuple[Note, ...]:
    """What is wrong in a step and belongs to none of its criteria."""
    context = measured.context
    # In a text without steps they are shown once.
    own = (step,) if step in context.document.sections else (BODY,) if step == HIGH_LEVEL_DESIGN else ()
    anywhere = [c.note for c in measured.claimed if not c.charge.criterion]
    notes = [
        n
        for n in (*anywhere, *measured.trust.notes, *edges.orphans(context), *edges.advice(context))
        if n.evidence and n.evidence.section in own
    ]
    if why := measured.why_capped:
        notes.insert(0, Note("guard", CAPPED.format(mark=levels.tenths(measured.cap), reason=why)))
    return tuple(notes)


def _refused(step: str, criteria: Sequence[Criterion], reason: str) -> StepResult:
    rows = []
    for criterion in criteria:
        nothing = {point.key: Finding() for point in criterion.points}
        points = explain.points(criterion, nothing, _scored(step, criterion, nothing, (), ()))
        missing = explain.missing(points)
        rows.append(CriterionResult(criterion.key, step, None, 0.0, (), missing, (), NOT_SCORABLE, (), points))
    return StepResult(step, None, False, 0.0, None, None, tuple(rows), reason)


def _step(
    key: str, mark: float, scored: Sequence[Scored], rows: tuple[CriterionResult, ...], notes: tuple[Note, ...]
) -> StepResult:
    weight = sum(one.weight for one in scored)
    confidence = round(sum(o.weight * r.confidence for o, r in zip(scored, rows, strict=True)) / weight, 2)
    low, high = levels.step_range(key, mark)
    return StepResult(key, mark, True, confidence, low, high, rows, notes=notes)


def _criterion(
    measured: Measured, step: str, criterion: Criterion, scored: Scored, evidence: tuple[Evidence, ...]
) -> CriterionResult:
    context, findings = measured.context, measured.found[criterion.key]
    own = [c for c in measured.claimed if c.charge.criterion == criterion.key]
    notes = [c.note for c in own] + [note for f in findings.values() for note in f.notes]
    notes += [slip.note for slip in measured.slips if slip.criterion == criterion.key]
    rows = [j for key in context.own(step) for j in context.judged[key]]
    if rows and sum(j.form == "list" for j in rows) * 2 > len(rows):
        notes.append(Note("guard", LISTED))
    worth = min((j.worth for j in rows), default=1.0)
    notes += talk.hinted(scored.cost)
    points = explain.points(criterion, findings, scored)
    mark = scored.under(levels.halves(measured.cap))
    return CriterionResult(
        key=criterion.key,
        step=step,
        mark=mark,
        confidence=explain.confidence(scored, supported=quotes.is_firm(criterion, findings), worth=worth),
        evidence=evidence,
        missing=explain.missing(points),
        notes=tuple(notes),
        summary=explain.summary(points, len(scored.of_design(scored.design)), mark, capped=any(c.sure for c in own)),
        unsure=explain.asked(points, "partly", "unsure"),
        points=points,
    )


def _measurable_need(context: Context) -> bool:
    """A figure with a unit among the requirements: a rate, a size, a time, a share or a large count."""
    rows = context.figures.get(REQUIREMENTS, []) + context.figures.get(BODY, [])
    return any(n.kind != "count" or n.value >= 1000 for row in rows for n in row.numbers)


def _end_to_end(question: Question, context: Context) -> bool:
    points = (Point(key="path", missing="path", flow=flow.key) for flow in question.flows)
    return any(matchers.by_flow(context, HIGH_LEVEL_DESIGN, point).strength >= PATH_FROM for point in points)
