"""From shares of evidence to marks of the guide: fitted to marks that people gave, frozen for each version.

For each step one rising piecewise line. `bench/calibrate.py` fits them, says how well they agree on questions and
authors that were left out, and writes `calibration.json`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PATH: Final = Path(__file__).parent / "calibration.json"
# Marks rise faster while little is there: a share counts again up to each of these.
KNOTS: Final = (0.12, 0.4)
TOP: Final = 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """Marks per share: of the step's own criteria (and again up to each knot), of the whole answer, of its craft.

    `apart` counts again what is the step's own when the answer sets its steps apart: in a text without steps the same
    sentence serves all of them.
    """

    start: float
    own: float
    early: tuple[float, ...]
    apart: float
    whole: float
    craft: tuple[float, ...]

    def mark(self, own: float, whole: float, craft: tuple[float, ...], *, apart: bool = True) -> float:
        """0 to 4, not rounded. Never falls when a share rises."""
        value = self.start + (self.own + self.apart * apart) * own + self.whole * whole
        value += sum(rise * min(own, knot) for rise, knot in zip(self.early, KNOTS, strict=True))
        value += sum(rise * share for rise, share in zip(self.craft, craft, strict=True))
        return min(TOP, max(0.0, value))


@dataclass(frozen=True, slots=True)
class Width:
    """Points of the overall to either side: everywhere, and more for some.

    More in the middle of the scale, where the answer is doubted, and where it sets its steps apart.
    """

    least: float
    middle: float
    doubt: float
    apart: float

    def half(self, overall: float, *, doubted: bool, apart: bool = True) -> float:
        part = overall / 100
        return self.least + self.middle * 4 * part * (1 - part) + self.doubt * doubted + self.apart * apart


def _line(record: Mapping[str, Any], *, craft: bool) -> Line:
    return Line(
        start=record["start"],
        own=record["own"],
        early=tuple(record["early"]),
        apart=record["apart"],
        whole=record["whole"],
        craft=tuple(record["craft"]) if craft else (),
    )


_frozen: Final = json.loads(PATH.read_text(encoding="utf-8"))

VERSION: Final[str] = _frozen["version"]
STEPS: Final[Mapping[str, Line]] = {key: _line(record, craft=True) for key, record in _frozen["steps"].items()}
# The same for one criterion by itself, from its own share alone.
CRITERIA: Final[Mapping[str, Line]] = {key: _line(record, craft=False) for key, record in _frozen["criteria"].items()}
# What holds nine of ten marks to either side, on answers left out while fitting: marks of a step, points overall.
STEP_WIDTHS: Final[Mapping[str, float]] = _frozen["step_widths"]
OVERALL_WIDTH: Final = Width(**_frozen["overall_width"])
WIDER_BY_WORDS: Final = 1.3


def share_at(step: str, mark: float) -> float:
    """The share at which a criterion of this step reaches a mark; 1 when none does."""
    line = CRITERIA[step]
    return next((i / 100 for i in range(101) if line.mark(i / 100, 0.0, ()) >= mark), 1.0)
