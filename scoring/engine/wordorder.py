"""Is this prose, or the words of prose in any order? Measured against the text's own words, so style does not matter.

Each word falls into one of a few classes. `_AFFINITY` holds how much likelier one class follows another than
chance, learned from the model answers and statements of the catalog (bench/word_order.py prints it). A text's
margin is its mean affinity minus what the same words would have in random order: near 0 for shuffled words.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from scoring.engine.words import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PARTICLES, PREPOSITIONS, PRONOUNS

MIN_PAIRS: Final = 40
SHUFFLED_WORTH: Final = 0.4
# 99 of 100 shuffled answers have a margin below 0.14, all but one of 110 real ones lie above 0.16.
PROSE_FROM: Final = 0.165
RAMP: Final = 0.04
DOUBT: Final = 0.3

CLASSES: Final = (
    "edge",
    "det",
    "of",
    "prep",
    "to",
    "conj",
    "aux",
    "pron",
    "part",
    "num",
    "ing",
    "ed",
    "ly",
    "plural",
    "word",
)
_INDEX: Final = {name: i for i, name in enumerate(CLASSES)}

_AFFINITY: Final = (
    (-2.00, 0.72, -2.00, -0.20, -1.48, -0.31, -2.00, 0.65, -0.17, -0.15, 1.15, -0.40, -0.61, 0.02, -0.03),  # edge
    (-2.00, -2.00, -1.41, -2.00, -2.00, -2.00, -1.61, -1.89, -1.50, -1.02, -0.48, 0.34, -1.00, -0.54, 0.86),  # det
    (-2.00, 1.09, -1.05, -1.77, -0.98, -2.00, -1.70, 0.66, -0.25, 1.00, 0.19, -0.17, -0.03, 0.46, -0.47),  # of
    (-1.93, 1.07, -2.00, -1.99, -2.00, -2.00, -2.00, 0.40, 0.03, 0.89, 0.74, -1.22, -0.65, -0.51, 0.07),  # prep
    (-1.88, 0.87, -0.98, -2.00, -0.92, -1.72, -0.16, 0.54, -0.98, 1.03, -0.51, -0.70, -0.21, -0.69, 0.19),  # to
    (-2.00, 0.85, -1.40, -1.95, -1.31, -2.00, -0.47, 0.90, 0.74, -0.38, 0.62, 0.24, -0.22, 0.29, -0.16),  # conj
    (-2.00, -0.37, -1.70, -0.89, 0.27, -2.00, 0.39, -0.63, 1.47, -0.28, -0.19, 2.00, 0.72, -2.00, 0.15),  # aux
    (0.31, -1.52, -0.86, -0.62, -0.01, -0.45, 1.19, -0.59, -0.03, -1.93, -1.70, -0.22, -0.16, -0.10, 0.25),  # pron
    (-0.22, -0.43, -0.05, 0.05, -0.42, -0.87, -0.41, -0.53, -0.38, -0.18, -0.06, 0.52, -0.23, 0.27, 0.21),  # part
    (-0.42, -2.00, 0.41, -0.64, 0.09, -0.66, -1.64, -1.74, -1.04, 1.68, -1.94, -1.18, 0.33, 0.74, 0.03),  # num
    (0.29, 0.35, -0.77, 0.55, 0.59, 0.40, 0.27, 0.25, -0.30, -0.47, -0.68, -1.04, -0.18, 0.19, -0.64),  # ing
    (0.63, -1.53, -1.47, 1.19, 0.69, 0.67, -2.00, -0.60, -1.30, -1.32, -0.53, -1.44, 0.97, -0.02, -0.34),  # ed
    (1.06, -1.00, -0.54, -0.02, 0.20, 0.76, -0.94, -0.02, -0.45, 0.33, -0.40, 0.38, -0.24, 0.04, -0.41),  # ly
    (0.40, 0.09, 0.68, 0.53, 0.20, 0.57, 0.68, 0.20, 0.22, -0.36, -0.25, -0.75, 0.41, -0.98, -0.41),  # plural
    (0.56, -0.64, 0.57, 0.37, 0.47, 0.49, 0.25, -0.19, -0.32, -0.45, -0.42, -0.72, -0.05, 0.32, -0.35),  # word
)


def word_class(word: str) -> str:
    if word in DETERMINERS:
        return "det"
    if word in ("of", "to"):
        return word
    if word in PREPOSITIONS:
        return "prep"
    if word in CONJUNCTIONS:
        return "conj"
    if word in AUXILIARIES:
        return "aux"
    if word in PRONOUNS:
        return "pron"
    if word in PARTICLES:
        return "part"
    return _open_class(word)


def _open_class(word: str) -> str:
    if word[0].isdigit():
        return "num"
    for suffix, name in (("ing", "ing"), ("ed", "ed"), ("ly", "ly")):
        if len(word) > 4 and word.endswith(suffix):
            return name
    return "plural" if len(word) > 3 and re.search(r"[^su]s$", word) else "word"


def margin(sentences: Sequence[Sequence[str]]) -> tuple[float, int]:
    """(margin, number of word pairs) of tokenised sentences."""
    pairs: Counter[tuple[int, int]] = Counter()
    left: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for words in sentences:
        if len(words) < 4:
            continue
        classes = [0, *(_INDEX[word_class(word)] for word in words), 0]
        for a, b in pairwise(classes):
            pairs[a, b] += 1
            left[a] += 1
            right[b] += 1
    total = sum(pairs.values())
    if not total:
        return 0.0, 0
    actual = sum(count * _AFFINITY[a][b] for (a, b), count in pairs.items()) / total
    chance = sum(x * y * _AFFINITY[a][b] for a, x in left.items() for b, y in right.items()) / total**2
    return actual - chance, total


def worth(sentences: Sequence[Sequence[str]]) -> float:
    """1 for prose, less for words in random order; short texts get the benefit of the doubt."""
    value, pairs = margin(sentences)
    if pairs < MIN_PAIRS:
        return 1.0
    # The margin of a short text is a noisy guess, so the bar is lower for it.
    bar = PROSE_FROM - DOUBT / math.sqrt(pairs)
    return SHUFFLED_WORTH + (1 - SHUFFLED_WORTH) * min(1.0, max(0.0, (value - bar + RAMP) / RAMP))
