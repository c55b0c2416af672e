"""Is this an answer to this question? An excellent answer to another one speaks of queues and caches as well.

By words: the share of words that belong to this question alone. By meaning: how near the sentences come to anything
that the question's criteria look for, leaving out those that are near to nothing, so that a digression does not make
an answer one about something else; and whether the answer as a whole is nearer to another problem that is known.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from scoring.engine.calibration import TOP
from scoring.engine.concepts import Concepts
from scoring.engine.guards import Judged
from scoring.engine.prepare import Prepared

# Shorter sentences are near to everything or to nothing.
FEWEST_WORDS: Final = 5
FEWEST: Final = 4
IN_THE_FIELD: Final = 0.4
QUANTILE: Final = 0.6
TOPIC_COUNTS: Final = 0.5
TOPIC_MOST: Final = 0.06
SUBJECT_COUNTS: Final = 0.2
SUBJECT_MOST: Final = 0.3
# Below the first an answer is about something else; between the others it is doubtful. What its words say helps.
ELSEWHERE: Final = 0.53
DOUBTFUL: Final = 0.563
AT_HOME: Final = 0.576
NAMED: Final = 0.04
# (None, all) of what the lead over the nearest question of the catalog, and over other problems, leaves (`problems`).
# The second are less well known, and answers may well stray towards them.
IN_THE_CATALOG: Final = (-0.09, -0.03)
OUTSIDE: Final = (-0.4, -0.15)
LEAST: Final = 0.1
STRAYED: Final = 0.25
# One step by itself: of 100 own steps none has a lead below this, of 900 of other questions 700 have.
ELSEWHERE_BY_A_STEP: Final = -0.3
IN_PART: Final = 0.3
LEAST_OF_A_STEP: Final = 0.75


def worth(by_words: float, sentences: Sequence[Judged], concepts: Concepts, prepared: Prepared) -> float:
    """0 for an answer about another system, 1 for one that is clearly about this, in between where it is doubtful."""
    rows = [row for row, judged in enumerate(sentences) if _is_sentence(judged)]
    meaning = concepts.meaning(rows) if rows else None
    if meaning is None:
        return by_words
    nearest = meaning.statements.max(axis=1)
    kept = [sentences[row] for row, near in zip(rows, nearest, strict=True) if near > IN_THE_FIELD]
    if len(kept) < FEWEST:
        return by_words
    value = float(np.quantile(nearest[nearest > IN_THE_FIELD], QUANTILE)) + _by_words(kept, prepared)
    if value < ELSEWHERE:
        return 0.0
    near = _part(value + NAMED * by_words, DOUBTFUL, AT_HOME)
    leads = concepts.leads(rows)
    if leads:
        outside = max(STRAYED, _part(leads.of_others, *OUTSIDE))
        near = min(near, _part(leads.of_the_catalog, *IN_THE_CATALOG), outside)
    return max(LEAST, near)


def worth_of_one_step(by_words: float, sentences: Sequence[Judged], concepts: Concepts) -> float:
    """The same for a step by itself, which is too short for more: 0 when it is clearly not about this question."""
    rows = [row for row, judged in enumerate(sentences) if _is_sentence(judged)]
    meaning = concepts.meaning(rows) if rows else None
    leads = concepts.leads(rows) if rows else None
    if meaning is None or leads is None:
        return max(LEAST_OF_A_STEP, by_words)
    is_near = float((meaning.statements.max(axis=1) > IN_THE_FIELD).mean()) >= IN_PART
    return float((is_near or by_words > 0) and leads.of_the_catalog >= ELSEWHERE_BY_A_STEP)


def cap(worth: float, concepts: Concepts) -> float:
    """The most a step can get. By words alone, what is doubtful is only weighed less: it is doubtful too often."""
    return TOP * worth if concepts.by_meaning else TOP


def _part(value: float, none: float, whole: float) -> float:
    return min(1.0, max(0.0, (value - none) / (whole - none)))


def _by_words(kept: Sequence[Judged], prepared: Prepared) -> float:
    """What the words of the question add: those of its topic per word, those of its subject per sentence."""
    stems = [t.stem for j in kept for t in j.sentence.tokens if t.stem]
    topic = sum(stem in prepared.topic for stem in stems) / max(1, len(stems))
    subject = sum(bool(j.sentence.stems & prepared.subject) for j in kept) / len(kept)
    return TOPIC_COUNTS * min(TOPIC_MOST, topic) + SUBJECT_COUNTS * min(SUBJECT_MOST, subject)


def _is_sentence(judged: Judged) -> bool:
    return len(judged.sentence.tokens) >= FEWEST_WORDS and judged.form != "copied"
