"""Is this prose, or the words of prose in any order? Measured against the text's own words, so style does not matter.

Two signs are weighed together, for terse notes have little of the first and words shuffled within their sentence have
none of the second.

- Each word falls into one of a few classes. `_AFFINITY` holds how much likelier one class follows another than chance,
  learned from the model answers and statements of the catalog (bench/word_order.py prints it). A text's margin is its
  mean affinity minus what the same words would have in random order: near 0 for shuffled words.
- Of two words that belong together, one comes first: “read replica”, seldom “replica read”. `ahead` counts how much
  oftener an answer has them as the question knows them than turned round, in standard errors: near 0 when shuffled.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from scoring.engine.text import Token
from scoring.engine.words import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PARTICLES, PREPOSITIONS, PRONOUNS

Pair = tuple[str, str]

MIN_PAIRS: Final = 40
SHUFFLED_WORTH: Final = 0.35
# Of 402 shuffled answers 400 lie below the bar; of 295 others, six of them notes without hardly a verb, none.
PROSE_FROM: Final = 0.222
AHEAD: Final = 0.02
RAMP: Final = 0.012
DOUBT: Final = 0.8

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
    (-2.00, 0.70, -2.00, -0.17, -1.75, -0.05, -2.00, 0.68, 0.00, -0.26, 1.00, -0.51, -0.33, 0.05, -0.03),  # edge
    (-2.00, -2.00, -1.68, -2.00, -2.00, -2.00, -1.37, -1.91, -1.31, -1.07, -0.18, 0.11, -0.82, -0.40, 0.84),  # det
    (-2.00, 1.20, -2.00, -2.00, -2.00, -2.00, -2.00, 0.78, -1.17, 1.05, 0.32, -0.69, -0.66, 0.45, -0.47),  # of
    (-1.56, 1.08, -2.00, -1.64, -1.96, -2.00, -2.00, 0.47, 0.08, 0.91, 0.67, -1.12, -0.81, -0.48, 0.01),  # prep
    (-2.00, 0.88, -2.00, -2.00, -1.88, -2.00, 0.06, 0.34, -1.35, 0.89, -0.53, -0.88, -0.51, -0.88, 0.27),  # to
    (-2.00, 0.86, -1.83, -1.41, -1.01, -1.91, -0.76, 0.93, 0.71, -0.44, 0.68, 0.16, -0.02, 0.25, -0.17),  # conj
    (-1.94, -0.43, -2.00, -1.22, 0.68, -2.00, 0.29, -0.51, 1.48, -0.70, -0.29, 2.00, 0.68, -2.00, 0.14),  # aux
    (0.27, -1.48, -0.66, -0.49, 0.00, -0.42, 1.33, -0.45, -0.19, -2.00, -1.77, -0.48, -0.10, -0.06, 0.15),  # pron
    (-0.44, -0.51, -0.24, 0.19, -0.41, -0.67, -0.69, -0.33, -0.02, -0.18, 0.04, 0.57, 0.21, 0.24, 0.19),  # part
    (-0.41, -1.69, 0.72, -0.51, -0.16, -0.83, -1.71, -2.00, -1.12, 1.83, -1.51, -1.37, -0.13, 0.67, 0.04),  # num
    (0.33, 0.07, -0.55, 0.37, 0.49, 0.31, 0.40, 0.36, -0.66, -0.60, -0.36, -0.91, -0.23, 0.32, -0.46),  # ing
    (0.62, -1.17, -2.00, 1.25, 0.70, 0.64, -1.59, -0.74, -0.83, -1.37, -0.67, -0.75, 1.18, -0.14, -0.39),  # ed
    (0.92, -0.66, -1.06, 0.24, 0.27, 0.73, -0.76, -0.20, -0.59, 0.35, 0.08, 0.30, -0.68, -0.10, -0.30),  # ly
    (0.47, 0.13, 0.69, 0.53, 0.35, 0.57, 0.64, 0.03, 0.16, -0.36, -0.36, -0.75, 0.34, -0.96, -0.46),  # plural
    (0.55, -0.64, 0.58, 0.36, 0.39, 0.49, 0.22, -0.16, -0.34, -0.38, -0.37, -0.85, -0.02, 0.31, -0.31),  # word
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


def neighbours(found: Sequence[Token]) -> Iterator[Pair]:
    """Content words with nothing between them, by their stems."""
    return ((a.stem, b.stem) for a, b in pairwise(found) if a.stem and b.stem)


def ahead(sentences: Iterable[Sequence[Token]], known: Collection[Pair]) -> float:
    """How many standard errors more pairs stand as they are known than turned round."""
    pairs = [pair for found in sentences for pair in neighbours(found)]
    forward = sum(pair in known for pair in pairs)
    backward = sum((b, a) in known for a, b in pairs)
    return (forward - backward) / math.sqrt(forward + backward + 1)


def worth(sentences: Sequence[Sequence[str]], in_known_order: float = 0.0) -> float:
    """1 for prose, less for words in random order; short texts get the benefit of the doubt."""
    value, pairs = margin(sentences)
    if pairs < MIN_PAIRS:
        return 1.0
    value += AHEAD * in_known_order
    # The margin of a short text is a noisy guess, so the bar is lower for it.
    bar = PROSE_FROM - DOUBT / math.sqrt(pairs)
    return SHUFFLED_WORTH + (1 - SHUFFLED_WORTH) * min(1.0, max(0.0, (value - bar + RAMP) / RAMP))
