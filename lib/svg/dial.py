"""The clock: a dial of sixty minutes, of which an interview uses forty-five."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

DIAL_MINUTES = 60.0
USED_MINUTES = 45.0
GAP = 0.55

State = Literal["done", "now", "todo"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the dial. `used` counts where state is `now`: the minutes of it that have gone."""

    minutes: float
    state: State = "todo"
    used: float = 0.0


@dataclass(frozen=True, slots=True)
class Arc:
    """One <circle pathLength="60">: a dash unit is a minute."""

    css: str
    dash: str
    offset: str


def arcs(segments: Iterable[Segment]) -> list[Arc]:
    """Arcs in drawing order, with gaps between the segments; more than an hour is scaled to the dial's forty-five."""
    known = [segment for segment in segments if segment.minutes > 0]
    total = sum(segment.minutes for segment in known)
    scale = USED_MINUTES / total if total > DIAL_MINUTES else 1.0
    drawn: list[Arc] = []
    start = 0.0
    for segment in known:
        length = segment.minutes * scale
        drawn.append(_arc("done" if segment.state == "done" else "", start, length))
        used = min(max(segment.used, 0.0) * scale, length)
        if segment.state == "now" and used > 0:
            drawn.append(_arc("now", start, used))
        start += length
    return drawn


def _arc(css: str, start: float, length: float) -> Arc:
    visible = max(length - GAP, min(length, 0.2))
    return Arc(css, f"{visible:.2f} {DIAL_MINUTES - visible:.2f}", f"{-(start + GAP / 2):.2f}")
