"""The figures of an answer: the numbers of each sentence, and what is derived from what.

A derivation from the candidate's own assumptions is as good as one from the brief, and a slip in it is worth
pointing out. Reading numbers is the work of `amounts`, checking what stands between them that of `arithmetic`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from scoring.engine.amounts import Number, find, show
from scoring.engine.arithmetic import Derivation, derivations, follows
from scoring.engine.text import Sentence
from scoring.engine.types import Evidence
from scoring.engine.units import seconds

__all__ = [
    "Derivation",
    "Figures",
    "Number",
    "derivations",
    "figures",
    "find",
    "follows",
    "in_period",
    "restates",
    "show",
    "timeless",
]

# A result on a line of its own is looked for in so many lines before it.
LINES: Final = 5
_RESULT_LINE: Final = re.compile(r"\s*(?:=>|=|≈|→|⇒|->|~|so\b|that is\b|which is\b|hence\b|therefore\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one sentence and what is derived in it. Places count from the sentence's start."""

    sentence: Sentence
    numbers: tuple[Number, ...]
    derivations: tuple[Derivation, ...] = field(default=())

    def quote(self, start: int, end: int) -> Evidence:
        s = self.sentence
        return Evidence(s.section, s.start + start, s.start + end, s.text[start:end], "number")


def figures(sentences: Iterable[Sentence]) -> list[Figures]:
    """The figures of consecutive sentences; a line that begins with an operator goes on from the one before."""
    found: list[Figures] = []
    last: Number | None = None
    heard: frozenset[float] = frozenset()
    for sentence in sentences:
        numbers = find(sentence.text)
        derived = list(derivations(sentence.text, numbers, last, heard))
        derived += _carried(sentence, numbers, derived, [f.numbers for f in found[-LINES:]])
        found.append(Figures(sentence, numbers, tuple(derived)))
        rates = [n for n in numbers if n.per] or [n for n in numbers if n.kind in ("size", "count")]
        last = rates[0] if rates else last
        heard |= {n.per for n in numbers if n.per}
    return found


def _carried(
    sentence: Sentence, numbers: Sequence[Number], derived: Sequence[Derivation], lines: Sequence[Sequence[Number]]
) -> list[Derivation]:
    """`DAU: 100M`, `reads each: 10`, `=> 1B a day`: a result whose operands stand on the lines before."""
    if not numbers or not lines or any(d.result is numbers[0] for d in derived):
        return []
    if not _RESULT_LINE.match(sentence.text[: numbers[0].start]):
        return []
    earlier = [n for line in lines for n in line]
    if not follows(numbers[0], earlier, earlier):
        return []
    return [Derivation(numbers[0], (), numbers[0].start, 1.0, whole=False, right=numbers[0].value)]


def timeless(number: Number) -> Number:
    """`3B rows a year` as the rows of that year."""
    return replace(number, value=number.written, per=0.0)


def in_period(number: Number, word: str) -> Number:
    """A number without a period as one of so many a second, day or year."""
    period = seconds(word)
    return replace(number, value=number.value / period, per=period)


def restates(a: Number, b: Number) -> bool:
    """Whether two numbers are the same amount in different units."""
    other_unit = a.kind == b.kind and (a.per, a.duration) != (b.per, b.duration)
    return other_unit and b.value > 0 and 0.9 <= a.value / b.value <= 1.1
