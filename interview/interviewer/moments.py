"""When the interviewer may speak without being asked. Pure, and the only place that decides it."""

from collections.abc import Sequence
from typing import Final

from interview.interviewer.types import Exchange

# Somebody who has paused for so long is not in the middle of a sentence.
PAUSE: Final = 8.0
# The end of a step belongs to the candidate.
LAST: Final = 60.0
APART: Final = 180.0
PER_STEP: Final = 2
# Nobody is asked about what they are only about to write.
FIRST: Final = 60.0

_SPEAKS: Final = frozenset({"probe", "curveball"})


def may_speak(
    exchanges: Sequence[Exchange], *, step: str, at: float, spent: float, idle: float, left: float | None
) -> bool:
    """Whether this is a moment to follow up: a pause, amid a step, and not soon after another.

    All in seconds: `at` since the session began, `spent` in this step, `idle` since the last key, `left` of the step.
    """
    if idle < PAUSE or spent < FIRST or (left is not None and left <= LAST):
        return False
    spoken = [exchange for exchange in exchanges if exchange.kind in _SPEAKS]
    if any(at - exchange.at < APART for exchange in spoken):
        return False
    return sum(exchange.kind == "probe" and exchange.step == step for exchange in spoken) < PER_STEP
