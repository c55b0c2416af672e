"""The five bands of an overall from 0 to 100: how they are called and where each begins. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Band:
    key: str
    name: str
    floor: int


NOT_YET: Final = Band("not_yet", "Not yet", 0)
DEVELOPING: Final = Band("developing", "Developing", 25)
SOLID: Final = Band("solid", "Solid", 50)
STRONG: Final = Band("strong", "Strong", 70)
EXCEPTIONAL: Final = Band("exceptional", "Exceptional", 85)

# In rising order; the last one ends at 100.
BANDS: Final = (NOT_YET, DEVELOPING, SOLID, STRONG, EXCEPTIONAL)
BY_KEY: Final = {band.key: band for band in BANDS}


def band_of(overall: float) -> Band:
    """The band an overall lies in."""
    return next((band for band in reversed(BANDS) if overall >= band.floor), NOT_YET)


def name_of(key: str | None, default: str = "No band") -> str:
    """The word for a band, or what stands where there is none."""
    band = BY_KEY.get(key or "")
    return band.name if band else default
