"""How well the words of a sentence say what a statement says.

`Matcher.recalls(sentence)` gives, for every statement of the question, how much of it the sentence recalls, 0 to 1.
Stems count by how rare they are among the question's own statements; words of the brief count less, since anybody can
repeat them. Sentences are read one by one: what two neighbours say between them would change when a third is put in.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from catalog.spec import Question
from scoring.engine.guards import Judged, negated_stems
from scoring.engine.text import Token, tokens
from scoring.engine.words import GENERIC_STEMS, synonyms

SYNONYM: Final = 0.75
ALIKE: Final = 0.7
ALIKE_FROM: Final = 0.62
HEADING: Final = 0.6
QUESTION_WORD: Final = 0.5
GENERIC_WORD: Final = 0.45
# A statement's own word, denied, speaks against it as much as it would have spoken for it.
AGAINST: Final = 2.0
# What a statement forbids and a sentence allows in the same words is the opposite of it.
ALLOWED: Final = 0.3

NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nobody|nothing)\b|n[’']t\b", re.IGNORECASE
)
_NEGATIONS: Final = frozenset("not no never nobody none neither nor without cannot nothing".split())
_CONTRASTS: Final = frozenset("rather instead over versus vs than skip avoid drop reject rejected unlike".split())


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as weighted stems; `negative` when it denies something, `plain` when it denies and weighs nothing.

    `forbidden` holds the stems that its negations reach.
    """

    stems: dict[str, float]
    total: float
    negative: bool
    plain: bool = False
    forbidden: frozenset[str] = frozenset()


class Matcher:
    """Statements of one question, prepared once."""

    def __init__(self, texts: Sequence[str], owners: Sequence[Hashable], prompt: str) -> None:
        token_lists = [tokens(text) for text in texts]
        # A stem is rare when few points speak of it, however often their statements repeat it.
        uses = {(t.stem, owner) for found, owner in zip(token_lists, owners, strict=True) for t in found if t.stem}
        spread = Counter(stem for stem, _ in uses)
        asked = frozenset(t.stem for t in tokens(prompt) if t.stem)
        total = len(set(owners))
        self._weight = {stem: _rarity(stem, n, total, asked) for stem, n in spread.items()}
        self._rarest = math.log(1 + total)
        self.texts = tuple(texts)
        self.statements = tuple(self._statement(*pair) for pair in zip(texts, token_lists, strict=True))
        self.statements_of: dict[Hashable, list[int]] = defaultdict(list)
        for index, owner in enumerate(owners):
            self.statements_of[owner].append(index)
        postings: dict[str, list[int]] = defaultdict(list)
        for index, statement in enumerate(self.statements):
            for stem in statement.stems:
                postings[stem].append(index)
        self._postings = dict(postings)
        self._alike = lru_cache(maxsize=20_000)(self._alike_uncached)

    def weight(self, stem: str) -> float:
        """How much a stem tells; one that no statement holds is as rare as can be."""
        return self._weight.get(stem, self._rarest)

    def _statement(self, text: str, found: Sequence[Token]) -> Statement:
        stems = {t.stem: self._weight[t.stem] for t in found if t.stem}
        negative = any(t.word in _NEGATIONS or t.word.endswith("n't") for t in found)
        plain = not negative and not _CONTRASTS & {t.word for t in found}
        return Statement(stems, sum(stems.values()) or 1.0, negative, plain, negated_stems(text, found))

    def recalls(self, judged: Judged) -> dict[int, tuple[float, float]]:
        """Statement index → (the weighted share of its stems that the sentence holds, what polarity leaves of it).

        Absent ones recall nothing.
        """
        whole = self._sums(judged, judged.sentence.stems)
        found = whole
        if judged.denied:
            usable = self._sums(judged, judged.usable)
            found = {i: whole[i] if self.statements[i].negative else usable.get(i, 0.0) for i in whole}
        left = self._with_polarity(judged, found)
        return {i: (self._share(i, left[i]), min(1.0, left[i] / value)) for i, value in whole.items() if value}

    def _with_polarity(self, judged: Judged, found: dict[int, float]) -> dict[int, float]:
        """Recalled weight, less what is denied of a plain statement and what is allowed of a forbidding one."""
        negated, permitted = judged.negated, judged.permitted
        if not negated and not permitted:
            return found
        return {i: self._turned(self.statements[i], value, negated, permitted) for i, value in found.items()}

    def _turned(self, statement: Statement, value: float, negated: frozenset[str], permitted: frozenset[str]) -> float:
        if statement.plain:
            return max(0.0, value - AGAINST * sum(statement.stems.get(stem, 0.0) for stem in negated))
        if not negated and statement.forbidden & permitted:
            return value * ALLOWED
        return value

    def _share(self, index: int, value: float) -> float:
        return value / self.statements[index].total

    def _sums(self, judged: Judged, stems: Iterable[str]) -> dict[int, float]:
        have: dict[str, float] = {}
        self._collect(have, stems, 1.0)
        self._collect(have, judged.sentence.heading, HEADING)
        sums: dict[int, float] = defaultdict(float)
        for stem, similarity in have.items():
            value = similarity * self._weight[stem]
            for index in self._postings[stem]:
                sums[index] += value
        return sums

    def _collect(self, have: dict[str, float], stems: Iterable[str], factor: float) -> None:
        for stem in stems:
            for known, similarity in self._alike(stem):
                have[known] = max(have.get(known, 0.0), similarity * factor)

    def _alike_uncached(self, stem: str) -> tuple[tuple[str, float], ...]:
        """Stems of the statements that this one stands for, with how well."""
        found: dict[str, float] = {}
        for other in synonyms(stem):
            if other in self._weight:
                found[other] = SYNONYM
        if len(stem) >= 5:
            for other in self._weight:
                if other[:3] == stem[:3] and len(other) >= 4 and _dice(stem, other) >= ALIKE_FROM:
                    found[other] = max(found.get(other, 0.0), ALIKE)
        if stem in self._weight:
            found[stem] = 1.0
        return tuple(found.items())


def _rarity(stem: str, count: int, total: int, asked: frozenset[str]) -> float:
    weight = math.log(1 + total / count)
    if stem in GENERIC_STEMS:
        weight *= GENERIC_WORD
    if stem in asked:
        weight *= QUESTION_WORD
    return weight


@lru_cache(maxsize=100_000)
def _dice(a: str, b: str) -> float:
    pairs_a = {a[i : i + 2] for i in range(len(a) - 1)}
    pairs_b = {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(pairs_a & pairs_b) / (len(pairs_a) + len(pairs_b))


def prompt_of(question: Question) -> str:
    return f"{question.title} {question.brief} {question.summary}"
