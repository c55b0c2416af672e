"""What words are worth as evidence, by how they are said: named < announced < stated < justified.

A mention names a thing. A statement says something of it. A justified statement gives a reason, a number or a
contrast along with it, and only that counts in full.
"""

import re
from dataclasses import dataclass
from typing import Final

from catalog.spec import Point
from scoring.engine.statements import Window
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
    """A window with everything about it that no point changes."""

    window: Window
    held: frozenset[str]
    near: frozenset[str]
    reason: bool
    number: bool
    worth: float

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


def read(window: Window, slipped: frozenset[int]) -> Reading:
    """`slipped` holds the starts of sentences whose arithmetic is off by tens."""
    text = " ".join(j.sentence.text for j in window.judged)
    reason = bool(REASON.search(text) or CONTRAST.search(text))
    number = bool(_NUMBER_WORDS.search(text))
    held = frozenset().union(*(j.usable - j.negated for j in window.judged))
    near = held.union(window.judged[0].sentence.heading, *(synonyms(stem) for stem in held))
    worth = _form_worth(window, justified=reason or number)
    if any(j.sentence.start in slipped for j in window.judged):
        worth *= FROM_A_SLIP
    return Reading(window, held, near, reason, number, worth)


def _form_worth(window: Window, *, justified: bool) -> float:
    forms = {j.form for j in window.judged}
    if "list" in forms:
        return LIST
    order = min(j.worth for j in window.judged)
    if forms <= {"plan", "boast"}:
        return PLAN * order
    worth = JUSTIFIED if justified else STATED
    if sum(len(j.sentence.stems) for j in window.judged) < 3:
        worth *= FRAGMENT
    if "terse" in forms:
        worth *= TERSE
    return worth * order
