"""How far an answer can be believed: what it says that cannot be so, set against how much it says.

One wrong sentence costs its own criterion. Where they are many, fluent words are no evidence any more, and every
step is capped: by the guide, what is mostly wrong stands at 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scoring.engine.calibration import TOP
from scoring.engine.context import Context
from scoring.engine.guards import Judged
from scoring.engine.mistakes import Claimed
from scoring.engine.types import Note

# What one sentence weighs: a claim from the bank, arithmetic that is off by tens, a promise that no system keeps.
CLAIM: Final = 0.6
SLIP: Final = 0.6
PROMISE: Final = 0.5
# A short text is judged as if it had this many sentences.
FEWEST: Final = 25
# Share of wrong sentences: up to the first nothing happens, at the second nothing above the lowest cap is left.
FREE: Final = 0.03
LOST: Final = 0.11
LOWEST_CAP: Final = 1.0
# Who denies this share of everything has said what the design is not; from the second on, nothing else.
DENIED_FREE: Final = 0.25
DENIED_LOST: Final = 0.45
DENIED_CAP: Final = 0.2
# The same for terms with next to nothing said about them.
TERMS_FREE: Final = 0.525
TERMS_LOST: Final = 0.57
TERMS_CAP: Final = 0.2

PROMISED: Final = "A promise that no system keeps, or a safeguard declared needless."

_SAFEGUARD: Final = (
    r"(?:monitor|alert|backup|replica|retr|check|lock|idempot|dedup|test|rollback|roll[\s-]back|queue|limit|validation|"
    r"failover|redundan|encrypt|signature|copy|copies|timeout|transaction|coordination|metric|recover)"
)
_NEEDLESS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:no|neither|without)\s+(?:\w+\s+){{0,3}}?{_SAFEGUARD}\w*\s+"
        r"(?:\w+\s+){0,3}?(?:is|are|needed|required|necessary)",
        rf"\b(?:do|does|need)\s*(?:n[o']t|not)\s+(?:need|require|have)?\s*(?:to\s+)?(?:\w+\s+){{0,3}}?{_SAFEGUARD}",
        rf"{_SAFEGUARD}\w*\s+(?:\w+\s+){{0,3}}?(?:is|are)\s+(?:not|un)\s*(?:needed|required|necessary)",
        r"\b(?:unnecessary|superfluous|of no use|a waste|waste of)\b",
    )
)
_PROMISES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:\b(?:never|not)|n['’]t)\s+(?:ever\s+)?(?:lose|be lost|lost|fail|collide|conflict|duplicate|happen|occur|"
        r"crash|overload|go down|run out|disagree)",
        r"\bimpossible\b",
        r"\bguarantee[sd]?\b",
        r"\b100\s?%",
        r"\bzero\b|\binstant(?:ly|aneous)\b|\bat once everywhere\b",
        r"\b(?:infinite|unlimited|perfect(?:ly)?|automatically|forever|by definition|by itself|mathematically)\b",
        r"\b(?:no|without(?: any)?) (?:disadvantage|drawback|downside|trade-?off|loss|compromise)s?",
        r"\bnothing (?:changes|needs|can)\b|\bno change",
    )
)


@dataclass(frozen=True, slots=True)
class Trust:
    """`cap` is the most any step can get; `share` what is wrong per sentence; `notes` quote the promises."""

    share: float = 0.0
    cap: float = 4.0
    notes: tuple[Note, ...] = ()


def weigh(context: Context, claimed: Sequence[Claimed], slips: int) -> Trust:
    """`slips` counts derivations that are off by tens."""
    everything = [j for rows in context.judged.values() for j in rows if j.form != "copied"]
    said = [j for j in everything if j.form not in ("list", "fragment")]
    accused = {(c.section, c.evidence.start) for c in claimed}
    promises = [
        j for j in said if (j.sentence.section, j.sentence.start) not in accused and makes_promise(j.sentence.text)
    ]
    wrong = CLAIM * len(accused) + SLIP * slips + PROMISE * len(promises)
    share = wrong / max(FEWEST, len(said))
    # "No cache, since every key is read once" gives a reason and is a decision.
    denied = sum(j.is_denial and j.form != "justified" for j in said) / max(1, len(said))
    terms = context.prepared.vocabulary.share(j.sentence for j in everything)
    cap = min(
        _falling(share, FREE, LOST, LOWEST_CAP),
        _falling(denied, DENIED_FREE, DENIED_LOST, DENIED_CAP),
        _falling(terms, TERMS_FREE, TERMS_LOST, TERMS_CAP),
    )
    return Trust(share, cap, tuple(_note(judged) for judged in promises))


def makes_promise(text: str) -> bool:
    return any(pattern.search(text) for pattern in (*_NEEDLESS, *_PROMISES))


def _falling(share: float, free: float, lost: float, lowest: float) -> float:
    """4 up to `free`, `lowest` from `lost` on, a straight line between."""
    part = min(1.0, max(0.0, (share - free) / (lost - free)))
    return TOP - (TOP - lowest) * part


def _note(judged: Judged) -> Note:
    return Note("mistake", PROMISED, judged.sentence.evidence())
