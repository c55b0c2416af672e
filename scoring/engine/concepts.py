"""How sure it is that a sentence of an answer makes a point: by its words and by its meaning, set against its rivals.

For each point the two statements that are recalled best count, by shared words (`statements`) and by the product of
sentence vectors (`encoder`). Neither is enough: words miss what is said differently, and vectors take everything on one
subject for alike. So a sentence speaks for a point less, the nearer it is to a statement of another point. What
polarity takes from the words it takes from the meaning as well, for vectors hardly see a "not".

The weights are those of a logistic regression on 1,932 sentences of marked and own answers, each judged by people or
by readers against one point of its question (made, in part, not made); questions left out in turn: area under the
curve 0.89, against 0.77 for words or vectors alone. They were then made steeper and more generous as a whole, which
steps' marks agreed with better than with the bare probabilities.
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.engine import problems
from scoring.engine.guards import Judged
from scoring.engine.statements import Matcher
from scoring.engine.text import Sentence

Matrix = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic curve: what the best statement and the second best count, by words and by meaning."""

    start: float
    words: float
    more_words: float
    meaning: float
    more_meaning: float
    term: float
    rival: float


BY_BOTH: Final = Weights(-2.9, 2.4, 4.7, 9.2, 3.7, 1.0, -10.7)
BY_WORDS: Final = Weights(-3.3, 4.0, 9.1, 0.0, 0.0, 1.7, -3.4)
# With fewer words a note is read with what stands above it.
SHORT: Final = 8

_MARKS: Final = re.compile(r"[*_`#>|~]+|!?\[([^\]]*)\]\([^)]*\)")
_SPACES: Final = re.compile(r"\s+")


class Encodes(Protocol):
    """What the engine asks of an encoder: rows of length 1, and a name that changes with the weights."""

    fingerprint: str

    def encode(self, texts: Sequence[str], *, keep: bool = True) -> Matrix: ...


@dataclass(frozen=True, slots=True)
class Vectors:
    """What is compared with: one row for each statement of the points, each wrong claim and each correction.

    As an answer's own: the products of its sentences with these rows, one column each.
    """

    statements: Matrix
    claims: Matrix
    corrections: Matrix

    @property
    def centre(self) -> Matrix:
        """What all statements are about together."""
        found: Matrix = self.statements.mean(axis=0)
        return found


class Concepts:
    """Certainty of every point for every sentence, 0 to 1."""

    def __init__(
        self, sentences: Sequence[Judged], matcher: Matcher, vectors: Vectors | None, encoder: Encodes | None
    ) -> None:
        self._statements: Mapping[Hashable, list[int]] = matcher.statements_of
        self._places = {concept: place for place, concept in enumerate(self._statements)}
        self._vectors = vectors
        self._encoder = encoder
        self._sentences = _vectors(sentences, encoder) if encoder and sentences else None
        self._words, left = _by_words(sentences, matcher)
        self._meaning = np.zeros_like(self._words)
        near = self._words
        if self._sentences is not None and vectors is not None:
            near = np.maximum(self._sentences @ vectors.statements.T, 0.0)
            self._meaning = near * left
        self._recall = self._words + self._meaning
        self._best, self._second, self._owner = self._rivals(near)
        self.by_meaning = encoder is not None

    def _rivals(self, near: Matrix) -> tuple[Matrix, Matrix, NDArray[np.intp]]:
        """For each sentence: how near the nearest point is, how near the next one, and which is the nearest."""
        if not near.size:
            return np.zeros(len(near)), np.zeros(len(near)), np.zeros(len(near), dtype=np.intp)
        by_point = np.stack([near[:, columns].max(axis=1) for columns in self._statements.values()], axis=1)
        ordered = np.sort(by_point, axis=1)
        return ordered[:, -1], ordered[:, -2] if by_point.shape[1] > 1 else ordered[:, -1], by_point.argmax(axis=1)

    def certainty(self, concept: Hashable, named: NDArray[np.bool_]) -> tuple[Matrix, NDArray[np.intp]]:
        """(certainty, the statement that is recalled best), for each sentence; `named`: holds a term of the point."""
        columns = self._statements[concept]
        w = BY_BOTH if self.by_meaning else BY_WORDS
        words, more_words = _two_best(self._words[:, columns])
        meaning, more_meaning = _two_best(self._meaning[:, columns])
        rival = np.where(self._owner == self._places[concept], self._second, self._best)
        value = w.start + w.words * words + w.more_words * more_words + w.meaning * meaning
        value += w.more_meaning * more_meaning + w.term * named + w.rival * rival
        best = self._recall[:, columns].argmax(axis=1)
        return 1 / (1 + np.exp(-value)), np.asarray(columns)[best]

    def leads(self, rows: Sequence[int]) -> problems.Leads | None:
        """How much nearer these sentences are to this question than to any other problem; None where unknown."""
        known = problems.known(self._encoder.fingerprint if self._encoder else "")
        if known is None or self._sentences is None or self._vectors is None:
            return None
        return known.leads(self._sentences[list(rows)].mean(axis=0), self._vectors.centre)

    def meaning(self, rows: Sequence[int]) -> Vectors | None:
        """How alike these sentences are in meaning to all that is known, -1 to 1; None without an encoder."""
        return None if self._sentences is None else self._compared(self._sentences[list(rows)])

    def meaning_of(self, texts: Sequence[str]) -> Vectors | None:
        """The same for other texts."""
        return self._compared(self._encoder.encode([plain(text) for text in texts])) if self._encoder else None

    def _compared(self, own: Matrix) -> Vectors | None:
        if self._vectors is None:
            return None
        known = self._vectors
        return Vectors(own @ known.statements.T, own @ known.claims.T, own @ known.corrections.T)


def _two_best(values: Matrix) -> tuple[Matrix, Matrix]:
    ordered = np.sort(values, axis=1)
    return ordered[:, -1], ordered[:, -2]


def _by_words(sentences: Sequence[Judged], matcher: Matcher) -> tuple[Matrix, Matrix]:
    """(recall, what polarity leaves of it), each sentences × statements."""
    recall = np.zeros((len(sentences), len(matcher.statements)), dtype=np.float32)
    left = np.ones_like(recall)
    for row, judged in enumerate(sentences):
        for index, (value, share) in matcher.recalls(judged).items():
            recall[row, index] = value
            left[row, index] = share
    return recall, left


def _vectors(sentences: Sequence[Judged], encoder: Encodes) -> Matrix:
    return encoder.encode([_in_place(judged.sentence) for judged in sentences])


def _in_place(sentence: Sentence) -> str:
    """A short note means what it means under the heading or the item above it."""
    text = plain(sentence.text)
    under = sentence.lead and (len(sentence.tokens) < SHORT or sentence.leaves_out)
    return f"{plain(sentence.lead)}: {text}" if under else text


def plain(text: str) -> str:
    """A sentence without the marks of Markdown."""
    return _SPACES.sub(" ", _MARKS.sub(lambda m: m[1] or " ", text)).strip()
