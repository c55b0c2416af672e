"""The band scale: five bands to scale, a likely range and a point. The range is the headline."""

from dataclasses import dataclass

from lib import bands


@dataclass(frozen=True, slots=True)
class Cell:
    key: str
    name: str
    start: int
    width: int
    current: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Positions in per cent, ready to be x and width attributes."""

    cells: tuple[Cell, ...]
    low: str
    width: str
    middle: str
    point: str
    range_text: str
    label: str


def scale(low: float, high: float, overall: float, band: str = "") -> Scale:
    """`band` is the one the scorer named; without it, the one the overall lies in."""
    low, high = sorted((_within(low), _within(high)))
    overall = _within(overall)
    band = band or bands.band_of(overall).key
    ends = [each.floor for each in bands.BANDS[1:]] + [100]
    cells = tuple(
        Cell(each.key, each.name, each.floor, end - each.floor, each.key == band)
        for each, end in zip(bands.BANDS, ends, strict=True)
    )
    text = range_text(low, high)
    return Scale(
        cells=cells,
        low=f"{low:.2f}",
        width=f"{max(high - low, 0.6):.2f}",
        middle=f"{min(max((low + high) / 2, 4), 96):.2f}",
        point=f"{overall:.2f}",
        range_text=text,
        label=f"{bands.name_of(band)}: overall {overall:.0f} of 100, likely between {low:.0f} and {high:.0f}",
    )


def range_text(low: float, high: float) -> str:
    """ "62–74", or one number where both ends round to the same."""
    first, last = f"{low:.0f}", f"{high:.0f}"
    return first if first == last else f"{first}–{last}"


def _within(value: float) -> float:
    return min(max(float(value), 0.0), 100.0)
