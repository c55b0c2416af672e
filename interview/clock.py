"""The interview clock. Pure: every function is given `now`, none reads it.

The server owns the clock. `ends_at` is stored when a session starts; everything else follows from stored
facts, so closing the tab, changing the device or a wrong clock in the browser change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from catalog.steps import BY_KEY, HAND_OVER_MINUTES, READ_MINUTES, STEPS, TOTAL_MINUTES

# How long after the end a save still counts: the way from the keyboard to the server. Never shown.
GRACE = timedelta(seconds=5)


class Mode(StrEnum):
    INTERVIEW = "interview"
    STRICT = "strict"
    UNTIMED = "untimed"
    ONE_STEP = "one_step"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long an interview minute is, and the person's own factor on it (None: no limit)."""

    minute: timedelta = timedelta(minutes=1)
    factor: float | None = 1.0

    def of(self, minutes: float) -> timedelta | None:
        return None if self.factor is None else self.minute * minutes * self.factor


@dataclass(frozen=True, slots=True)
class Opened:
    """A step of a strict session and when it opened."""

    step: str
    at: datetime


def total(mode: Mode, step: str, pace: Pace) -> timedelta | None:
    """How long a session lasts; None for no limit. A drill lasts as long as its step."""
    if mode == Mode.UNTIMED:
        return None
    return pace.of(BY_KEY[step].minutes if mode == Mode.ONE_STEP else TOTAL_MINUTES)


def ends_at(mode: Mode, step: str, pace: Pace, started_at: datetime) -> datetime | None:
    length = total(mode, step, pace)
    return None if length is None else started_at + length


def remaining(ends: datetime | None, now: datetime) -> timedelta | None:
    """Time left on the clock, never negative; None for no limit."""
    return None if ends is None else max(ends - now, timedelta())


def is_over(ends: datetime | None, now: datetime) -> bool:
    """Past the end and past the grace: nothing more is accepted, what was saved is handed in."""
    return ends is not None and now > ends + GRACE


def step_budget(step: str, pace: Pace, *, strict: bool = False) -> timedelta | None:
    """The minutes of a step. In a strict session the first one carries the minute for reading the brief."""
    minutes = BY_KEY[step].minutes
    if strict and step == STEPS[0].key:
        minutes += READ_MINUTES
    return pace.of(minutes)


def strict_walk(
    opened: Sequence[Opened], pace: Pace, ends: datetime | None, now: datetime
) -> tuple[list[Opened], datetime | None]:
    """Which steps have opened by `now`, and when the open one closes.

    A step closes when its time is up and the next opens at that very moment, however late anybody looks.
    Past the last step the closing time is None: only handing over is left.
    """
    walked = list(opened)
    while True:
        closes = _closes(walked[-1], pace, ends)
        if closes is None or now < closes:
            return walked, closes
        following = next_step(walked[-1].step)
        if following is None:
            return walked, None
        walked.append(Opened(following, closes))


def _closes(opened: Opened, pace: Pace, ends: datetime | None) -> datetime | None:
    """When an open step closes. The last one has all that is left before the minute for handing over, so that
    going on early, or a clock that was lengthened, never leaves time in which nothing can be written."""
    budget = step_budget(opened.step, pace, strict=True)
    if budget is None:
        return None
    closes = opened.at + budget
    hand_over = pace.of(HAND_OVER_MINUTES)
    if next_step(opened.step) is None and ends is not None and hand_over is not None:
        return max(closes, ends - hand_over)
    return closes


def strict_is_closed(opened: Sequence[Opened], step: str, pace: Pace, ends: datetime | None, now: datetime) -> bool:
    """Whether a save into `step` comes too late (or too early) for a strict session, grace included."""
    walked, closes = strict_walk(opened, pace, ends, now)
    current = walked[-1]
    if step == current.step:
        ended = _closes(current, pace, ends)
        return closes is None and ended is not None and now > ended + GRACE
    before = next((o for o in walked[:-1] if o.step == step), None)
    if before is None:
        return True
    closed_at = walked[walked.index(before) + 1].at
    return now > closed_at + GRACE


def next_step(step: str) -> str | None:
    keys = [s.key for s in STEPS]
    index = keys.index(step) + 1
    return keys[index] if index < len(keys) else None
