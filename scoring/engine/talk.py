"""What was said in the room enters the marks: good questions lift the requirements a little, a hint has its price."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from catalog.steps import REQUIREMENTS
from scoring.engine import craft
from scoring.engine.calibration import TOP
from scoring.engine.context import Context
from scoring.engine.types import Answer, Note

# Asking is half of it: so many sentences of one's own must say what was made of the answers.
FEWEST_SENTENCES: Final = 3

ASKED: Final = "You asked {count} {questions} the design, before designing: +{lift:.1f}."
HINTED: Final = "A hint was taken here: −{cost:.1f}."


def questions(context: Context, answer: Answer) -> int:
    """How many questions count: each once, those that this question's bank holds, and none before an empty page."""
    if len(craft.said(context, REQUIREMENTS)) < FEWEST_SENTENCES:
        return 0
    known = {key for key, _ in context.prepared.question.keyed_clarifications()}
    return len(known.intersection(answer.asked))


def costs(answer: Answer) -> Mapping[str, float]:
    """Criterion → what its hints take from its mark."""
    found: dict[str, float] = defaultdict(float)
    for criterion, share in answer.hints:
        found[criterion] += TOP * max(0.0, share)
    return found


def asked(count: int, lift: float) -> tuple[Note, ...]:
    """What is said of good questions, where they lifted anything."""
    if lift < 0.05:
        return ()
    words = "question that changes" if count == 1 else "questions that change"
    return (Note("talk", ASKED.format(count=count, questions=words, lift=lift)),)


def hinted(cost: float) -> tuple[Note, ...]:
    return (Note("talk", HINTED.format(cost=cost)),) if cost else ()
