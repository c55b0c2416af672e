"""What a session is written in: the text of each step, the estimation's sheet, and one board for the design. Pure.

There is one board, as there is one in the room: it is drawn in the high-level design and changed in the deep dive.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from catalog.steps import DEEP_DIVE, ESTIMATION, HIGH_LEVEL_DESIGN


class Part(StrEnum):
    TEXT = "text"
    SHEET = "sheet"
    BOARD = "board"


SHEET_STEP: Final = ESTIMATION
BOARD_STEPS: Final = (HIGH_LEVEL_DESIGN, DEEP_DIVE)

# In characters. A board of 300 parts with as many arrows has some 250,000.
MAX_CHARS: Final = {Part.TEXT: 60_000, Part.SHEET: 60_000, Part.BOARD: 400_000}


def of(steps: Sequence[str]) -> list[tuple[str, Part]]:
    """Every (step, part) that a session of these steps is written in; the board stands at the first that draws."""
    found = [(step, Part.TEXT) for step in steps]
    if SHEET_STEP in steps:
        found.append((SHEET_STEP, Part.SHEET))
    if (home := board_step(steps)) is not None:
        found.append((home, Part.BOARD))
    return found


def board_step(steps: Sequence[str]) -> str | None:
    """The step at which the board of such a session stands; None where nothing is drawn."""
    return next((step for step in BOARD_STEPS if step in steps), None)


def written_in(step: str, part: str) -> tuple[str, ...]:
    """The steps in which a part may be changed."""
    return BOARD_STEPS if part == Part.BOARD else (step,)
