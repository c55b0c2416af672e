"""Words on a board, line by line as the editor broke them. Our font is another: what is in a box is made to fit, and
what is on an arrow is broken anew where it would lie over a box."""

from typing import Final

from django.utils.html import escape

from lib.svg.scene.breaking import broken, same_words, widest, width
from lib.svg.scene.gaps import Gaps
from lib.svg.scene.looks import hued
from lib.svg.scene.values import Box, Raw, box, lines, number, word
from lib.svg.shapes import n

_CODE: Final = frozenset((3, 8))
_ANCHORS: Final = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}
# From the middle of a line down to where its letters stand, in parts of the font's size.
_DOWN: Final = 0.36
_SMALLEST: Final = 4.0
_LARGEST: Final = 400.0
# On an arrow: how many lines there are at most, how much smaller letters become before words are cut, and the least
# room, in parts of the font's size: in less nothing could be read.
_MOST_LINES: Final = 4
_SHRINKS: Final = 0.8
_LEAST_ROOM: Final = 3.0


class Words:
    """A text element with its lines, and the box they need. `full` is all of it where some is cut, else ""."""

    def __init__(self, raw: Raw, room: float | None = None) -> None:
        """`room` is the width of the form that holds it, None where nothing does."""
        self.raw = raw
        self.rows = lines(raw.get("text")) or lines(raw.get("originalText"))
        self.full = ""
        self.size = number(raw.get("fontSize"), 20.0, low=_SMALLEST, high=_LARGEST)
        own = box(raw)
        longest = widest(self.rows) * self.size
        # A form may be narrower than its own padding, and its words may be none.
        most = longest if room is None else max(room, 0.0)
        if longest > most:
            self.size = max(_SMALLEST, self.size * most / longest)
            longest = most
        self.anchor, share = _ANCHORS.get(word(raw.get("textAlign")), _ANCHORS["left"])
        self.x = own.x + own.w * share
        # In the middle of its own height: the lines may be smaller than the editor's.
        top = own.y + (own.h - self.step * len(self.rows)) / 2 if own.h else own.y
        self.box = Box(self.x - longest * share, top, longest, self.step * len(self.rows))

    @property
    def step(self) -> float:
        """From line to line."""
        return number(self.raw.get("lineHeight"), 1.25, low=0.8, high=3.0) * self.size

    def fit(self, gaps: Gaps) -> None:
        """Break the words of an arrow so that they lie over no box; where that is not enough, cut them."""
        high = gaps.high(self.box)
        if not self.rows or (self.box.h <= high and self.box.w <= gaps.wide(self.box)):
            return
        (x, y), most = self.box.centre, int(min(max(1.0, high / self.step), _MOST_LINES))
        tall = most * self.step
        room = max(gaps.wide(Box(x, y - tall / 2, 0, tall)), _LEAST_ROOM * self.size)
        said = lines(self.raw.get("originalText"))
        said = said if same_words(said, self.rows) else self.rows
        said = said if len(said) <= most else [" ".join(said)]
        longest = max(width(one) for row in said for one in row.split() or [""]) * self.size
        self.size *= max(_SHRINKS, min(1.0, room / longest)) if longest else 1.0
        self.rows = broken(said, room / self.size, most)
        self.full = "" if same_words(self.rows, said) else " ".join(" ".join(said).split())
        self.anchor, self.x = "middle", x
        needs, tall = widest(self.rows) * self.size, self.step * len(self.rows)
        self.box = Box(x - needs / 2, y - tall / 2, needs, tall)

    def draw(self, *, on_wire: bool = False) -> str:
        look = (' class="said"' if on_wire else "") + hued(self.raw.get("strokeColor"))
        look += ' data-font="code"' if number(self.raw.get("fontFamily")) in _CODE else ""
        first = self.box.y + self.step / 2 + self.size * _DOWN
        full = f"<title>{escape(self.full)}</title>" if self.full else ""
        rows = "".join(
            f'<tspan x="{n(self.x)}" y="{n(first + place * self.step)}">{escape(row)}</tspan>'
            for place, row in enumerate(self.rows)
            if row.strip()
        )
        words = f'<text{look} font-size="{n(self.size)}" text-anchor="{self.anchor}">{full}{rows}</text>'
        return self._gap() + words if on_wire else words

    def _gap(self) -> str:
        """Where the line is left out behind its words: a little less than they take, their own edge does the rest."""
        own = self.box
        return (
            f'<rect class="gap" x="{n(own.x + 0.05 * own.w)}" y="{n(own.y)}" '
            f'width="{n(0.9 * own.w)}" height="{n(own.h)}"/>'
        )
