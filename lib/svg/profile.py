"""The five-step profile: width is a step's weight, height its mark, so the filled area is the overall."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 764.0, 252.0
LEFT, RIGHT, BASE, TOP = 62.0, 760.0, 194.0, 10.0
GAP = 4.0
NAME_CHAR = 7.6
PER_MARK = (BASE - TOP) / 4


@dataclass(frozen=True, slots=True)
class Bar:
    """What the chart knows of a step; `mark` None is a step that could not be scored. `time` is ready to print."""

    title: str
    short: str
    weight: float
    mark: float | None
    low: float | None = None
    high: float | None = None
    time: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One column: coordinates as text, ready to be attributes."""

    bar: Bar
    x: str
    y: str
    width: str
    height: str
    edge: str
    whisker: str
    text_x: str
    text_y: str
    mark_text: str
    range_text: str
    # Set where the name would run into its neighbour in a wide font: the drawing squeezes it into this.
    squeeze: str


@dataclass(frozen=True, slots=True)
class Guide:
    y: str
    text_y: str
    text: str
    css: str


def guides() -> list[Guide]:
    names = {3: "mid\u20023", 4: "senior\u20024"}
    return [
        Guide(_n(_y(mark)), _n(_y(mark) + 4), names.get(mark, str(mark)), "guide" if mark in names else "axis")
        for mark in range(5)
    ]


def draw(bars: Iterable[Bar]) -> list[Drawn]:
    known = list(bars)
    total = sum(max(bar.weight, 0.0) for bar in known) or 1.0
    room = RIGHT - LEFT - 4 - GAP * max(len(known) - 1, 0)
    drawn: list[Drawn] = []
    x = LEFT + 2
    for bar in known:
        width = room * max(bar.weight, 0.0) / total
        drawn.append(_column(bar, x, width))
        x += width + GAP
    return drawn


def describe(bars: Iterable[Bar]) -> str:
    """The chart in one sentence, for those who hear it."""
    parts = [f"{bar.title} {mark_text(bar.mark) if bar.mark is not None else 'not scorable'}" for bar in bars]
    return "Marks by step: " + ", ".join(parts)


def mark_text(mark: float | None) -> str:
    """2.5, 3, or a dash where there is no mark."""
    return "–" if mark is None else f"{float(mark):.2f}".rstrip("0").rstrip(".")


def _column(bar: Bar, x: float, width: float) -> Drawn:
    top = _y(bar.mark or 0)
    low, high = _range(bar)
    return Drawn(
        bar=bar,
        x=_n(x),
        y=_n(top),
        width=_n(width),
        height=_n(BASE - top),
        edge=f"M{_n(x)} {_n(top)}h{_n(width)}",
        whisker=_whisker(x + width - 12, low, high) if low is not None and high is not None and high > low else "",
        text_x=_n(x + 10),
        # The number sits under its edge; where the column is too low for it, above.
        text_y=_n(top + 23 if BASE - top >= 30 else top - 8),
        mark_text=mark_text(bar.mark),
        range_text=_range_text(low, high),
        squeeze=_n(width - 2) if len(bar.short) * NAME_CHAR > width else "",
    )


def _range(bar: Bar) -> tuple[float | None, float | None]:
    if bar.mark is None or bar.low is None or bar.high is None:
        return None, None
    low, high = sorted((bar.low, bar.high))
    return low, high


def _range_text(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return mark_text(low) if mark_text(low) == mark_text(high) else f"{mark_text(low)}–{mark_text(high)}"


def _whisker(x: float, low: float, high: float) -> str:
    top, bottom, left = _n(_y(high)), _n(_y(low)), _n(x - 5)
    return f"M{_n(x)} {top}V{bottom}M{left} {top}h10M{left} {bottom}h10"


def _y(mark: float) -> float:
    return BASE - PER_MARK * min(max(float(mark), 0.0), 4.0)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
