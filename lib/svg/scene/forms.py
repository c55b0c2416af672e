"""The outlines of boxes, with corners rounded as the editor rounds them."""

from collections.abc import Callable
from typing import Any, Final

from lib.svg.scene.values import Box, Raw
from lib.svg.shapes import n

_SHARE: Final = 0.25
_ADAPTIVE: Final = 3
_LARGEST: Final = 32.0


def outline(raw: Raw, box: Box, look: str) -> str:
    """A rectangle, ellipse or diamond; `look` are the attributes it is drawn with."""
    return _FORMS[str(raw["type"])](raw, box, look)


def radius(raw: Raw, side: float) -> float:
    """How far corners are rounded: a quarter of the side, where the form is of the newer kind at most 32."""
    roundness: Any = raw.get("roundness")
    kind = roundness.get("type") if isinstance(roundness, dict) else None
    if not isinstance(kind, int):
        return 0.0
    return min(side * _SHARE, _LARGEST) if kind == _ADAPTIVE else side * _SHARE


def _rectangle(raw: Raw, box: Box, look: str) -> str:
    rounded = radius(raw, min(box.w, box.h))
    corner = f' rx="{n(rounded)}"' if rounded else ""
    return f'<rect{look} x="{n(box.x)}" y="{n(box.y)}" width="{n(box.w)}" height="{n(box.h)}"{corner}/>'


def _ellipse(_: Raw, box: Box, look: str) -> str:
    x, y = box.centre
    return f'<ellipse{look} cx="{n(x)}" cy="{n(y)}" rx="{n(box.w / 2)}" ry="{n(box.h / 2)}"/>'


def _diamond(raw: Raw, box: Box, look: str) -> str:
    """Each corner is a curve that begins and ends `across` and `down` from it."""
    x, y = box.centre
    across, down = radius(raw, box.w / 2), radius(raw, box.h / 2)
    top, right, bottom, left = (x, box.y), (box.x + box.w, y), (x, box.y + box.h), (box.x, y)
    if not across or not down:
        return f'<path{look} d="M{_at(*top)}L{_at(*right)}L{_at(*bottom)}L{_at(*left)}Z"/>'
    d = f"M{_at(top[0] + across, top[1] + down)}"
    for corner, before, after in (
        (right, (-across, -down), (-across, down)),
        (bottom, (across, -down), (-across, -down)),
        (left, (across, down), (across, -down)),
        (top, (-across, down), (across, down)),
    ):
        d += f"L{_at(corner[0] + before[0], corner[1] + before[1])}"
        d += f"C{_at(*corner)} {_at(*corner)} {_at(corner[0] + after[0], corner[1] + after[1])}"
    return f'<path{look} d="{d}Z"/>'


_FORMS: Final[dict[str, Callable[[Raw, Box, str], str]]] = {
    "rectangle": _rectangle,
    "ellipse": _ellipse,
    "diamond": _diamond,
}


def _at(x: float, y: float) -> str:
    return f"{n(x)} {n(y)}"
