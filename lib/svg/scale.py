"""Lengths of time as bars, to scale: steps of a thousand, each of which holds the one before as a hairline.

The drawing has no viewBox: its widths are per cent, so that words keep their size on any screen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape

UNITS: Final = {"ns": 1, "µs": 1_000, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000}
_LINE: Final = re.compile(r"(?P<label>[^|]+?)\s*\|\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>ns|µs|μs|us|ms|s)")
# A step ends at one of these, in nanoseconds.
ENDS: Final = ((1_000, "1 µs"), (1_000_000, "1 ms"), (1_000_000_000, "1 s"), (1_000_000_000_000, "1,000 s"))
MAX_BARS: Final = 40

HEAD, ROW, GAP = 28, 38, 22
BAR_AT, BAR = 20, 9


@dataclass(frozen=True, slots=True)
class Bar:
    """`amount` in nanoseconds, `shown` as it was written."""

    label: str
    amount: float
    shown: str


@dataclass(frozen=True, slots=True)
class Step:
    """One zoom step: what is longer than the whole of the one before, up to `end`."""

    end: int
    name: str
    bars: tuple[Bar, ...]


def draw(source: str) -> str | None:
    """The SVG of lines `label | amount`; None where a line is not such a one, or is longer than 1,000 s."""
    bars = [_bar(line) for line in source.splitlines() if line.strip()]
    known = [bar for bar in bars if bar]
    if not known or len(known) < len(bars) or len(bars) > MAX_BARS:
        return None
    if any(not 0 < bar.amount <= ENDS[-1][0] for bar in known):
        return None
    return _svg(steps(known))


def steps(bars: Iterable[Bar]) -> tuple[Step, ...]:
    """Bars in steps of a thousand, shortest first; a step between two that hold something is there though empty."""
    rows = sorted(bars, key=lambda bar: bar.amount)
    found, floor = [], 0
    for end, name in ENDS:
        found.append(Step(end, name, tuple(bar for bar in rows if floor < bar.amount <= end)))
        floor = end
    while not found[0].bars:
        found.pop(0)
    while not found[-1].bars:
        found.pop()
    return tuple(found)


def describe(drawn: Iterable[Step]) -> str:
    """The drawing in words."""
    said = [f"up to {step.name}: {', '.join(f'{bar.label} {bar.shown}' for bar in step.bars)}" for step in drawn]
    return f"Bars to scale, in steps of a thousand; {'; '.join(said)}."


def _bar(line: str) -> Bar | None:
    match = _LINE.fullmatch(line.strip())
    if not match:
        return None
    unit = "µs" if match["unit"] in ("us", "μs") else match["unit"]
    return Bar(match["label"], float(match["number"]) * UNITS[unit], f"{match['number']} {unit}")


def _svg(drawn: tuple[Step, ...]) -> str:
    parts: list[str] = []
    y, before = 0, None
    for step in drawn:
        parts.append(_head(step, y, whole=before))
        y += HEAD
        if before:
            parts.append(_row(f"The whole line above, {before.name}", "", y))
            parts.append(f'<rect class="whole" {_size(before.end, step, y)}/>')
            y += ROW
        for bar in step.bars:
            parts.append(_row(bar.label, bar.shown, y))
            parts.append(f'<rect class="bar" {_size(bar.amount, step, y)}/>')
            y += ROW
        y += GAP
        before = step
    said = escape(describe(drawn))
    return f'<svg class="scale" role="img" width="100%" height="{y - GAP}" aria-label="{said}">{"".join(parts)}</svg>'


def _head(step: Step, y: int, *, whole: Step | None) -> str:
    words = f"{step.name}: a thousand times the line above" if whole else f"The whole line is {step.name}"
    return (
        f'<text class="head" x="0" y="{y + 16}">{escape(words)}</text>'
        f'<line class="ground" x1="0" x2="100%" y1="{y + HEAD - 4}" y2="{y + HEAD - 4}"/>'
    )


def _row(label: str, shown: str, y: int) -> str:
    amount = f'<text class="amount" x="100%" y="{y + 14}" text-anchor="end">{escape(shown)}</text>' if shown else ""
    return (
        f'<text class="label" x="0" y="{y + 14}">{escape(label)}</text>{amount}'
        f'<rect class="track" x="0" y="{y + BAR_AT}" width="100%" height="{BAR}"/>'
    )


def _size(amount: float, step: Step, y: int) -> str:
    return f'x="0" y="{y + BAR_AT}" width="{100 * amount / step.end:.4g}%" height="{BAR}"'
