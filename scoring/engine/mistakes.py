"""Wrong claims, found with high precision: a wrong accusation costs more than a miss.

A sentence makes a claim when it is near to it in words and in meaning, nearer than to anything right that is said
about the same matter (the corrections of the mistake, the statements of the question), and denies what it denies.
Vectors alone cannot tell "the primary takes the writes" from "the replicas take the writes"; set against
both, they can. A long sentence is read clause by clause as well: beside three right ones, a wrong one is easily lost.

The weights are those of a logistic regression on 1,300 sentences and clauses that come near to a claim, of texts that
are wrong or weak and of texts that people marked 35 and more, questions left out in turn. `bench/claims.py` prints who
is accused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from scoring.engine.bank import Charge, Words
from scoring.engine.concepts import Matrix
from scoring.engine.context import Context
from scoring.engine.guards import Judged
from scoring.engine.statements import NEGATION
from scoring.engine.text import tokens
from scoring.engine.types import Evidence, Note


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic curve: how alike a clause and a claim are, how far ahead of what is right, how it is said."""

    start: float
    alike: float
    ahead_of_correction: float
    ahead_of_statement: float
    note: float
    linked: float


BY_BOTH: Final = Weights(-1.5, 1.3, 1.2, 10.6, -2.4, 1.1)
BY_WORDS: Final = Weights(-1.3, 0.9, 0.0, 7.6, -2.4, 0.8)
# What is less alike, by words alone and by both, is not looked at; nor what is nearer to something right.
ALIKE_FROM: Final = (0.3, 0.42)
AHEAD_OF_CORRECTION: Final = 0.0
AHEAD_OF_STATEMENT: Final = 0.05
# On the logistic curve: from here on it is doubted, and from here on said to be wrong.
DOUBTED: Final = 0.5
SURE: Final = 1.25
MIN_STEMS: Final = 5
# Clauses that share less than this with every claim are not encoded.
WORTH_A_LOOK: Final = 0.3

_DISTANCED: Final = re.compile(
    r"\b(?:reject\w*|wrong|mistake|avoid\w*|instead of|rather than|would|could|might|unless|problem|bad|naive|"
    r"tempting|if|but|risk\w*)\b|\?",
    re.IGNORECASE,
)
_BETWEEN_CLAUSES: Final = re.compile(
    r"[,;:]?\s+(?:because|since|so that|which means)\s+|[,;:]\s+(?:so|and|which|as)\s+|\s+[–—-]\s+|;\s+", re.IGNORECASE
)
_LINKED: Final = re.compile(r"\b(?:because|since|so|therefore|thus|hence|as)\b", re.IGNORECASE)


DOUBT: Final = "This reads like a common mistake. {why}"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mistake that an answer makes, in its own words; `sure` when nothing right that is known is nearly as near.

    `again` is where else it surely makes it, as (section, start).
    """

    charge: Charge
    section: str
    certain: float
    sure: bool
    evidence: Evidence
    again: tuple[tuple[str, int], ...] = ()

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        return (self.section, self.evidence.start), *self.again

    @property
    def note(self) -> Note:
        if self.sure:
            return Note("mistake", self.charge.mistake.why, self.evidence)
        return Note("guard", DOUBT.format(why=self.charge.mistake.why), self.evidence)


def find(context: Context) -> list[Claimed]:
    """Each mistake at most once, with the sentence that claims it most plainly; a sentence makes one claim at most."""
    # Whether a sum is right is for arithmetic to say.
    sums = {(key, f.sentence.start) for key, rows in context.figures.items() for f in rows if f.derivations}
    said = [(row, reading.judged) for row, reading in enumerate(context.readings)]
    rows = [(row, j) for row, j in said if (j.sentence.section, j.sentence.start) not in sums and _accusable(j)]
    if not rows or context.topic_worth == 0:
        return []
    best: dict[str, Claimed] = {}
    for judged, place, certain in sorted(_made(context, rows), key=lambda made: -made[2]):
        charge, sentence, sure = context.prepared.claims.charges[place], judged.sentence, certain >= SURE
        if charge.key not in best:
            best[charge.key] = Claimed(charge, sentence.section, certain, sure, sentence.evidence())
        elif sure:
            first = best[charge.key]
            best[charge.key] = replace(first, again=(*first.again, (sentence.section, sentence.start)))
    return list(best.values())


def _accusable(judged: Judged) -> bool:
    sentence = judged.sentence
    return (
        judged.form not in ("copied", "list", "plan", "fragment")
        and judged.worth >= 1
        and sentence.kind not in ("code", "table", "sum")
        and len(sentence.stems) >= MIN_STEMS
        and not sentence.text.endswith((":", ";"))
        and not _DISTANCED.search(sentence.text)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or one clause of it."""

    row: int
    judged: Judged
    text: str
    stems: frozenset[str]
    is_whole: bool

    @property
    def is_denying(self) -> bool:
        return bool(NEGATION.search(self.text))


def _made(context: Context, rows: Sequence[tuple[int, Judged]]) -> list[tuple[Judged, int, float]]:
    """(sentence, mistake, how certain) for each sentence that makes a claim: of its parts, the plainest."""
    bank = context.prepared.claims
    by_meaning = context.concepts.by_meaning
    weights = BY_BOTH if by_meaning else BY_WORDS
    parts = [part for row, judged in rows for part in _parts(row, judged, bank.claim_words)]
    claim, right, sound = _nearness(context, parts)
    denying, claim_of, correction_of = (np.array(x) for x in (bank.denying, bank.claim_of, bank.correction_of))
    found: dict[int, tuple[Judged, int, float]] = {}
    for index, part in enumerate(parts):
        values = np.where(denying == part.is_denying, claim[index], 0.0)
        at = int(values.argmax())
        place, alike = int(claim_of[at]), float(values[at])
        of_correction = alike - float(right[index][correction_of == place].max(initial=0.0))
        of_statement = alike - float(sound[index].max(initial=0.0))
        if alike < ALIKE_FROM[by_meaning] or of_correction < AHEAD_OF_CORRECTION or of_statement < AHEAD_OF_STATEMENT:
            continue
        certain = _certain(weights, part, alike, of_correction, of_statement)
        if certain >= DOUBTED and (part.row not in found or found[part.row][2] < certain):
            found[part.row] = (part.judged, place, certain)
    return list(found.values())


def _certain(w: Weights, part: _Part, alike: float, of_correction: float, of_statement: float) -> float:
    value = w.start + w.alike * alike + w.ahead_of_correction * of_correction + w.ahead_of_statement * of_statement
    return value + w.note * (part.judged.sentence.kind == "bullet") + w.linked * bool(_LINKED.search(part.text))


def _parts(row: int, judged: Judged, claims: Words) -> list[_Part]:
    """The sentence, and those of its clauses that share enough words with some claim."""
    whole = _Part(row, judged, judged.sentence.text, frozenset(judged.sentence.stems), True)
    texts = _BETWEEN_CLAUSES.split(whole.text)
    if len(texts) < 2:
        return [whole]
    read = [(text.strip(), frozenset(t.stem for t in tokens(text) if t.stem)) for text in texts]
    clauses = [_Part(row, judged, text, stems, False) for text, stems in read if len(stems) >= MIN_STEMS]
    return [whole, *(c for c in clauses if claims.overlap(c.stems).max(initial=0.0) >= WORTH_A_LOOK)]


def _nearness(context: Context, parts: Sequence[_Part]) -> tuple[Matrix, Matrix, Matrix]:
    """(parts × claims, × corrections, × statements), 0 to 1."""
    bank, concepts = context.prepared.claims, context.concepts
    kinds = (bank.claim_words, bank.correction_words, bank.statement_words)
    shared = [np.stack([words.overlap(part.stems) for part in parts]) for words in kinds]
    whole = concepts.meaning([part.row for part in parts if part.is_whole])
    clauses = concepts.meaning_of([part.text for part in parts if not part.is_whole])
    if whole is None or clauses is None:
        return shared[0], shared[1], shared[2]
    order = np.argsort([not part.is_whole for part in parts], kind="stable")
    near = []
    for words, name in zip(shared, ("claims", "corrections", "statements"), strict=True):
        meaning = np.empty_like(words)
        meaning[order] = np.concatenate([getattr(whole, name), getattr(clauses, name)])
        near.append((words + np.maximum(meaning, 0.0)) / 2)
    return near[0], near[1], near[2]
