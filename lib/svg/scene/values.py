"""Elements of a scene as far as they can be believed: finite numbers, short words, points that fit on a board."""

import json
import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Raw = Mapping[str, Any]
Point = tuple[float, float]

MAX_TEXT: Final = 2_000_000
# Elements that are looked at, and of those what is drawn: a hand could not draw more, and a page not show it.
MAX_ELEMENTS: Final = 10_000
MAX_DRAWN: Final = 2_500
MAX_POINTS: Final = 400
MAX_NUMBER: Final = 1e6
MAX_LINES: Final = 40
MAX_CHARS: Final = 240

# Words may not turn the order of what stands around them.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSHOWN: Final = frozenset(("Cc", "Cs", "Co", "Cn"))


@dataclass(frozen=True, slots=True)
class Box:
    """Upper left corner and size, never negative."""

    x: float
    y: float
    w: float
    h: float

    @property
    def centre(self) -> Point:
        return self.x + self.w / 2, self.y + self.h / 2

    def is_within(self, far: float) -> bool:
        return max(abs(self.x), abs(self.y), abs(self.x + self.w), abs(self.y + self.h)) <= far

    def turned(self, angle: float) -> "Box":
        """The smallest upright box around it when it is turned about its middle."""
        if not angle:
            return self
        corners = ((self.x + i * self.w, self.y + j * self.h) for i in (0, 1) for j in (0, 1))
        return around([rotated(corner, self.centre, angle) for corner in corners])


def around(points: Sequence[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def rotated(point: Point, centre: Point, angle: float) -> Point:
    sine, cosine = math.sin(angle), math.cos(angle)
    x, y = point[0] - centre[0], point[1] - centre[1]
    return centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine


def elements(scene: str | Raw) -> list[Raw]:
    """What stands in a scene, given as JSON text or as what that text says, in the order in which it is drawn."""
    if isinstance(scene, str) and len(scene) > MAX_TEXT:
        return []
    try:
        data = json.loads(scene) if isinstance(scene, str) else scene
    except (ValueError, RecursionError):
        return []
    rows = data.get("elements") if isinstance(data, Mapping) else data
    return list(_there(rows[:MAX_ELEMENTS])) if isinstance(rows, list) else []


def _there(rows: Sequence[Any]) -> Iterator[Raw]:
    """Elements that are there, each identifier once."""
    seen: set[str] = set()
    for row in rows:
        if not isinstance(row, Mapping) or row.get("isDeleted"):
            continue
        key = row.get("id")
        if not isinstance(key, str) or not isinstance(row.get("type"), str) or key in seen:
            continue
        seen.add(key)
        yield row


def number(value: object, default: float = 0.0, *, low: float = -MAX_NUMBER, high: float = MAX_NUMBER) -> float:
    """A finite number within bounds; `default` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    try:
        found = float(value)
    except OverflowError:
        return default
    return max(low, min(high, found)) if math.isfinite(found) else default


def word(value: object) -> str:
    return value if isinstance(value, str) else ""


def lines(value: object) -> list[str]:
    """A text line by line, without what cannot be shown."""
    rows = word(value)[: MAX_LINES * MAX_CHARS].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = [_shown(row)[:MAX_CHARS].rstrip() for row in rows[:MAX_LINES]]
    return shown if any(shown) else []


def _shown(line: str) -> str:
    kept = (char for char in line.expandtabs(4) if char not in _TURNING)
    return "".join(" " if unicodedata.category(char) in _UNSHOWN else char for char in kept)


def box(raw: Raw) -> Box:
    x, y, w, h = (number(raw.get(name)) for name in ("x", "y", "width", "height"))
    return Box(min(x, x + w), min(y, y + h), abs(w), abs(h))


def angle(raw: Raw) -> float:
    return number(raw.get("angle")) % math.tau


def points(raw: Raw) -> list[Point]:
    """Where a line goes, on the board; from corner to corner where it does not say. Thinned where there are many."""
    x, y = number(raw.get("x")), number(raw.get("y"))
    given = raw.get("points")
    rows = [row for row in given if isinstance(row, list | tuple) and len(row) >= 2] if isinstance(given, list) else []
    if len(rows) < 2 and raw.get("type") != "freedraw":
        rows = [(0, 0), (raw.get("width"), raw.get("height"))]
    if len(rows) > MAX_POINTS:
        step = (len(rows) - 1) / (MAX_POINTS - 1)
        rows = [rows[round(place * step)] for place in range(MAX_POINTS)]
    return [(x + number(row[0]), y + number(row[1])) for row in rows]
