"""The four ways to practise a question, as data. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Mode:
    key: str
    title: str
    explanation: str


MODES: Final[tuple[Mode, ...]] = (
    Mode("interview", "Interview", "One clock for everything. Each step has a budget that you may overrun."),
    Mode("strict", "Strict", "In order, and a step closes when its time is up."),
    Mode("untimed", "Untimed", "No clock. Hand in when you are done."),
    Mode("one_step", "One step", "Only one of the five, with its own minutes."),
)
