"""Lines and arrows: the way they take, and the heads at their ends, as the editor draws them."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from lib.svg.scene.values import Point, Raw, rotated, word
from lib.svg.shapes import n

Curve = tuple[Point, Point, Point, Point]

# What the editor itself takes for a closed line.
CLOSED: Final = 8.0
_CORNER: Final = 16.0
# Size of a head, the share of the arrow it may take at most, and how wide it opens, in degrees.
_SIZES: Final[Mapping[str, tuple[float, float, float]]] = {
    "arrow": (25.0, 0.5, 20.0),
    "bar": (15.0, 0.5, 90.0),
    "diamond": (12.0, 0.25, 25.0),
    "diamond_outline": (12.0, 0.25, 25.0),
    "crowfoot_one": (20.0, 0.5, 25.0),
    "crowfoot_many": (20.0, 0.5, 25.0),
    "crowfoot_one_or_many": (20.0, 0.5, 25.0),
}
_OTHER: Final = (15.0, 0.5, 25.0)


def is_curved(raw: Raw) -> bool:
    return bool(raw.get("roundness")) and not raw.get("elbowed")


def is_closed(points: Sequence[Point]) -> bool:
    return len(points) > 2 and math.dist(points[0], points[-1]) <= CLOSED


def way(raw: Raw, points: Sequence[Point]) -> str:
    """The path through these points: straight, bent round, or with rounded corners."""
    start = f"M{_at(points[0])}"
    if raw.get("elbowed"):
        return start + _corners(points)
    if is_curved(raw) and len(points) > 2:
        return start + "".join(f"C{_at(a)} {_at(b)} {_at(end)}" for _, a, b, end in curves(points))
    return start + "".join(f"L{_at(point)}" for point in points[1:])


def curves(points: Sequence[Point]) -> list[Curve]:
    """A smooth way through all points (Catmull-Rom), piece by piece."""
    padded = [points[0], *points, points[-1]]
    found = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] + (start[0] - after[0]) / 6, end[1] + (start[1] - after[1]) / 6)
        found.append((start, first, second, end))
    return found


def pen(points: Sequence[Point]) -> str:
    """A stroke by hand, smoothed through the middles of its pieces."""
    if len(points) < 3:
        return f"M{_at(points[0])}L{_at(points[-1])}"
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(points)]
    bends = "".join(f"Q{_at(point)} {_at(middle)}" for point, middle in zip(points[1:], middles[1:], strict=False))
    return f"M{_at(points[0])}L{_at(middles[0])}{bends}L{_at(points[-1])}"


def heads(raw: Raw, points: Sequence[Point]) -> str:
    """The heads at both ends; nothing where the ends are one point."""
    ways = curves(points) if is_curved(raw) else [(a, a, b, b) for a, b in pairwise(points)]
    end, start = ways[-1], (ways[0][3], ways[0][2], ways[0][1], ways[0][0])
    return _head(word(raw.get("startArrowhead")), start, points) + _head(word(raw.get("endArrowhead")), end, points)


def _head(kind: str, last: Curve, points: Sequence[Point]) -> str:
    """The head at the end of the last piece of a way."""
    tip, before = last[3], _on(last, 0.7)
    length = math.dist(before, tip)
    if not kind or not length:
        return ""
    size, share, opens = _SIZES.get(kind, _OTHER)
    whole = math.dist(last[0], tip) if kind == "arrow" else sum(math.dist(a, b) for a, b in pairwise(points))
    size = min(size, whole * share)
    foot = (tip[0] + (before[0] - tip[0]) / length * size, tip[1] + (before[1] - tip[1]) / length * size)
    return _HEADS.get(kind, _triangle)(tip, foot, math.radians(opens))


def _arrow(tip: Point, foot: Point, opens: float) -> str:
    return _stroke(rotated(foot, tip, -opens), tip, rotated(foot, tip, opens))


def _bar(tip: Point, foot: Point, opens: float) -> str:
    return _stroke(rotated(foot, tip, -opens), rotated(foot, tip, opens))


def _triangle(tip: Point, foot: Point, opens: float) -> str:
    return _solid(tip, rotated(foot, tip, -opens), rotated(foot, tip, opens))


def _open_triangle(tip: Point, foot: Point, opens: float) -> str:
    return _hollow(tip, rotated(foot, tip, -opens), rotated(foot, tip, opens))


def _diamond_of(tip: Point, foot: Point, opens: float) -> tuple[Point, ...]:
    far = (2 * foot[0] - tip[0], 2 * foot[1] - tip[1])
    return tip, rotated(foot, tip, -opens), far, rotated(foot, tip, opens)


def _diamond(tip: Point, foot: Point, opens: float) -> str:
    return _solid(*_diamond_of(tip, foot, opens))


def _open_diamond(tip: Point, foot: Point, opens: float) -> str:
    return _hollow(*_diamond_of(tip, foot, opens))


def _dot(tip: Point, foot: Point, _: float) -> str:
    return _circle(tip, foot, "tip")


def _ring(tip: Point, foot: Point, _: float) -> str:
    return _circle(tip, foot, "hollow")


def _many(tip: Point, foot: Point, opens: float) -> str:
    return _stroke(rotated(tip, foot, -opens), foot, rotated(tip, foot, opens))


def _one_or_many(tip: Point, foot: Point, opens: float) -> str:
    return _many(tip, foot, opens) + _bar(tip, foot, opens)


_HEADS: Final[Mapping[str, Callable[[Point, Point, float], str]]] = {
    "arrow": _arrow,
    "bar": _bar,
    "dot": _dot,
    "circle": _dot,
    "circle_outline": _ring,
    "triangle": _triangle,
    "triangle_outline": _open_triangle,
    "diamond": _diamond,
    "diamond_outline": _open_diamond,
    "crowfoot_one": _bar,
    "crowfoot_many": _many,
    "crowfoot_one_or_many": _one_or_many,
}


def _stroke(*points: Point) -> str:
    return f'<path d="{_through(points)}"/>'


def _solid(*points: Point) -> str:
    return f'<path class="tip" d="{_through(points)}Z"/>'


def _hollow(*points: Point) -> str:
    return f'<path class="hollow" d="{_through(points)}Z"/>'


def _circle(tip: Point, foot: Point, css: str) -> str:
    return f'<circle class="{css}" cx="{n(tip[0])}" cy="{n(tip[1])}" r="{n(math.dist(tip, foot) / 2)}"/>'


def _corners(points: Sequence[Point]) -> str:
    d = ""
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(_CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        d += f"L{_at(_towards(corner, before, room))}Q{_at(corner)} {_at(_towards(corner, after, room))}"
    return f"{d}L{_at(points[-1])}"


def _towards(start: Point, goal: Point, far: float) -> Point:
    length = math.dist(start, goal) or 1.0
    return start[0] + (goal[0] - start[0]) * far / length, start[1] + (goal[1] - start[1]) * far / length


def _on(curve: Curve, share: float) -> Point:
    """A point of a piece, `share` of the way along it."""
    s, t = 1 - share, share
    weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x, y


def _through(points: Sequence[Point]) -> str:
    return "M" + "L".join(_at(point) for point in points)


def _at(point: Point) -> str:
    return f"{n(point[0])} {n(point[1])}"
