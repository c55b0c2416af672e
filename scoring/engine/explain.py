"""What is said about marks: a sentence or two per criterion, and the smallest change that raises the band."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from catalog.spec import Criterion, Question
from scoring.engine import levels
from scoring.engine.context import Finding
from scoring.engine.levels import Scored
from scoring.engine.types import Lift

MADE: Final = 0.5
PARTLY: Final = 0.25
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def summary(criterion: Criterion, findings: Mapping[str, Finding], mark: float, *, capped: bool) -> str:
    """One or two sentences: what is there, and what would be next."""
    made = [p for p in criterion.points if findings[p.key].strength >= MADE]
    partly = [p for p in criterion.points if PARTLY <= findings[p.key].strength < MADE]
    total = len(criterion.points)
    if not made and not partly:
        return "Nothing was found for this." if mark == 0 else "At most hinted at."
    if len(made) == total:
        said = "Every point is made." if total > 1 else "The point is made."
    elif made:
        said = f"{_count(len(made)).capitalize()} of {_count(total)} points {'is' if len(made) == 1 else 'are'} made"
        said += f", {_count(len(partly))} in part." if partly else "."
    else:
        verb = "is" if len(partly) == 1 else "are"
        said = f"{_count(len(partly)).capitalize()} of {_count(total)} points {verb} touched, none made clearly."
    return f"{said} A wrong claim keeps the mark down." if capped else said


def missing(criterion: Criterion, findings: Mapping[str, Finding]) -> tuple[str, ...]:
    """What the points that are clearly not there ask for, the weightiest first."""
    return _asked(criterion, findings, near=False)


def unsure(criterion: Criterion, findings: Mapping[str, Finding]) -> tuple[str, ...]:
    """What the points ask for that were not recognised and may be there in other words, the weightiest first."""
    return _asked(criterion, findings, near=True)


def _asked(criterion: Criterion, findings: Mapping[str, Finding], *, near: bool) -> tuple[str, ...]:
    found = [(p, findings[p.key]) for p in criterion.points]
    open_points = [p for p, finding in found if finding.strength < MADE and finding.near == near]
    return tuple(p.missing for p in sorted(open_points, key=lambda p: -p.weight))


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
