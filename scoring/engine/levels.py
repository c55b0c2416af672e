"""From points to marks: criterion 0–4, step 0–4, overall 0–100, band and level. Monotone at every turn.

More of a point never lowers a mark: every map below only rises, and mistakes are caps, not deductions.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from catalog.steps import BY_KEY, DEEP_DIVE, HIGH_LEVEL_DESIGN, REQUIREMENTS, STEPS
from scoring.engine.calibration import CRITERIA, OVERALL_WIDTH, STEP_WIDTHS, TOP, WIDER_BY_WORDS, share_at
from scoring.engine.calibration import STEPS as STEP_LINES
from scoring.engine.types import Band, Level

BANDS: Final[tuple[tuple[float, Band], ...]] = (
    (85, "exceptional"), (70, "strong"), (50, "solid"), (25, "developing"), (0, "not_yet"),
)  # fmt: skip
LEVELS: Final[tuple[tuple[float, Level], ...]] = ((85, "staff"), (70, "senior"), (50, "mid"))

ALL: Final = frozenset(step.key for step in STEPS)

# What each question that changes the design lifts the first step by, how many of them do, and from which mark on: to
# have asked well is part of the requirements, and no substitute for writing them down.
ASKED: Final = 0.1
MOST_ASKED: Final = 3
WRITTEN: Final = 1.0

NO_NEED: Final = "No need is stated as a number, so there is nothing to measure the design against."
NO_PATH: Final = "No request is followed from end to end through the parts."
THIN_STEP: Final = "{title} stands at 1 or less."


@dataclass(frozen=True, slots=True)
class Made:
    """A point and how strongly it is made, 0 to 1; `design` as in the rubric, "" when it belongs to every design."""

    key: str
    weight: float
    strength: float
    design: str = ""


@dataclass(frozen=True)
class Scored:
    """A criterion with the strength of each of its points, ready to be combined again with one changed.

    `cost` is what hints took from its mark.
    """

    key: str
    step: str
    weight: float
    points: tuple[Made, ...]
    cap: float = 4.0
    cost: float = 0.0

    @cached_property
    def share(self) -> float:
        """The weighted share of the points that is made; of alternative designs, that of the best one."""
        return _share(self.of_design(self.design))

    @cached_property
    def design(self) -> str:
        """The alternative that the answer makes best, by name where two are equal; "" where there is none."""
        designs = sorted({made.design for made in self.points if made.design}) or [""]
        return max(designs, key=lambda design: _share(self.of_design(design)))

    def of_design(self, design: str) -> list[Made]:
        """The points that count when this is the design."""
        return [made for made in self.points if made.design in ("", design)]

    @property
    def mark(self) -> float:
        return self.under(TOP)

    def under(self, cap: float) -> float:
        """The mark where no criterion stands above a cap: in halves, less what hints cost."""
        mark = min(halves(CRITERIA[self.step].mark(self.share, 0.0, ())), self.cap, cap)
        return tenths(max(0.0, mark - self.cost)) if self.cost else mark

    @cached_property
    def counted(self) -> float:
        """The share that counts for the step: no more than what the cap leaves."""
        return self.share if self.cap >= TOP else min(self.share, share_at(self.step, self.cap))

    def with_point(self, key: str, strength: float) -> "Scored":
        """The same with one point made at least this strongly."""
        points = tuple(replace(m, strength=max(m.strength, strength)) if m.key == key else m for m in self.points)
        return replace(self, points=points)


def _share(points: Sequence[Made]) -> float:
    total = sum(made.weight for made in points)
    return sum(made.weight * made.strength for made in points) / total if total else 0.0


def halves(mark: float) -> float:
    return math.floor(mark * 2 + 0.5) / 2


def tenths(mark: float) -> float:
    return round(mark, 1)


def step_marks(
    scored: Sequence[Scored],
    craft: Mapping[str, tuple[float, ...]],
    *,
    cap: float = TOP,
    asked: frozenset[str] = ALL,
    apart: bool = True,
    questions: int = 0,
) -> dict[str, float]:
    """Step → mark in tenths, for the steps that have criteria here: in halves, a typo could move the overall by four.

    Each step stands on its own criteria, on the whole answer and on its craft; more of any never lowers it. `cap`
    is the most that any step can get, `asked` the steps that make up the whole, `apart` whether the answer has steps,
    `questions` how many were asked that lift the first one.
    """
    total = whole(scored, asked)
    marks = {}
    for step in STEPS:
        criteria = [c for c in scored if c.step == step.key]
        share = coverage(criteria)
        if share is not None:
            mark = STEP_LINES[step.key].mark(share, total, craft[step.key], apart=apart)
            if step.key == REQUIREMENTS:
                mark = _asked(mark, questions)
            marks[step.key] = tenths(max(0.0, min(mark, cap) - hinted(criteria)))
    return marks


def _asked(mark: float, questions: int) -> float:
    """The mark of a step before which so many good questions were asked, if it is written as well."""
    return min(TOP, mark + ASKED * min(questions, MOST_ASKED)) if mark >= WRITTEN else mark


def hinted(criteria: Sequence[Scored]) -> float:
    """What the hints of a step take from it: of each criterion by its weight, whatever became of the hint, so that to
    write more never costs anything.
    """
    total = sum(c.weight for c in criteria)
    return sum(c.weight * c.cost for c in criteria) / total if total else 0.0


def whole(scored: Sequence[Scored], asked: frozenset[str] = ALL) -> float:
    """The share of everything that the criteria look for, steps weighted as in the overall."""
    shares = {key: coverage([c for c in scored if c.step == key]) or 0.0 for key in asked}
    weight = sum(BY_KEY[key].weight for key in asked)
    return sum(BY_KEY[key].weight * share for key, share in shares.items()) / weight if weight else 0.0


def coverage(criteria: Sequence[Scored]) -> float | None:
    """The weighted share of what a step's criteria look for; None for a step without any."""
    total = sum(c.weight for c in criteria)
    return sum(c.weight * c.counted for c in criteria) / total if total else None


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


def step_range(step: str, mark: float) -> tuple[float, float]:
    """Where nine of ten mentors' marks lie for a step that stands at this mark."""
    width = STEP_WIDTHS[step]
    return tenths(max(0.0, mark - width)), tenths(min(TOP, mark + width))


def overall_range(value: float, *, by_meaning: bool, doubted: bool, apart: bool = True) -> tuple[float, float]:
    """Where nine of ten mentors' overalls lie, 0 to 100: wider by words alone, and where the answer is doubted."""
    half = OVERALL_WIDTH.half(value, doubted=doubted, apart=apart) * (1.0 if by_meaning else WIDER_BY_WORDS)
    return round(max(0.0, value - half), 1), round(min(100.0, value + half), 1)
