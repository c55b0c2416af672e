"""When a mentor should look: where the engine may be wrong, in words for the candidate and the mentor."""

from typing import TYPE_CHECKING, Final

from scoring.engine import trust

if TYPE_CHECKING:
    from scoring.engine.compose import Measured

UNMATCHED: Final = "Much of this is about the question and reasoned, but matches little of the rubric."
DOUBTED: Final = "Several statements here cannot be right as they stand; somebody should read them in their place."
ELSEWHERE: Final = "This may be an answer to another question."
SHUFFLED: Final = "The order of the words is unusual."


def reasons(measured: "Measured", likely: tuple[float, float]) -> tuple[str, ...]:
    """Why a person should read this; nothing when the marks are as sure as they get."""
    found = []
    if measured.context.topic_worth < 1:
        found.append(ELSEWHERE)
    if measured.trust.share > trust.FREE:
        found.append(DOUBTED)
    if any(j.worth < 1 for rows in measured.context.judged.values() for j in rows):
        found.append(SHUFFLED)
    return tuple(found)
