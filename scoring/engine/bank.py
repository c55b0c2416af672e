"""The wrong claims that answers are compared with: those of the question, and those that no design makes true.

`impossible.yaml` holds the second kind, written from knowledge of the trade: promises that no system keeps, and facts
about consistency, delivery, durability, identifiers, caches, networks and operations turned round.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from catalog.spec import Mistake, Question
from scoring.engine.concepts import Encodes, Matrix
from scoring.engine.statements import NEGATION, Matcher
from scoring.engine.text import tokens

_IMPOSSIBLE: Final = Path(__file__).parent / "impossible.yaml"


@dataclass(frozen=True, slots=True)
class Charge:
    """A mistake, and the criterion that it belongs to; "" when it belongs to no one criterion."""

    key: str
    step: str
    criterion: str
    mistake: Mistake


class Bank:
    """Claims and corrections side by side: texts, whose they are, their weighted stems, whether they deny."""

    def __init__(self, question: Question, matcher: Matcher) -> None:
        self.charges = (*_own(question), *_impossible())
        claims = [(text, place) for place, charge in enumerate(self.charges) for text in charge.mistake.claims]
        right = [(text, place) for place, charge in enumerate(self.charges) for text in charge.mistake.corrections]
        self.claims = tuple(text for text, _ in claims)
        self.claim_of = tuple(place for _, place in claims)
        self.corrections = tuple(text for text, _ in right)
        self.correction_of = tuple(place for _, place in right)
        self.claim_words = Words(self.claims, matcher)
        self.correction_words = Words(self.corrections, matcher)
        self.statement_words = Words(matcher.texts, matcher)
        self.denying = tuple(bool(NEGATION.search(text)) for text in self.claims)

    def vectors(self, encoder: Encodes) -> tuple[Matrix, Matrix]:
        """What claims and corrections mean; those that every question shares are worked out once for each encoder."""
        claims, corrections = shared_texts()
        known = _shared_vectors(encoder, claims, corrections)
        own = (self.claims[: -len(claims) or None], self.corrections[: -len(corrections) or None])
        made = [encoder.encode(texts, keep=False) for texts in own]
        return np.concatenate([made[0], known[0]]), np.concatenate([made[1], known[1]])


_kept: dict[str, tuple[Matrix, Matrix]] = {}
VECTORS: Final = Path(__file__).parent.parent / "model" / "impossible.npz"


def _shared_vectors(encoder: Encodes, claims: Sequence[str], corrections: Sequence[str]) -> tuple[Matrix, Matrix]:
    """From the file that goes with the model when it was made of these texts, else made now, which takes seconds."""
    kept = _kept.get(encoder.fingerprint)
    if kept is None:
        kept = _read(digest(encoder, claims, corrections)) or make(encoder, claims, corrections)
        _kept[encoder.fingerprint] = kept
    return kept


def digest(encoder: Encodes, claims: Sequence[str], corrections: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([encoder.fingerprint, *claims, "", *corrections]).encode()).hexdigest()


def make(encoder: Encodes, claims: Sequence[str], corrections: Sequence[str]) -> tuple[Matrix, Matrix]:
    """In half precision, as the file holds them, so that marks do not depend on where vectors come from."""
    made = [encoder.encode(texts, keep=False).astype(np.float16).astype(np.float32) for texts in (claims, corrections)]
    return made[0], made[1]


def shared_texts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    claims, corrections = (
        tuple(t for c in _impossible() for t in texts(c.mistake)) for texts in (_claims, _corrections)
    )
    return claims, corrections


def _read(wanted: str) -> tuple[Matrix, Matrix] | None:
    if not VECTORS.is_file():
        return None
    with np.load(VECTORS) as file:
        if str(file["digest"]) != wanted:
            return None
        return file["claims"].astype(np.float32), file["corrections"].astype(np.float32)


def _claims(mistake: Mistake) -> tuple[str, ...]:
    return mistake.claims


def _corrections(mistake: Mistake) -> tuple[str, ...]:
    return mistake.corrections


def _own(question: Question) -> list[Charge]:
    return [
        Charge(f"{criterion.key}:{number}", step, criterion.key, mistake)
        for step, criterion in question.criteria()
        for number, mistake in enumerate(criterion.mistakes)
        if mistake.claims
    ]


@cache
def _impossible() -> tuple[Charge, ...]:
    if not _IMPOSSIBLE.exists():
        return ()
    entries = yaml.safe_load(_IMPOSSIBLE.read_text(encoding="utf-8"))
    return tuple(
        Charge(
            f"impossible:{entry['key']}",
            "",
            "",
            Mistake(
                claims=tuple(entry["claims"]),
                corrections=tuple(entry["corrections"]),
                why=entry["why"],
                cap=entry["cap"],
            ),
        )
        for entry in entries
    )


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
    """Kept, for most texts are those that every question shares. In order, so that sums are always the same."""
    return tuple(sorted({token.stem for token in tokens(text) if token.stem}))


class Words:
    """Texts as weighted stems, to be compared with one sentence all at once."""

    def __init__(self, texts: Sequence[str], matcher: Matcher) -> None:
        self._weight = matcher.weight
        places: dict[str, list[int]] = defaultdict(list)
        self._totals = np.zeros(len(texts))
        for place, text in enumerate(texts):
            for stem in _stems(text):
                places[stem].append(place)
                self._totals[place] += matcher.weight(stem)
        self._places = {stem: np.array(found) for stem, found in places.items()}

    def overlap(self, stems: Iterable[str]) -> NDArray[np.float64]:
        """What each text and a sentence have in common, 0 to 1: twice the shared weight over the sum of both."""
        shared = np.zeros(len(self._totals))
        own = 0.0
        for stem in sorted(stems):
            weight = self._weight(stem)
            own += weight
            if stem in self._places:
                shared[self._places[stem]] += weight
        return 2 * shared / np.maximum(self._totals + own, 1e-9)
