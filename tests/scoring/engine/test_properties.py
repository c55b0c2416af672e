"""Saying less never helps and saying more never hurts: answers of the catalog with one sentence taken out or put in.

Half a point is let go, for what a step's guard may still see in it. The cases are the same on every run; `make soak`
takes 2,000.
"""

import re
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from catalog import answer_file
from scoring.engine import score
from scoring.engine.guards import Judged
from scoring.engine.types import Answer
from tests.scoring import live
from tests.soaking import SOAKING

TOLERANCE = 0.5
BY_WORDS = 1000 if SOAKING else 40
BY_MEANING = 250 if SOAKING else 8

# Preparing a question for the encoder takes seconds.
FEW = live.SLUGS if SOAKING else ("news-feed", "payment")
KINDS = ("strong", "middling", "weak", "model", "plain") if SOAKING else ("strong", "middling", "plain")
UNTOUCHED = ("copied", "list", "terse", "plan", "boast")
MARKER = re.compile(r"\s*(?:[-*+•–>]|\(?\d{1,2}[.)])?\s*(?:\[[ xX]\])?\s*")


@dataclass(frozen=True)
class Read:
    """A text of the catalog, its overall, and the sentences that can be taken out."""

    slug: str
    sections: dict[str, str]
    overall: float
    sentences: tuple[Judged, ...]
    is_at_home: bool


@cache
def read(slug: str, kind: str, by_meaning: bool) -> Read:
    sections = answer_file.steps_of(_text(slug, kind))
    by = live.encoder() if by_meaning else None
    answer = Answer(sections)
    found = live.measured(slug, answer, by)
    notes = [*(c.evidence for c in found.claimed), *(s.note.evidence for s in found.slips)]
    notes += [note.evidence for note in found.trust.notes]
    accused = {(e.section, e.start) for e in notes if e}
    judged = [j for rows in found.context.judged.values() for j in rows]
    free = tuple(j for j in judged if _is_free(j) and (j.sentence.section, j.sentence.start) not in accused)
    before = live.scored(slug, answer, by).overall or 0.0
    return Read(slug, sections, before, free, found.context.topic_worth == 1)


def _text(slug: str, kind: str) -> str:
    if kind == "plain":
        return (live.PROBES / "plain" / f"{slug}.md").read_text(encoding="utf-8")
    question = live.question(slug)
    return question.model_answer if kind == "model" else next(e.text for e in question.examples if e.kind == kind)


def _is_free(judged: Judged) -> bool:
    """No guard has anything to say about this sentence."""
    in_prose = judged.sentence.kind in ("prose", "bullet")
    return in_prose and judged.form not in UNTOUCHED and judged.worth >= 1 and not judged.denied


def overall(slug: str, sections: dict[str, str], by_meaning: bool) -> float:
    by = live.encoder() if by_meaning else None
    return score(live.question(slug), Answer(sections), encoder=by).overall or 0.0


def without(text: str, start: int, end: int) -> str:
    """The text without a sentence, and without the mark of a list item that would be left empty."""
    line = text.rfind("\n", 0, start) + 1
    head, tail = text[:start], text[end:]
    if not tail.split("\n", 1)[0].strip() and MARKER.fullmatch(text[line:start]):
        head = text[:line]
    head = head.rstrip(" ")
    apart = head and not head.endswith("\n") and tail and not tail[0].isspace()
    return f"{head} {tail}" if apart else head + tail


def taken_out(case: Read, judged: Judged, by_meaning: bool) -> float:
    """By how much the overall rises when the sentence is not there."""
    sentence = judged.sentence
    text = without(case.sections[sentence.section], sentence.start, sentence.end)
    return overall(case.slug, {**case.sections, sentence.section: text}, by_meaning) - case.overall


def put_in(case: Read, step: str, statement: str, by_meaning: bool) -> float:
    """By how much the overall falls when the statement is added."""
    text = f"{case.sections[step]}\n\n{statement}"
    return case.overall - overall(case.slug, {**case.sections, step: text}, by_meaning)


def statements(slug: str) -> list[tuple[str, str]]:
    return [(step, s) for step, c in live.question(slug).criteria() for p in c.points for s in p.statements]


def cases(examples: int):
    """Always the same ones; a failure is shown as it is found, since there is nothing to make smaller."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.soak
@cases(BY_WORDS)
@given(st.sampled_from(live.SLUGS), st.sampled_from(KINDS), st.data())
def test_taking_a_sentence_out_raises_nothing(slug, kind, data):
    case = read(slug, kind, by_meaning=False)
    # By words alone a text in doubt is weighed by its share of words on the subject.
    assume(case.is_at_home)
    judged = data.draw(st.sampled_from(case.sentences))
    assert taken_out(case, judged, by_meaning=False) <= TOLERANCE, judged.sentence.text


@pytest.mark.soak
@cases(BY_WORDS)
@given(st.sampled_from(live.SLUGS), st.sampled_from(KINDS), st.data())
def test_saying_what_is_looked_for_lowers_nothing(slug, kind, data):
    case = read(slug, kind, by_meaning=False)
    # By words alone a text in doubt is weighed by its share of words on the subject.
    assume(case.is_at_home)
    step, statement = data.draw(st.sampled_from(statements(slug)))
    assert put_in(case, step, statement, by_meaning=False) <= TOLERANCE, statement


@pytest.mark.soak
@cases(BY_MEANING)
@given(st.sampled_from(FEW), st.sampled_from(KINDS), st.data())
def test_taking_a_sentence_out_raises_nothing_by_meaning(slug, kind, data):
    case = read(slug, kind, by_meaning=True)
    judged = data.draw(st.sampled_from(case.sentences))
    assert taken_out(case, judged, by_meaning=True) <= TOLERANCE, judged.sentence.text


@pytest.mark.soak
@cases(BY_MEANING)
@given(st.sampled_from(FEW), st.sampled_from(KINDS), st.data())
def test_saying_what_is_looked_for_lowers_nothing_by_meaning(slug, kind, data):
    case = read(slug, kind, by_meaning=True)
    step, statement = data.draw(st.sampled_from(statements(slug)))
    assert put_in(case, step, statement, by_meaning=True) <= TOLERANCE, statement
