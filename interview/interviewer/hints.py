"""A hint on request: what to think about next, and never the answer. It has a price, which is said first."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from catalog.spec import Criterion, Point, Question
from catalog.variants import fill
from interview.interviewer import facts
from interview.interviewer.checking import runs
from interview.interviewer.types import Hint, State

# Of the criterion's weight.
COST: Final = 0.05
ELSEWHERE: Final = (
    "Read what this step looks for once more, from the top, and ask yourself which line has no sentence of yours yet."
)
_SENTENCE: Final = re.compile(r"(?<=[.?!])\s+")
# Where so much of a criterion is touched upon, nobody needs a hint for it.
COVERED: Final = 0.8

OFFER: Final = (
    "A hint names what to think about next in this step, and never the answer. It costs {cost} of what the "
    "criterion "
    "counts that it is about, and your result says so. Do you want it?"
)


def hint(state: State) -> Hint | None:
    """A hint for the weakest criterion of this step that is still open; None when there is none."""
    given = {exchange.key for exchange in state.exchanges if exchange.kind == "hint"}
    seen = facts.read(state)
    lacking = [
        (criterion.weight * (1 - share), criterion)
        for step, criterion in state.question.criteria()
        if step == state.step and criterion.key not in given and (share := covered(criterion, seen)) < COVERED
    ]
    if not lacking:
        return None
    _, weakest = max(lacking, key=lambda pair: pair[0])
    return Hint(
        weakest.key, OFFER.format(cost=f"{COST * 100:g} %"), _says(weakest, state.question, state.variant), COST
    )


def _says(criterion: Criterion, question: Question, variant: int) -> str:
    """Its title and its question to think about, without a sentence that has words of the answer in a row."""
    about = f"Think about “{criterion.title}”."
    asked = _SENTENCE.split(fill(criterion.follow_up, question, variant))
    given = _given(question.model_answer)
    safe = [sentence for sentence in (about, *asked) if given.isdisjoint(runs(sentence))]
    return " ".join(safe) or ELSEWHERE


@lru_cache(maxsize=64)
def _given(model_answer: str) -> frozenset[tuple[str, ...]]:
    return frozenset(runs(model_answer))


def covered(criterion: Criterion, seen: facts.Seen) -> float:
    """The share of a criterion's points that is touched upon; of several designs, that of the best."""
    designs = sorted({point.design for point in criterion.points if point.design}) or [""]
    return max(_share([p for p in criterion.points if p.design in (None, design)], seen) for design in designs)


def _share(points: Sequence[Point], seen: facts.Seen) -> float:
    total = sum(point.weight for point in points)
    return sum(point.weight for point in points if facts.makes(point, seen)) / total if total else 1.0
