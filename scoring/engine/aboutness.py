"""Is this an answer to this question? An excellent answer to another one speaks of queues and caches as well.

By words: the share of words that belong to this question alone. By meaning: how near the sentences come to anything
that the question's criteria look for, leaving out those that are near to nothing, so that a digression does not make
an answer one about something else. Measured on answers to ten questions, each set against strong answers to the nine
others: the two together tell them apart in 999 of 1,000 pairs, words alone in 900.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from scoring.engine.calibration import TOP
from scoring.engine.concepts import Concepts
from scoring.engine.guards import Judged
from scoring.engine.prepare import Prepared
from scoring.engine.statements import Window

# Shorter sentences are near to everything or to nothing.
FEWEST_WORDS: Final = 5
FEWEST: Final = 4
IN_THE_FIELD: Final = 0.4
QUANTILE: Final = 0.6
TOPIC_COUNTS: Final = 0.5
TOPIC_MOST: Final = 0.06
SUBJECT_COUNTS: Final = 0.2
SUBJECT_MOST: Final = 0.3
# Below the first an answer is about something else; from the third on it is clearly about this question.
ELSEWHERE: Final = 0.53
DOUBTFUL: Final = 0.556
AT_HOME: Final = 0.563
# What makes so much of the rubric's points is about its question, whatever it sounds like.
MADE_FROM: Final = 0.36
MADE_SURELY: Final = 0.42
LEAST: Final = 0.05


def worth(by_words: float, windows: Sequence[Window], concepts: Concepts, prepared: Prepared) -> float:
    """0 for an answer about another system, 1 for one that is clearly about this, in between where it is doubtful."""
    rows = [row for row, window in enumerate(windows) if len(window.judged) == 1 and _is_sentence(window.judged[0])]
    meaning = concepts.meaning(rows) if rows else None
    if meaning is None:
        return by_words
    nearest = meaning.statements.max(axis=1)
    kept = [windows[row].judged[0] for row, near in zip(rows, nearest, strict=True) if near > IN_THE_FIELD]
    if len(kept) < FEWEST:
        return by_words
    value = float(np.quantile(nearest[nearest > IN_THE_FIELD], QUANTILE)) + _by_words(kept, prepared)
    if value < ELSEWHERE:
        return 0.0
    return max(LEAST, min(1.0, (value - DOUBTFUL) / (AT_HOME - DOUBTFUL)))


def cap(worth: float, made: float, concepts: Concepts) -> float:
    """The most a step can get; `made` is the share of the rubric's points that is made.

    By words alone, what is doubtful is only weighed less: it is doubtful too often.
    """
    if not concepts.by_meaning:
        return TOP
    surely = (made - MADE_FROM) / (MADE_SURELY - MADE_FROM)
    return TOP * max(LEAST, worth, min(1.0, surely))


def _by_words(kept: Sequence[Judged], prepared: Prepared) -> float:
    """What the words of the question add: those of its topic per word, those of its subject per sentence."""
    stems = [t.stem for j in kept for t in j.sentence.tokens if t.stem]
    topic = sum(stem in prepared.topic for stem in stems) / max(1, len(stems))
    subject = sum(bool(j.sentence.stems & prepared.subject) for j in kept) / len(kept)
    return TOPIC_COUNTS * min(TOPIC_MOST, topic) + SUBJECT_COUNTS * min(SUBJECT_MOST, subject)


def _is_sentence(judged: Judged) -> bool:
    return len(judged.sentence.tokens) >= FEWEST_WORDS and judged.form != "copied"
