"""When a mentor should look: where the engine may be wrong, in words for the candidate and the mentor."""

from typing import TYPE_CHECKING, Final

from scoring.engine import levels
from scoring.engine.calibration import TOP

if TYPE_CHECKING:
    from scoring.engine.compose import Measured

UNMATCHED: Final = "Much of this is about the question and reasoned, but matches little of the rubric."
DOUBTED: Final = "Several statements here cannot be right as they stand; somebody should read them in their place."
ELSEWHERE: Final = "This may be an answer to another question."
SHORT: Final = "There is too little here to be sure what it is about."
SHUFFLED: Final = "The order of the words is unusual."
UNCERTAIN: Final = "The marks are less certain than usual."

# So much that is said and reasoned makes more of a rubric than this, unless its ideas are others, or wrong.
SAID: Final = 40
REASONED: Final = 12
MATCHED: Final = 0.32
# Points of the overall, from one end of the range to the other.
WIDE: Final = 45.0


def reasons(measured: "Measured", likely: tuple[float, float]) -> tuple[str, ...]:
    """Why a person should read this; nothing when the marks are as sure as they get.

    How far words and meaning disagree is no reason: on marked answers it told nothing of the error, which
    `bench/agreement.py` prints for each reason and for what is kept.
    """
    found = []
    if measured.context.topic_worth < 1:
        found.append(SHORT if measured.context.is_short else ELSEWHERE)
    if measured.trust.cap < TOP:
        found.append(DOUBTED)
    if any(j.worth < 1 for rows in measured.context.judged.values() for j in rows):
        found.append(SHUFFLED)
    if _is_unmatched(measured):
        found.append(UNMATCHED)
    if likely[1] - likely[0] > WIDE:
        found.append(UNCERTAIN)
    return tuple(found)


def _is_unmatched(measured: "Measured") -> bool:
    forms = [j.form for rows in measured.context.judged.values() for j in rows]
    reasoned = forms.count("justified")
    return (
        reasoned >= REASONED
        and reasoned + forms.count("statement") >= SAID
        and levels.whole(measured.scored, measured.asked) < MATCHED
    )
