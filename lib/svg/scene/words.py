"""Words on a board, line by line as the editor broke them. Our font is another: what is in a box is made to fit."""

from typing import Final

from django.utils.html import escape

from lib.svg.scene.looks import hued
from lib.svg.scene.values import Box, Raw, box, lines, number, word
from lib.svg.shapes import n

_CODE: Final = frozenset((3, 8))
_ANCHORS: Final = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}
# From the middle of a line down to where its letters stand, in parts of the font's size.
_DOWN: Final = 0.36
_SMALLEST: Final = 4.0
_LARGEST: Final = 400.0
# Of the font's size.
_NARROW: Final = frozenset("fijlrtI.,:;'|!()[]/ -")
_WIDE: Final = frozenset("mwMW@%")


class Words:
    """A text element with its lines, and the box they need."""

    def __init__(self, raw: Raw, room: float | None = None) -> None:
        """`room` is the width of the form that holds it, None where nothing does."""
        self.raw = raw
        self.rows = lines(raw.get("text")) or lines(raw.get("originalText"))
        self.size = number(raw.get("fontSize"), 20.0, low=_SMALLEST, high=_LARGEST)
        own = box(raw)
        longest = max((_width(row) for row in self.rows), default=0.0) * self.size
        # A form may be narrower than its own padding, and its words may be none.
        width = longest if room is None else max(room, 0.0)
        if longest > width:
            self.size = max(_SMALLEST, self.size * width / longest)
            longest = width
        self.step = number(raw.get("lineHeight"), 1.25, low=0.8, high=3.0) * self.size
        self.anchor, share = _ANCHORS.get(word(raw.get("textAlign")), _ANCHORS["left"])
        self.x = own.x + own.w * share
        # In the middle of its own height: the lines may be smaller than the editor's.
        self.top = own.y + (own.h - self.step * len(self.rows)) / 2 if own.h else own.y
        self.box = Box(self.x - longest * share, self.top, longest, self.step * len(self.rows))

    def draw(self, *, on_wire: bool = False) -> str:
        look = (' class="said"' if on_wire else "") + hued(self.raw.get("strokeColor"))
        look += ' data-font="code"' if number(self.raw.get("fontFamily")) in _CODE else ""
        first = self.top + self.step / 2 + self.size * _DOWN
        rows = "".join(
            f'<tspan x="{n(self.x)}" y="{n(first + place * self.step)}">{escape(row)}</tspan>'
            for place, row in enumerate(self.rows)
            if row.strip()
        )
        words = f'<text{look} font-size="{n(self.size)}" text-anchor="{self.anchor}">{rows}</text>'
        return self._gap() + words if on_wire else words

    def _gap(self) -> str:
        """Where the line is left out behind its words: a little less than they take, their own edge does the rest."""
        own = self.box
        return (
            f'<rect class="gap" x="{n(own.x + 0.05 * own.w)}" y="{n(own.y)}" '
            f'width="{n(0.9 * own.w)}" height="{n(own.h)}"/>'
        )


def _width(line: str) -> float:
    """About how wide a line is, in parts of the font's size."""
    return sum(_advance(char) for char in line)


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.32
    # Signs of the east are as wide as they are high.
    if char in _WIDE or ord(char) > 0x2E7F:
        return 0.92
    return 0.68 if char.isupper() else 0.57
