"""How much room the words on an arrow have between the boxes around them."""

import math
from collections.abc import Iterable
from typing import Final

from lib.svg.scene.values import Box

# A board that is full has some three hundred parts; each is looked at for each word.
MAX_BOXES: Final = 400
# What stays free between words and a box.
_EDGE: Final = 6.0


class Gaps:
    """The boxes that words must not lie over. What holds another box is an area: words may cross its border."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        found = [box for box in boxes if box.w and box.h][:MAX_BOXES]
        self._boxes = [box for box in found if not any(_holds(box, other) for other in found)]

    def high(self, words: Box) -> float:
        """How high words may be that stay in the middle of where these are; without an end where nothing is near."""
        x, y = words.centre
        return _twice(_away(y, box.y, box.h) for box in self._boxes if box.x < x < box.x + box.w)

    def wide(self, words: Box) -> float:
        """How wide words of this height may be."""
        x, _ = words.centre
        beside = (box for box in self._boxes if box.y < words.y + words.h and words.y < box.y + box.h)
        return _twice(_away(x, box.x, box.w) for box in beside)


def _away(middle: float, start: float, length: float) -> float:
    """How far it is to the nearer end; no end is in the way of what stands between both."""
    end = start + length
    return start - middle if middle <= start else middle - end if middle >= end else math.inf


def _twice(found: Iterable[float]) -> float:
    return max(0.0, 2 * (min(found, default=math.inf) - _EDGE))


def _holds(area: Box, other: Box) -> bool:
    x, y = other.centre
    return other.w < area.w and area.x < x < area.x + area.w and area.y < y < area.y + area.h
