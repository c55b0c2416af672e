"""The four ways to practise a question, as data. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Mode:
    """`follow_ups`: the interviewer may ask; `curveball`: it may change one requirement in the deep dive."""

    key: str
    title: str
    explanation: str
    follow_ups: bool
    curveball: bool


MODES: Final[tuple[Mode, ...]] = (
    Mode(
        "interview",
        "Interview",
        "One clock for everything. Each step has a budget that you may overrun. One requirement may change.",
        follow_ups=True,
        curveball=True,
    ),
    Mode(
        "strict",
        "Strict",
        "In order, and a step closes when its time is up. One requirement may change.",
        follow_ups=True,
        curveball=True,
    ),
    Mode("untimed", "Untimed", "No clock. Hand in when you are done.", follow_ups=True, curveball=False),
    # A drill has no requirements of its own that could change.
    Mode("one_step", "One step", "Only one of the five, with its own minutes.", follow_ups=True, curveball=False),
)
BY_KEY: Final = {mode.key: mode for mode in MODES}
