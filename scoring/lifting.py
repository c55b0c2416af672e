"""What would lift a result: the smallest change where one point is enough, else what stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lib import bands

if TYPE_CHECKING:
    from scoring.presentation import CriterionView, ResultView, StepView

NAMED: Final = 2
HIGHEST: Final = "{band} is the highest band. What is still open would make it surer, not higher."
DOUBTED: Final = (
    "What is said of the whole answer holds every step down, and no single point lifts the band before that is mended."
)
FIRST: Final = " What is marked as wrong in {numbers} holds the mark there down, so put that right first."
SEVERAL: Final = "{band} begins at {floor}, and this stands at {overall}. No single point makes up the difference."
DRILL: Final = "These points are open, and weigh most in the mark of this step."


@dataclass(frozen=True, slots=True)
class Nearest:
    """A point that is not made, and the share of the overall (of 100) that it stands for."""

    view: "CriterionView"
    asks: str
    worth: float


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why no single change is named, in words, and the points that count most nevertheless."""

    title: str
    text: str
    nearest: tuple[Nearest, ...]


def obstacle(view: "ResultView") -> Obstacle | None:
    """None where nothing could be scored: that says why by itself."""
    judged = view.evaluation
    nearest = _nearest(view.steps)
    if judged.overall is None:
        is_scored = any(step.mark.mark is not None for step in view.steps)
        return Obstacle("What counts most now", DRILL, nearest) if is_scored and nearest else None
    if judged.band == bands.EXCEPTIONAL.key:
        return Obstacle("Nothing above this", HIGHEST.format(band=bands.EXCEPTIONAL.name), nearest)
    title = "What stands in the way"
    if view.notes:
        return Obstacle(title, DOUBTED, nearest)
    above = next(after for band, after in pairwise(bands.BANDS) if band.key == judged.band)
    text = SEVERAL.format(band=above.name, floor=above.floor, overall=view.overall_text)
    wrong = [c.number for s in view.steps for c in s.criteria if any(n.kind == "mistake" for n in c.notes)]
    return Obstacle(title, text + (FIRST.format(numbers=_listed(wrong)) if wrong else ""), nearest)


def _nearest(steps: Iterable["StepView"]) -> tuple[Nearest, ...]:
    """The open points that weigh most, at most one of each criterion: the rubric's weights, not a guess at marks."""
    found = []
    for step in steps:
        whole = sum(row.criterion.weight for row in step.criteria)
        for row in step.criteria:
            if row.mark.mark is None or not row.points.open:
                continue
            open_weight = max(4 - row.mark.mark, 0.0) / 4 * row.criterion.weight / whole
            found.append(Nearest(row, row.points.open[0], step.step.weight * open_weight / len(row.points.open)))
    return tuple(sorted(found, key=lambda one: -one.worth)[:NAMED])


def _listed(numbers: Sequence[str]) -> str:
    return " and ".join([", ".join(numbers[:-1]), numbers[-1]]) if len(numbers) > 1 else numbers[0]
