"""What words are worth as evidence, by how they are said: named < announced < stated < justified.

A mention names a thing. A statement says something of it. A justified statement gives a reason, a number or a
contrast along with it, and only that counts in full.
"""

import re
from dataclasses import dataclass
from typing import Final

from catalog.spec import Point
from scoring.engine.guards import Judged
from scoring.engine.words import CONTRAST, REASON, synonyms

JUSTIFIED: Final = 1.0
STATED: Final = 0.88
MENTION: Final = 0.25
LIST: Final = 0.02
# Talk about what one would do, and promises that no system keeps.
PLAN: Final = 0.35
FRAGMENT: Final = 0.75
TERSE: Final = 0.6
# What is concluded from a number that is wrong by tens is worth less than the conclusion.
FROM_A_SLIP: Final = 0.4
WITHOUT_NUMBER: Final = 0.5
WITHOUT_REASON: Final = 0.5

_NUMBER_WORDS: Final = re.compile(
    r"(?<![A-Za-z0-9/])\d|\b(?:half|twice|two|three|four|five|six|seven|eight|nine|ten|dozen|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with everything about it that no point changes."""

    judged: Judged
    held: frozenset[str]
    near: frozenset[str]
    reason: bool
    number: bool
    worth: float

    @property
    def section(self) -> str:
        return self.judged.sentence.section

    @property
    def is_listed(self) -> bool:
        return self.worth <= LIST

    def worth_for(self, point: Point) -> float:
        """What being said in this form is worth to a point: a figure or a reason may be asked for."""
        worth = self.worth
        if point.needs_number and not self.number:
            worth = min(worth, WITHOUT_NUMBER)
        if point.needs_reason and not self.reason:
            worth = min(worth, WITHOUT_REASON)
        return worth


def read(judged: Judged, *, slipped: bool) -> Reading:
    """`slipped`: its arithmetic is off by tens."""
    text = judged.sentence.text
    reason = bool(REASON.search(text) or CONTRAST.search(text))
    number = bool(_NUMBER_WORDS.search(text))
    held = judged.usable - judged.negated
    near = held.union(judged.sentence.heading, *(synonyms(stem) for stem in held))
    worth = _form_worth(judged, justified=reason or number)
    return Reading(judged, held, near, reason, number, worth * FROM_A_SLIP if slipped else worth)


def _form_worth(judged: Judged, *, justified: bool) -> float:
    if judged.form == "list":
        return LIST
    if judged.form in ("plan", "boast"):
        return PLAN * judged.worth
    worth = JUSTIFIED if justified else STATED
    if len(judged.sentence.stems) < 3:
        worth *= FRAGMENT
    if judged.form == "terse":
        worth *= TERSE
    return worth * judged.worth
