"""Wrong claims, found with high precision: a wrong accusation costs more than a miss.

A sentence makes a claim when it is near to it in words and in meaning, nearer than to anything right that is said
about the same matter (the corrections of the mistake, the statements of the question), and denies what it denies.
Vectors alone cannot tell "the primary takes the writes" from "the replicas take the writes"; set against
both, they can.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.engine.bank import Charge, Words
from scoring.engine.concepts import Matrix
from scoring.engine.context import Context
from scoring.engine.guards import Judged
from scoring.engine.statements import NEGATION
from scoring.engine.types import Evidence, Note

# How alike a sentence and a claim must be, by words alone and by words and meaning; how far ahead of what is right.
ALIKE_FROM: Final = (0.5, 0.5)
AHEAD_OF_CORRECTION: Final = 0.0
AHEAD_OF_STATEMENT: Final = 0.05
# From here on it is said to be wrong, not only doubted.
SURELY_AHEAD: Final = 0.05
MIN_STEMS: Final = 5

_DISTANCED: Final = re.compile(
    r"\b(?:reject\w*|wrong|mistake|avoid\w*|instead of|rather than|would|could|might|unless|problem|bad|naive|"
    r"tempting|if|but|risk\w*)\b|\?",
    re.IGNORECASE,
)


DOUBT: Final = "This reads like a common mistake. {why}"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mistake that an answer makes, in its own words; `sure` when nothing right that is known is nearly as near."""

    charge: Charge
    section: str
    alike: float
    sure: bool
    evidence: Evidence

    @property
    def note(self) -> Note:
        if self.sure:
            return Note("mistake", self.charge.mistake.why, self.evidence)
        return Note("guard", DOUBT.format(why=self.charge.mistake.why), self.evidence)


def find(context: Context) -> list[Claimed]:
    """Each mistake at most once, with the sentence that claims it most plainly; a sentence makes one claim at most."""
    rows = [(row, reading.judged) for row, reading in enumerate(context.readings) if _accusable(reading.judged)]
    if not rows or context.topic_worth == 0:
        return []
    best: dict[str, Claimed] = {}
    for judged, place, alike, ahead in _made(context, rows):
        charge = context.prepared.claims.charges[place]
        if charge.key not in best or best[charge.key].alike < alike:
            sure = ahead >= SURELY_AHEAD
            best[charge.key] = Claimed(charge, judged.sentence.section, alike, sure, judged.sentence.evidence())
    return list(best.values())


def _accusable(judged: Judged) -> bool:
    sentence = judged.sentence
    return (
        judged.form not in ("copied", "list", "plan", "fragment")
        and judged.worth >= 1
        and sentence.kind not in ("code", "table")
        and len(sentence.stems) >= MIN_STEMS
        and not sentence.text.endswith((":", ";"))
        and not _DISTANCED.search(sentence.text)
    )


def _made(context: Context, rows: list[tuple[int, Judged]]) -> list[tuple[Judged, int, float, float]]:
    """(sentence, mistake, how alike, how far ahead of its corrections) for each sentence that makes a claim."""
    bank = context.prepared.claims
    by_meaning = context.concepts.by_meaning
    meaning = context.concepts.meaning([row for row, _ in rows])
    claim = _alike(rows, bank.claim_words, meaning.claims if meaning else None)
    right = _alike(rows, bank.correction_words, meaning.corrections if meaning else None)
    sound = _alike(rows, bank.statement_words, meaning.statements if meaning else None).max(axis=1)
    denying, claim_of, correction_of = (np.array(x) for x in (bank.denying, bank.claim_of, bank.correction_of))
    found = []
    for index, (_, judged) in enumerate(rows):
        same = denying == bool(NEGATION.search(judged.sentence.text))
        values = np.where(same, claim[index], 0.0)
        at = int(values.argmax())
        place, value = int(claim_of[at]), float(values[at])
        ahead = value - float(right[index][correction_of == place].max(initial=0.0))
        is_ahead = ahead >= AHEAD_OF_CORRECTION and value - float(sound[index]) >= AHEAD_OF_STATEMENT
        if value >= ALIKE_FROM[by_meaning] and is_ahead:
            found.append((judged, place, value, ahead))
    return found


def _alike(rows: list[tuple[int, Judged]], words: Words, meaning: Matrix | None) -> NDArray[np.float64]:
    """Sentences × texts, 0 to 1: shared words both ways, averaged with what the vectors say."""
    shared = np.stack([words.overlap(judged.sentence.stems) for _, judged in rows])
    return shared if meaning is None else (shared + np.maximum(meaning, 0.0)) / 2
