"""Wrong claims of the question's own list, found with high precision: a wrong accusation costs more than a miss.

A sentence makes a claim when the two share most of their words, exactly, in both directions, and deny alike.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from catalog.spec import Mistake
from scoring.engine.context import Context
from scoring.engine.types import Evidence, Note

ALIKE_FROM: Final = 0.5
AHEAD_BY: Final = 0.08
CLAIM_SHARE: Final = 0.55
MIN_SHARED: Final = 4

_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nobody|nothing)\b|n[’']t\b", re.IGNORECASE
)
_DISTANCED: Final = re.compile(
    r"\b(?:reject\w*|wrong|mistake|avoid\w*|instead of|rather than|would|could|might|unless|problem|bad|naive|"
    r"tempting|if|but|risk\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mistake that an answer makes, in its own words."""

    step: str
    criterion: str
    mistake: Mistake
    evidence: Evidence

    @property
    def note(self) -> Note:
        return Note("mistake", self.mistake.why, self.evidence)


def find(context: Context) -> list[Claimed]:
    """Each mistake at most once, with the sentence that claims it most plainly."""
    best: dict[tuple[str, str], tuple[float, Claimed]] = {}
    matcher, owners = context.prepared.matcher, context.prepared.owners
    points = [index for index, owner in enumerate(owners) if owner.mistake is None]
    claims = [(index, owner) for index, owner in enumerate(owners) if owner.mistake is not None]
    for rows in context.judged.values():
        for judgement in rows:
            sentence = judgement.sentence
            if judgement.form in ("copied", "list", "plan", "fragment") or judgement.worth < 1:
                continue
            if sentence.kind in ("code", "table"):
                continue
            if _DISTANCED.search(sentence.text) or context.topic_worth == 0:
                continue
            denies = bool(_NEGATION.search(sentence.text))
            own = {stem: matcher.weight(stem) for stem in sentence.stems}
            sound = max((alike(own, matcher.statements[i].stems) for i in points), default=0.0)
            for index, owner in claims:
                statement = matcher.statements[index]
                if statement.negative != denies or owner.mistake is None:
                    continue
                value = alike(own, statement.stems)
                if value < max(ALIKE_FROM, sound + AHEAD_BY) or value <= best.get(owner.key, (0.0,))[0]:
                    continue
                best[owner.key] = (value, Claimed(owner.step, owner.criterion, owner.mistake, sentence.evidence()))
    return [claimed for _, claimed in best.values()]


def alike(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The weighted overlap of two sentences, 0 to 1; 0 when they share too little to speak of the same claim."""
    shared = a.keys() & b.keys()
    common = sum(b[stem] for stem in shared)
    if len(shared) < MIN_SHARED or common < CLAIM_SHARE * sum(b.values()):
        return 0.0
    return 2 * common / (sum(a.values()) + sum(b.values()))
