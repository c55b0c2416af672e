"""A result as `score_answer` prints it: one JSON object per file, or a page of text. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalog.answer_file import Section
from catalog.spec import Question
from catalog.steps import BY_KEY
from scoring.engine.types import CriterionResult, Evidence, Result, StepResult


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


def to_text(result: Result, *, file: str, question: Question) -> str:
    """A short report for people: the overall, each step with its criteria, and what would raise the band."""
    lines = [f"{file}: {question.title}", f"  {_headline(result)}"]
    for step in result.steps:
        mark = "not scorable" if step.mark is None else f"{step.mark:g} of 4"
        lines.append(f"  {BY_KEY[step.step].title}: {mark}{f' ({step.reason})' if step.reason else ''}")
        if step.mark is not None:
            lines += [line for c in step.criteria for line in _criterion_lines(c, question)]
    lines += [f"  No level: {reason}" for reason in result.gates]
    if result.lift:
        lines.append(f"  To reach {result.lift.band.replace('_', ' ')}: {result.lift.missing}")
    return "\n".join(lines) + "\n"


def _headline(result: Result) -> str:
    if result.overall is None or result.range is None or result.band is None:
        return "not scorable"
    low, high = result.range
    level = f", the bar for {result.level} level" if result.level else ""
    band = result.band.replace("_", " ")
    return f"{result.overall:g} of 100 (likely {low:g} to {high:g}), {band}{level}, engine {result.engine}"


def _criterion_lines(criterion: CriterionResult, question: Question) -> list[str]:
    title = question.criterion(criterion.key).title
    lines = [f"    {criterion.mark:g}  {title}. {criterion.summary}"]
    lines += [f"         “{_short(evidence.quote)}”" for evidence in criterion.evidence[:2]]
    lines += [f"         {note.text}" for note in criterion.notes]
    return lines


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= 100 else plain[:99].rstrip() + "…"
