"""A question's clarifications and givens as words, so that what somebody asks can be held against them."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from catalog.spec import Clarification, Given, Question
from interview.interviewer import words

# Words of the brief are anybody's.
OF_THE_BRIEF: Final = 0.7
GIVEN: Final = "given."
MEASURES: Final = {"?many": "count", "?long": "time", "?soon": "time", "?often": "time", "?large": "size"}
_SIZE: Final = re.compile(r"\d\s?[kKMGTP]?i?B\b|bit")
_TIME: Final = re.compile(r"^[\d.,]+ ?(?:ms|s|min|h|hours?|days?|weeks?|months?|years?)(?:/day)?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A clarification as words: what each may be found by, and how much a match there is worth."""

    key: str
    exact: frozenset[tuple[str, ...]]
    wordings: tuple[frozenset[str], ...]
    names: tuple[frozenset[str], ...]
    strong: frozenset[str]
    subjects: frozenset[str]
    weak: frozenset[str]
    cues: frozenset[str]
    # Of what kind the number of a given is; "" for a clarification.
    measure: str = ""
    # What it is a number of: “keys” of “5B keys”.
    of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bank:
    """All that can be asked of a question, with how telling each word is among it."""

    entries: tuple[Entry, ...]
    weights: dict[str, float]
    unknown: float
    spelt: frozenset[str]
    known: frozenset[str]


def of(question: Question) -> Bank:
    return _bank(tuple(question.keyed_clarifications()), question.givens, _texts(question))


def worded(text: str) -> tuple[str, ...]:
    """A text as its words, all of them: the same question if they are the same."""
    return tuple(words.raw(text))


def _texts(question: Question) -> tuple[str, ...]:
    """Where words stand that are spelt rightly, though no question is about them."""
    named = [name for component in question.components for name in component.names]
    return (question.brief, question.title, *question.also, *named, *(c.says for c in question.curveballs))


@lru_cache(maxsize=64)
def _bank(keyed: tuple[tuple[str, Clarification], ...], givens: tuple[Given, ...], texts: tuple[str, ...]) -> Bank:
    clarifications = [clarification for _, clarification in keyed]
    entries = [_entry(clarification, key) for key, clarification in keyed]
    told = " ".join(c.answer for c in clarifications)
    entries += [_entry_of_given(given) for given in givens if f"{{{given.key}}}" not in told]
    counts: dict[str, int] = {}
    for entry in entries:
        for token in entry.strong | entry.subjects:
            counts[token] = counts.get(token, 0) + 1
    brief = {word.stem for word in words.words(texts[0])}
    weights = {
        token: math.log(1 + len(entries) / count) * (OF_THE_BRIEF if token in brief else 1.0)
        for token, count in counts.items()
    }
    spelt = {typed for c in clarifications for text in (*c.ask, *c.terms) for typed in words.raw(text)} - words.STOP
    spelt |= {typed for given in givens for typed in words.raw(given.label)} - words.STOP
    known = spelt | {typed for text in (*texts, told) for typed in words.raw(text)}
    return Bank(tuple(entries), weights, math.log(1 + len(entries)), frozenset(spelt), frozenset(known))


def _entry(clarification: Clarification, key: str) -> Entry:
    return _made(key, clarification.ask, clarification.terms, clarification.answer)


def _entry_of_given(given: Given) -> Entry:
    value = given.values[0]
    measure = "size" if _SIZE.search(value) else "time" if _TIME.match(value) else "count"
    named = given.key.replace("_", " ")
    made = _made(GIVEN + given.key, (given.label, named), (given.label, named), " ".join(given.values))
    of = frozenset(
        word.stem for word in words.words(re.sub(r"[\d.,]+\s?(?:[kKMGTP]?i?B\b|[kKMBT]\b)?|/.*", " ", value))
    )
    return replace(
        made, measure=measure, of=of, cues=frozenset(cue for cue, kind in MEASURES.items() if kind == measure)
    )


def _made(key: str, ask: Sequence[str], terms: Sequence[str], told: str) -> Entry:
    wordings = tuple(frozenset(word.stem for word in words.words(text)) for text in ask)
    names = tuple(name for text in terms if (name := frozenset(word.stem for word in words.words(text))))
    found = [word for text in (*ask, *terms) for word in words.words(text)]
    return Entry(
        key,
        frozenset(worded(text) for text in ask),
        wordings,
        names,
        strong=frozenset(word.stem for word in found),
        subjects=frozenset(subject for word in found for subject in word.subjects),
        weak=frozenset(word.stem for word in words.words(told)),
        cues=frozenset(cue for text in (*ask, *terms) for cue in words.cues(text)),
    )
