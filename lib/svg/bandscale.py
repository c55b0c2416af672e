"""The band scale: five bands to scale, a likely range and a point. The range is the headline."""

from dataclasses import dataclass

# Where each band begins, of 100. The last one ends at 100.
BANDS = (
    ("not_yet", "Not yet", 0),
    ("developing", "Developing", 25),
    ("solid", "Solid", 50),
    ("strong", "Strong", 70),
    ("exceptional", "Exceptional", 85),
)
BAND_NAMES = {key: name for key, name, _ in BANDS}


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
    band = band or band_of(overall)
    ends = [start for _, _, start in BANDS[1:]] + [100]
    cells = tuple(
        Cell(key, name, start, end - start, key == band) for (key, name, start), end in zip(BANDS, ends, strict=True)
    )
    text = range_text(low, high)
    return Scale(
        cells=cells,
        low=f"{low:.2f}",
        width=f"{max(high - low, 0.6):.2f}",
        middle=f"{min(max((low + high) / 2, 4), 96):.2f}",
        point=f"{overall:.2f}",
        range_text=text,
        label=f"{BAND_NAMES.get(band, 'No band')}: overall {overall:.0f} of 100, "
        f"likely between {low:.0f} and {high:.0f}",
    )


def band_of(overall: float) -> str:
    return next(key for key, _, start in reversed(BANDS) if overall >= start)


def range_text(low: float, high: float) -> str:
    """ "62–74", or one number where both ends round to the same."""
    first, last = f"{low:.0f}", f"{high:.0f}"
    return first if first == last else f"{first}–{last}"


def _within(value: float) -> float:
    return min(max(float(value), 0.0), 100.0)
