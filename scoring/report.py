"""A result as `score_answer` prints it: one JSON object per file, or a page of text. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalog.answer_file import Section
from catalog.spec import Question
from catalog.steps import BY_KEY
from scoring.engine.types import CriterionResult, Evidence, Note, Result, StepResult


def of_step(result: Result, step: str) -> Result:
    """What is left of a result where one step was answered: its mark, and no overall."""
    rows = tuple(row for row in result.steps if row.step == step)
    return replace(result, overall=None, range=None, band=None, level=None, lift=None, gates=(), steps=rows)


def to_json(result: Result, *, file: str, question: str, edition: int, sections: Sequence[Section]) -> dict[str, Any]:
    """The contract of `score_answer --json`. Offsets are code points of the file."""
    offsets = {section.step: section.offset for section in sections}
    return {
        "file": file,
        "question": question,
        "edition": edition,
        "variant": result.variant,
        "engine": result.engine,
        "encoder": result.encoder,
        "calibration": result.calibration,
        "overall": result.overall,
        "range": list(result.range) if result.range else None,
        "band": result.band,
        "level": result.level,
        "ask_mentor": list(result.ask_mentor),
        "steps": [_step(step, offsets) for step in result.steps],
    }


def _step(step: StepResult, offsets: Mapping[str, int]) -> dict[str, Any]:
    return {
        "step": step.step,
        "mark": step.mark,
        "scorable": step.scorable,
        "confidence": step.confidence,
        "criteria": [_criterion(criterion, offsets) for criterion in step.criteria],
    }


def _criterion(criterion: CriterionResult, offsets: Mapping[str, int]) -> dict[str, Any]:
    return {
        "key": criterion.key,
        "mark": criterion.mark,
        "confidence": criterion.confidence,
        "evidence": [_evidence(evidence, offsets) for evidence in criterion.evidence],
        "missing": list(criterion.missing),
    }


def _evidence(evidence: Evidence, offsets: Mapping[str, int]) -> dict[str, Any]:
    offset = offsets[evidence.section]
    return {"quote": evidence.quote, "start": offset + evidence.start, "end": offset + evidence.end}


def to_text(result: Result, *, file: str, question: Question, edition: int) -> str:
    """A report for people: the overall, what it rests on step by step, and what would raise the band."""
    lines = [f"{file}: {question.title}", f"  {_headline(result)}", f"  {_judge(result, edition)}"]
    lines += [f"  For a mentor: {reason}" for reason in result.ask_mentor]
    for step in result.steps:
        lines += _step_lines(step, question)
    lines += [f"  No level: {reason}" for reason in result.gates]
    if lift := result.lift:
        title, raised = question.criterion(lift.criterion).title, f"{lift.mark_from:g} to {lift.mark_to:g}"
        lines.append(f"  To reach {_words(lift.band)}, {lift.overall:g}: {lift.missing} ({title}, {raised})")
    return "\n".join(lines) + "\n"


def _headline(result: Result) -> str:
    if result.overall is None or result.range is None or result.band is None:
        return "one step, no overall" if len(result.steps) == 1 else "not scorable"
    low, high = result.range
    level = f", the bar for {result.level} level" if result.level else ""
    return f"{result.overall:g} of 100 (likely {low:g} to {high:g}), {_words(result.band)}{level}"


def _judge(result: Result, edition: int) -> str:
    return (
        f"engine {result.engine}, calibration {result.calibration}, encoder {result.encoder}, "
        f"edition {edition}, variant {result.variant}"
    )


def _step_lines(step: StepResult, question: Question) -> list[str]:
    title = BY_KEY[step.step].title
    if step.mark is None:
        return [f"  {title}: not scorable ({step.reason})"]
    lines = [f"  {title}: {step.mark:g} of 4 (likely {step.low:g} to {step.high:g})"]
    lines += [f"    {_said(note)}" for note in step.notes]
    return lines + [line for criterion in step.criteria for line in _criterion_lines(criterion, question)]


def _criterion_lines(criterion: CriterionResult, question: Question) -> list[str]:
    title = question.criterion(criterion.key).title
    lines = [f"    {criterion.mark:g}  {title}. {criterion.summary}"]
    inner = [f"“{_short(evidence.quote)}”" for evidence in criterion.evidence]
    inner += [_said(note) for note in criterion.notes]
    inner += [f"missing: {missing}" for missing in criterion.missing]
    inner += [f"perhaps there, not recognised: {unsure}" for unsure in criterion.unsure]
    return lines + [f"         {line}" for line in inner]


def _said(note: Note) -> str:
    return f"{note.kind}: {note.text}" + (f" “{_short(note.evidence.quote)}”" if note.evidence else "")


def _words(band: str) -> str:
    return band.replace("_", " ")


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= 100 else plain[:99].rstrip() + "…"
