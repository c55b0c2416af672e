"""What the engine works out once per question and keeps: statements, names, prompts, expected values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from catalog import variants
from catalog.spec import Criterion, Expected, Point, Question
from catalog.steps import STEPS
from lib.quantities import Quantity, QuantityError, plain
from scoring.engine import coherence
from scoring.engine.bank import Bank
from scoring.engine.concepts import Encodes, Matrix, Vectors
from scoring.engine.graph.names import Namer
from scoring.engine.guards import Prompts, Terms
from scoring.engine.statements import Matcher, prompt_of
from scoring.engine.text import tokens
from scoring.engine.words import EVERYDAY_STEMS, GENERIC_STEMS


@dataclass(frozen=True, slots=True)
class Target:
    """An expected quantity in counts, bytes and seconds, and what it is looked for by."""

    expected: Expected
    value: float
    kind: str
    cues: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """The point that a statement makes."""

    step: str
    criterion: str
    point: str

    @property
    def key(self) -> tuple[str, str]:
        return self.criterion, self.point


class Prepared:
    """A question made ready for scoring. Holds nothing of any answer."""

    def __init__(self, question: Question) -> None:
        self.question = question
        pairs = list(_statements(question))
        self.owners = tuple(owner for _, owner in pairs)
        self.matcher = Matcher([text for text, _ in pairs], [o.key for o in self.owners], prompt_of(question))
        self.claims = Bank(question, self.matcher)
        self.namer = Namer(question.components)
        self.kinds = {component.key: component.kind for component in question.components}
        self.flows = {flow.key: flow for flow in question.flows}
        self.prompts = Prompts(_prompts(question))
        self.told = Prompts([*_told(question), *_givens(question)])
        self.neighbours = coherence.known_pairs(question)
        self.topic = _topic(question)
        self.subject = _subject(question)
        self.terms = {
            (criterion.key, point.key): [stems for term in point.terms if (stems := _stems(term))]
            for _, criterion in question.criteria()
            for point in criterion.points
        }
        names = [name for component in question.components for name in component.names]
        self.vocabulary = Terms([*(t for _, _, point in self.points() for t in point.terms), *names])
        self._vectors: dict[str, Vectors] = {}
        self.targets = lru_cache(maxsize=32)(self._targets)
        self.givens = lru_cache(maxsize=32)(self._givens)

    def _targets(self, variant: int) -> dict[str, Target]:
        """Expected quantities by key; one whose formula is broken is left out, and its points find nothing."""
        try:
            names = variants.names(self.question, variant)
        except QuantityError:
            return {}
        return {e.key: _target(e, names) for e in self.question.quantities}

    def _givens(self, variant: int) -> frozenset[float]:
        """The numbers the brief fixes, in counts, bytes and seconds."""
        try:
            names = variants.names(self.question, variant)
        except QuantityError:
            return frozenset()
        return frozenset(plain(names[given.key]).value for given in self.question.givens)

    def vectors(self, encoder: Encodes) -> Vectors:
        """What statements, claims and corrections mean, worked out once for each encoder."""
        kept = self._vectors.get(encoder.fingerprint)
        if kept is None:
            claims, corrections = self.claims.vectors(encoder)
            statements = encoder.encode(self.matcher.texts, keep=False)
            kept = self._vectors[encoder.fingerprint] = Vectors(statements, claims, corrections)
        return kept

    def centre(self, encoder: Encodes) -> Matrix:
        """What the question is about as a whole: the mean of its statements' vectors."""
        return self.vectors(encoder).centre

    def points(self) -> Iterator[tuple[str, Criterion, Point]]:
        for step, criterion in self.question.criteria():
            for point in criterion.points:
                yield step, criterion, point


_KEPT: dict[int, Prepared] = {}
# About 8 MB each with its vectors.
_MAX_KEPT: Final = 32


def prepare(question: Question) -> Prepared:
    """The prepared question; the same object is prepared once."""
    kept = _KEPT.pop(id(question), None)
    if kept is None or kept.question is not question:
        kept = Prepared(question)
    # The last one used stands last.
    _KEPT[id(question)] = kept
    while len(_KEPT) > _MAX_KEPT:
        del _KEPT[next(iter(_KEPT))]
    return kept


def _statements(question: Question) -> Iterator[tuple[str, Owner]]:
    for step, criterion in question.criteria():
        for point in criterion.points:
            for text in point.statements:
                yield text, Owner(step, criterion.key, point.key)


def _told(question: Question) -> Iterator[str]:
    """What everybody is told who reads or asks, and is to build on."""
    for variant in range(4):
        yield variants.fill(question.brief, question, variant)
        yield from (variants.fill(c.answer, question, variant) for c in question.clarifications)


def _givens(question: Question) -> Iterator[str]:
    yield from (f"{given.label}: {value}." for given in question.givens for value in given.values)


def _prompts(question: Question) -> Iterator[str]:
    """Every text that a candidate has before their eyes, or could copy from the rubric."""
    yield from (question.title, question.summary, question.challenge)
    yield from _told(question)
    for step in STEPS:
        yield step.prompt
        yield from step.looks_for
    for _, c in question.criteria():
        yield from (c.title, c.looks_for, c.why, c.follow_up, *c.anchors.values())
        yield from (point.missing for point in c.points)


def _subject(question: Question) -> frozenset[str]:
    """Stems of what the question is called and what its figures count: links, messages, posts."""
    texts = [question.title, *(value for given in question.givens for value in given.values)]
    return _telling(texts + [quantity.unit for quantity in question.quantities])


def _topic(question: Question) -> frozenset[str]:
    """Stems that belong to this question: its subject, and what its figures and flows are about."""
    texts = [*question.tags, *(given.label for given in question.givens)]
    texts += [quantity.label for quantity in question.quantities] + [flow.label for flow in question.flows]
    return _telling(texts) | _subject(question)


def _telling(texts: Sequence[str]) -> frozenset[str]:
    found = frozenset(s for text in texts for s in _stems(text.replace("_", " ")))
    return frozenset(s for s in found - GENERIC_STEMS - EVERYDAY_STEMS if not s[0].isdigit())


def _stems(text: str) -> frozenset[str]:
    return frozenset(t.stem for t in tokens(text) if t.stem)


def _target(expected: Expected, names: Mapping[str, Quantity]) -> Target:
    found = plain(names[expected.key])
    kinds = {(1, -1): "size rate", (1, 0): "size", (0, -1): "rate", (0, 1): "time"}
    kind = "share" if expected.unit.strip() == "%" else kinds.get((found.data, found.time), "count")
    cues = tuple(stems for cue in expected.cues if (stems := _stems(cue)))
    return Target(expected, found.value, kind, cues)
