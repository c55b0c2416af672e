"""Which words are shown for which mark: only what carries the criterion, the shortest, and no sentence everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from catalog.answer_file import BODY
from catalog.spec import Criterion
from scoring.engine.context import Finding
from scoring.engine.explain import MADE
from scoring.engine.levels import Scored
from scoring.engine.types import Evidence

MAX_QUOTES: Final = 3
# A sentence that shows everything shows nothing: it is quoted where it says most.
MAX_CRITERIA: Final = 2
# Where no point is made, the best one is quoted from here on.
FIRM: Final = 0.4
# Words from another step must say it more clearly to be shown here.
FIRM_ELSEWHERE: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Claim:
    """Words that may be quoted for a criterion, and whether they stand in its own step."""

    criterion: str
    own: bool
    strength: float
    evidence: Evidence


def choose(
    criteria: Sequence[Criterion], found: Mapping[str, Mapping[str, Finding]], scored: Mapping[str, Scored]
) -> dict[str, tuple[Evidence, ...]]:
    """Criterion → its quotes in the order of the answer. A mark above 0 keeps its strongest words."""
    kept: dict[str, list[Evidence]] = {criterion.key: [] for criterion in criteria}
    claims = [claim for criterion in criteria for claim in _firm(scored[criterion.key], found[criterion.key])]
    for claim in sorted(claims, key=lambda c: -c.strength):
        if _is_free(claim, kept) and len(kept[claim.criterion]) < MAX_QUOTES:
            kept[claim.criterion].append(claim.evidence)
    for criterion in criteria:
        if not kept[criterion.key] and scored[criterion.key].mark > 0:
            faint = _all(scored[criterion.key], found[criterion.key])
            free = [claim for claim in faint if _is_free(claim, kept)]
            kept[criterion.key] += [claim.evidence for claim in (free or faint)[:1]]
    return {key: tuple(sorted(quotes, key=lambda e: (e.section, e.start))) for key, quotes in kept.items()}


def is_firm(criterion: Criterion, findings: Mapping[str, Finding]) -> bool:
    """Whether the words found support the criterion, or are merely the best there are."""
    return any(findings[point.key].strength >= FIRM for point in criterion.points)


def _firm(scored: Scored, findings: Mapping[str, Finding]) -> list[_Claim]:
    """The words of what counts as made; of the best partly made point where nothing is."""
    ranked = sorted(findings.values(), key=lambda f: -f.strength)
    made = [f for f in ranked if f.strength >= MADE] or [f for f in ranked[:1] if f.strength >= FIRM]
    claims = [_claim(scored, f.strength, evidence) for f in made for evidence in f.evidence]
    return [claim for claim in claims if claim.own or claim.strength >= FIRM_ELSEWHERE]


def _all(scored: Scored, findings: Mapping[str, Finding]) -> list[_Claim]:
    """All words that were found: those of the step first, then the strongest point's, second choices last."""
    ranked = [f for f in sorted(findings.values(), key=lambda f: -f.strength) if f.strength > 0]
    first = [_claim(scored, f.strength, evidence) for f in ranked for evidence in f.evidence]
    others = [_claim(scored, 0.0, evidence) for f in ranked for evidence in f.others]
    return sorted(first + others, key=lambda claim: not claim.own)


def _claim(scored: Scored, strength: float, evidence: Evidence) -> _Claim:
    return _Claim(scored.key, evidence.section in (scored.step, BODY), strength, evidence)


def _is_free(claim: _Claim, kept: Mapping[str, Iterable[Evidence]]) -> bool:
    """Not yet quoted here, and quoted for fewer criteria elsewhere than a sentence may be."""
    using = [key for key, quotes in kept.items() if any(_overlap(claim.evidence, quote) for quote in quotes)]
    return claim.criterion not in using and len(using) < MAX_CRITERIA


def _overlap(a: Evidence, b: Evidence) -> bool:
    return a.section == b.section and a.start < b.end and b.start < a.end
