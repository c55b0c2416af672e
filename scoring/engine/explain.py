"""What is said about marks: a sentence or two per criterion, and the smallest change that raises the band."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from catalog.spec import Criterion, Point, Question
from scoring.engine import levels
from scoring.engine.context import Finding
from scoring.engine.levels import Scored
from scoring.engine.types import Lift, PointResult, PointState

MADE: Final = 0.5
PARTLY: Final = 0.25
ONE_OF: Final = "One of these designs. {}"
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def points(criterion: Criterion, findings: Mapping[str, Finding], scored: Scored) -> tuple[PointResult, ...]:
    """What is there and what is not, the weightiest first: of alternative designs, only what the best one asks for.

    Where no design is begun, the first point of each is a choice.
    """
    ranked = sorted(criterion.points, key=lambda point: -point.weight)
    of_designs = [point for point in ranked if point.design]
    if any(findings[point.key].strength >= PARTLY or findings[point.key].near for point in of_designs):
        counted = {made.key for made in scored.of_design(scored.design)}
        return tuple(_point(point, findings[point.key]) for point in ranked if point.key in counted)
    first = {point.design: point for point in reversed(of_designs)}
    # Designs may begin with the same thing, which then is no choice.
    begins = {point.missing: point.key for point in first.values()}
    state: PointState = "choice" if len(begins) > 1 else "missing"
    return (
        *(_point(point, findings[point.key]) for point in ranked if not point.design),
        *(PointResult(p.key, p.missing, state) for p in ranked if p.key in begins.values()),
    )


def _point(point: Point, finding: Finding) -> PointResult:
    state: PointState = "missing"
    if finding.strength >= MADE:
        state = "made"
    elif finding.strength >= PARTLY:
        state = "partly"
    elif finding.near:
        state = "unsure"
    nearest = () if state == "missing" else finding.evidence or finding.others[:1]
    return PointResult(point.key, point.missing, state, nearest)


def summary(points: Sequence[PointResult], total: int, mark: float, *, capped: bool) -> str:
    """One or two sentences: what is there, and what would be next. `total` is how many points count."""
    made = sum(point.state == "made" for point in points)
    partly = sum(point.state == "partly" for point in points)
    if not made and not partly:
        return "Nothing was found for this." if mark == 0 else "At most hinted at."
    if made == total:
        said = "Every point is made." if total > 1 else "The point is made."
    elif made:
        said = f"{_count(made).capitalize()} of {_count(total)} points {'is' if made == 1 else 'are'} made"
        said += f", {_count(partly)} in part." if partly else "."
    else:
        verb = "is" if partly == 1 else "are"
        said = f"{_count(partly).capitalize()} of {_count(total)} points {verb} touched, none made clearly."
    return f"{said} A wrong claim keeps the mark down." if capped else said


def asked(points: Sequence[PointResult], *states: PointState) -> tuple[str, ...]:
    """What the points in these states ask for, the weightiest first."""
    return tuple(point.asks for point in points if point.state in states)


def missing(points: Sequence[PointResult]) -> tuple[str, ...]:
    """What is clearly not there, in words; a choice of designs in one breath."""
    choices = asked(points, "choice")
    return (*asked(points, "missing"), *([ONE_OF.format(" Or: ".join(choices))] if choices else []))


def confidence(scored: Scored, *, supported: bool, worth: float) -> float:
    """How sure the mark is: clear points, found or absent, make it surer; without words for it it stays low."""
    if not supported:
        return 0.3
    clear = sum(abs(2 * made.strength - 1) for made in scored.points) / len(scored.points)
    return round(min(0.85, (0.35 + 0.5 * clear) * worth), 2)


def lift(
    question: Question,
    scored: Sequence[Scored],
    found: Mapping[str, Mapping[str, Finding]],
    again: Callable[[Sequence[Scored]], float],
    overall: float,
) -> Lift | None:
    """The one missing point that, made with a reason, raises the band by the smallest change; None if none does.

    `again` marks the answer anew with one criterion changed. What is clearly not there comes before what may be
    there already.
    """
    criteria = {criterion.key: criterion for _, criterion in question.criteria()}
    current = levels.band(overall)
    best: tuple[bool, float, float, Lift] | None = None
    for one in scored:
        for made in one.points:
            if made.strength >= MADE:
                continue
            changed = one.with_point(made.key, 1.0)
            value = again([changed if other is one else other for other in scored])
            if levels.band(value) == current or value <= overall:
                continue
            point = next(p for p in criteria[one.key].points if p.key == made.key)
            raised = Lift(one.key, point.missing, one.mark, changed.mark, value, levels.band(value))
            rank = (found[one.key][made.key].near, changed.mark - one.mark, -value)
            if best is None or rank < best[:3]:
                best = (*rank, raised)
    return best[3] if best else None


def _count(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
