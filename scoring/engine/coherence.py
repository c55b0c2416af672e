"""Whether the words of an answer belong together, or were only put side by side.

Who says something puts words next to each other that belong together: “short link”, “read replica”. In what is known of
a question such pairs turn up again, many times oftener than if the same words met by chance. Where they do not, the
words were drawn from the right vocabulary and mean nothing, however fluent the sentences around them.

Measured on marked answers with 50 pairs and more: each has a lead of at least 0.11 or 3.5 times chance. Of 244 texts
of random words from the rubric, in moulds or without, 4 short ones reach 0.08 or 2.6 times chance, the highest 0.104
and 2.7.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from catalog.spec import Question
from scoring.engine import bank
from scoring.engine.text import Sentence, tokens
from scoring.engine.wordorder import Pair, neighbours

# Fewer pairs of neighbours tell nothing.
FEWEST: Final = 50
# What an answer that says something reaches at least: points above chance, or times chance.
LEAD: Final = 0.08
TIMES: Final = 2.6


@dataclass(frozen=True, slots=True)
class Coherence:
    """The share of neighbours that are known as such, that share by chance, and how many there are."""

    known: float
    by_chance: float
    pairs: int

    @property
    def share(self) -> float:
        """1 and more for words that belong together; below, the less the more they seem drawn at random."""
        if self.pairs < FEWEST:
            return 1.0
        return max((self.known - self.by_chance) / LEAD, self.known / max(self.by_chance, 1e-6) / TIMES)


def known_pairs(question: Question) -> frozenset[Pair]:
    """Neighbours in all that the question and the bank of wrong claims say."""
    return frozenset(pair for text in _texts(question) for pair in neighbours(tokens(text))) | _shared()


def measure(sentences: Iterable[Sentence], known: Collection[Pair]) -> Coherence:
    found = [pair for s in sentences if s.kind not in ("code", "table", "sum") for pair in neighbours(s.tokens)]
    if not found:
        return Coherence(0.0, 0.0, 0)
    first, second = Counter(a for a, _ in found), Counter(b for _, b in found)
    # What pairing the same words anew would give on average.
    chance = sum(first[a] * second[b] for a, b in known if a in first and b in second) / len(found)
    return Coherence(sum(pair in known for pair in found) / len(found), chance / len(found), len(found))


@cache
def _shared() -> frozenset[Pair]:
    return frozenset(pair for texts in bank.shared_texts() for text in texts for pair in neighbours(tokens(text)))


def _texts(question: Question) -> Iterator[str]:
    yield question.brief
    yield question.model_answer
    for clarification in question.clarifications:
        yield from (*clarification.ask, clarification.answer)
    for _, criterion in question.criteria():
        yield from (criterion.looks_for, criterion.why, *criterion.anchors.values())
        for point in criterion.points:
            yield from (point.missing, *point.statements)
        for mistake in criterion.mistakes:
            yield from (*mistake.claims, *mistake.corrections)
