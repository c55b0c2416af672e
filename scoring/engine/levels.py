"""From points to marks: criterion 0–4, step 0–4, overall 0–100, band and level. Monotone at every turn.

More of a point never lowers a mark: every map below only rises, and mistakes are caps, not deductions.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from catalog.steps import BY_KEY, DEEP_DIVE, ESTIMATION, HIGH_LEVEL_DESIGN, REQUIREMENTS, STEPS, WRAP_UP
from scoring.engine.types import Band, Level

# A criterion's mark rises evenly with the share of its points that is made: from the first number (nothing yet)
# by one mark for each second number. Nobody makes every point in the time there is, least of all in the last step.
# Fitted to marks that people gave, one straight line per step.
CURVES: Final[Mapping[str, tuple[float, float]]] = {
    REQUIREMENTS: (0.03, 0.185),
    ESTIMATION: (0.03, 0.19),
    HIGH_LEVEL_DESIGN: (0.03, 0.20),
    DEEP_DIVE: (0.03, 0.165),
    WRAP_UP: (0.07, 0.125),
}
# A step is strong before every one of its criteria is: the mean of their marks is stretched by this much.
STEP_STRETCH: Final = 1.15

BANDS: Final[tuple[tuple[float, Band], ...]] = (
    (85, "exceptional"), (70, "strong"), (50, "solid"), (25, "developing"), (0, "not_yet"),
)  # fmt: skip
LEVELS: Final[tuple[tuple[float, Level], ...]] = ((85, "staff"), (70, "senior"), (50, "mid"))

NO_NEED: Final = "No need is stated as a number, so there is nothing to measure the design against."
NO_PATH: Final = "No request is followed from end to end through the parts."
THIN_STEP: Final = "{title} stands at 1 or less."


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion with the strength of each of its points, ready to be combined again with one changed."""

    key: str
    step: str
    weight: float
    points: tuple[tuple[str, float, float], ...]
    cap: float = 4.0

    @property
    def share(self) -> float:
        total = sum(weight for _, weight, _ in self.points)
        return sum(weight * strength for _, weight, strength in self.points) / total if total else 0.0

    @property
    def mark(self) -> float:
        start, per_mark = CURVES[self.step]
        return min(halves(min(4.0, max(0.0, (self.share - start) / per_mark))), self.cap)

    def with_point(self, key: str, strength: float) -> "Scored":
        points = tuple((k, w, max(s, strength) if k == key else s) for k, w, s in self.points)
        return replace(self, points=points)


def halves(mark: float) -> float:
    return math.floor(mark * 2 + 0.5) / 2


def step_mark(criteria: Sequence[Scored]) -> float:
    """The weighted mean of the criteria's marks, stretched, since a step is strong before all of it is.

    It never stands above the best criterion, and more of any criterion never lowers it.
    """
    total = sum(c.weight for c in criteria)
    mean = sum(c.weight * c.mark for c in criteria) / total if total else 0.0
    return min(halves(mean * STEP_STRETCH), max((c.mark for c in criteria), default=0.0))


def overall(marks: Mapping[str, float | None]) -> float:
    """Weights of the guide; a step that is not scorable counts nothing."""
    return round(sum(step.weight * (marks.get(step.key) or 0.0) / 4 for step in STEPS), 1)


def band(value: float) -> Band:
    return next(name for floor, name in BANDS if value >= floor)


def gates(*, measurable_need: bool, end_to_end: bool, marks: Mapping[str, float | None]) -> tuple[str, ...]:
    """What keeps a level from being shown, in words for the candidate."""
    reasons = []
    if not measurable_need:
        reasons.append(NO_NEED)
    if not end_to_end:
        reasons.append(NO_PATH)
    thin = [key for key in (HIGH_LEVEL_DESIGN, DEEP_DIVE) if (marks.get(key) or 0.0) <= 1]
    return (*reasons, *(THIN_STEP.format(title=BY_KEY[key].title) for key in thin))


def level(value: float, closed: Sequence[str]) -> Level | None:
    if closed:
        return None
    return next((name for floor, name in LEVELS if value >= floor), None)


def step_range(mark: float, confidence: float) -> tuple[float, float]:
    """Where the mark may lie: half a point when sure, up to one and a half when not."""
    width = 0.5 if confidence >= 0.7 else 1.0 if confidence >= 0.4 else 1.5
    return max(0.0, mark - width), min(4.0, mark + width)


def overall_range(value: float, ranges: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """The likely range of the overall: steps rarely err all in one direction, so half of the sum."""
    below = above = 0.0
    marks = {key: (low + high) / 2 for key, (low, high) in ranges.items()}
    for key, (low, high) in ranges.items():
        below += BY_KEY[key].weight * (marks[key] - low) / 4
        above += BY_KEY[key].weight * (high - marks[key]) / 4
    return round(max(0.0, value - below * 0.6), 1), round(min(100.0, value + above * 0.6), 1)
