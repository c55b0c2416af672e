"""Which quantity a number is meant to be: the words of the quantity stand near it, and those of no other nearer."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from scoring.engine.numbers import Derivation, Figures, Number
from scoring.engine.prepare import Target

BESIDE: Final = 1.0
IN_SENTENCE: Final = 0.95
BEFORE: Final = 0.8
EARLIER: Final = 0.7
CALLED_PEAK: Final = 0.85
PEAK_FOR_AVERAGE: Final = 0.6
# An average where a peak was asked for; a peak is rarely more than this many times the average.
AVERAGE: Final = 0.5
PEAK_WITHIN: Final = 4.0
RIVAL_NEARER: Final = 0.3
# A bare count that is not worked out must stand right beside the word: there are too many small numbers.
LOOSE_COUNT: Final = 0.5
NEAR: Final = 60
CLOSE: Final = 25
_NEVER: Final = 10_000
_WORDS_AFTER: Final = 30
_COMMA: Final = 15
_OTHER_NUMBER: Final = 60
_LONGER_CUE: Final = 6
_PEAK: Final = frozenset(["peak", "spike", "burst", "busi", "busiest", "rush"])
# A peak after a comma is that of the next number, or something to compare with, unless it is “, at peak”.
_STOPS: Final = re.compile(r"[,(](?!\s*(?:at|in|during)\s)|[;|]|\band\b|\bbut\b")
_WRITE: Final = re.compile(r"\b[wW](?::|/s|\s*=)")
_READ: Final = re.compile(r"\b[rR](?::|/s|\s*=)")
_PERIOD_STEMS: Final = {1.0: ("second",), 86400.0: ("day", "daili"), 31557600.0: ("year",)}


Places = dict[str, list[int]]


def fits(target: Target, value: float) -> bool:
    ratio = value / target.value if target.value else 0.0
    return ratio > 0 and max(ratio, 1 / ratio) <= target.expected.factor


class Rivals:
    """A quantity and the others of its kind, which may have the better claim to a number."""

    def __init__(self, target: Target, targets: Sequence[Target]) -> None:
        self.target = target
        self.others = [t for t in targets if t.kind == target.kind and t is not target]
        self.about_peak = _is_peak(target)
        own = target.cues
        self.elsewhere = [cue for other in self.others for cue in other.cues if cue not in own]

    def cue(
        self, rows: Sequence[Figures], index: int, number: Number, value: float, derivation: Derivation | None, *,
        right: bool,
    ) -> float:  # fmt: skip
        """How sure it is, 0 to 1, that the words around a number make it this quantity."""
        figures = rows[index]
        stems = _places(figures, number)
        span = (min(derivation.start, number.start) if derivation else number.start, number.end)
        called = bool(_beside(stems, figures, number, span) & _PEAK)
        heading = frozenset(figures.sentence.heading)
        in_sentence = stems.keys() | heading
        own = _distance(self.target.cues, stems, figures, span)
        worth = 0.0
        if own < _NEVER:
            worth = BESIDE if own < NEAR else IN_SENTENCE
            if number.kind == "count" and derivation is None and own > CLOSE:
                worth *= LOOSE_COUNT
            if self._belongs_elsewhere(own, stems, figures, span, value, right=right, called=called):
                worth = RIVAL_NEARER if right else 0.0
        elif any(c <= in_sentence for c in self.target.cues):
            worth = IN_SENTENCE
        elif not any(c <= in_sentence for c in self.elsewhere):
            worth = self._before(rows, index, right=right and number.kind != "count")
        return self._peak(worth, in_sentence, called=called, rate=number.kind in ("rate", "size rate"))

    def _belongs_elsewhere(
        self,
        own: int,
        stems: Places,
        figures: Figures,
        span: tuple[int, int],
        value: float,
        *,
        right: bool,
        called: bool,
    ) -> bool:
        """Whether another quantity that the number fits as well is named nearer to it; peaks compete with peaks."""
        for other in self.others:
            may_be = _is_peak(other) == called and (fits(other, value) or not right)
            if may_be and _distance(other.cues, stems, figures, span) < own - 3:
                return True
        return False

    def _before(self, rows: Sequence[Figures], index: int, *, right: bool) -> float:
        """A sentence without a word for its number goes on about what was named before; a right number may go far."""
        for back in range(1, index + 1 if right else min(index + 1, 2)):
            if any(c <= _words(rows[index - back]) for c in self.target.cues):
                return BEFORE if back <= 2 else EARLIER
        return 0.0

    def _peak(self, worth: float, words: Iterable[str], *, called: bool, rate: bool) -> float:
        """A peak must be called one to count in full, and is not quite the average."""
        if not self.about_peak:
            return worth * PEAK_FOR_AVERAGE if called and rate else worth
        if called:
            return worth
        if _PEAK & set(words):
            return min(worth, CALLED_PEAK) if worth else 0.0
        usual = any(c <= set(words) and not c & _PEAK for c in self.target.cues)
        return min(worth, AVERAGE) if usual else 0.0


def _is_peak(target: Target) -> bool:
    return "peak" in target.expected.key or any("peak" in cue for cue in target.cues)


def _places(figures: Figures, number: Number) -> dict[str, list[int]]:
    """Stem → where it stands in the sentence. `W:` and `R =` are writes and reads, `/s` a second."""
    sentence = figures.sentence
    found: dict[str, list[int]] = {}
    for token in sentence.tokens:
        if token.stem:
            found.setdefault(token.stem, []).append(token.start - sentence.start)
    for pattern, stem in ((_WRITE, "write"), (_READ, "read")):
        for match in pattern.finditer(sentence.text):
            found.setdefault(stem, []).append(match.start())
    for period, stems in _PERIOD_STEMS.items():
        if period in (number.per, number.said):
            for stem in stems:
                found.setdefault(stem, []).append(number.end)
    return found


def _words(figures: Figures) -> frozenset[str]:
    text = figures.sentence.text
    extra = {stem for pattern, stem in ((_WRITE, "write"), (_READ, "read")) if pattern.search(text)}
    return figures.sentence.stems | extra


def _distance(
    cues: Iterable[frozenset[str]], stems: dict[str, list[int]], figures: Figures, span: tuple[int, int]
) -> int:
    """How far the words of the nearest cue stand from a number; a comma or another number between makes it farther."""
    best = _NEVER
    for cue in cues:
        if cue <= stems.keys():
            far = max(min(_far(place, figures, span) for place in stems[stem]) for stem in cue)
            best = min(best, max(0, far - _LONGER_CUE * (len(cue) - 1)))
    return best


def _far(place: int, figures: Figures, span: tuple[int, int]) -> int:
    start, end = span
    if start <= place <= end:
        return 0
    a, b = (place, start) if place < start else (end, place)
    between = figures.sentence.text[a:b]
    commas = sum(between.count(sign) for sign in ",;|")
    others = sum(a <= n.start < b for n in figures.numbers)
    return b - a + _COMMA * commas + _OTHER_NUMBER * others


def _beside(stems: dict[str, list[int]], figures: Figures, number: Number, span: tuple[int, int]) -> frozenset[str]:
    """The words between a number, with its sum, and those before and after it."""
    text = figures.sentence.text
    after = min((n.start for n in figures.numbers if n.start >= number.end), default=len(text))
    end = min(after, number.end + _WORDS_AFTER)
    stop = _STOPS.search(text, number.end, end)
    end = stop.start() if stop else end
    begin = max((n.end for n in figures.numbers if n.end <= span[0]), default=0)
    return frozenset(stem for stem, places in stems.items() if any(begin <= place < end for place in places))
