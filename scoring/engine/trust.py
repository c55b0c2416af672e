"""How far an answer can be believed: what it says that cannot be so, set against how much it says.

One wrong sentence costs its own criterion. Where they are many, fluent words are no evidence any more, and every
step is capped: by the guide, what is mostly wrong stands at 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scoring.engine import coherence, guards
from scoring.engine.calibration import TOP
from scoring.engine.context import Context
from scoring.engine.guards import Judged
from scoring.engine.mistakes import Claimed
from scoring.engine.text import NO_PROSE, Sentence
from scoring.engine.types import Note
from scoring.engine.words import GENERIC_STEMS

# What one sentence weighs: a claim from the bank, what is near to one, arithmetic that is off by tens, a promise that
# no system keeps.
CLAIM: Final = 0.6
DOUBT: Final = 0.3
SLIP: Final = 0.6
PROMISE: Final = 0.75
# A short text is judged as if it had this many sentences.
FEWEST: Final = 30
# Share of wrong sentences: up to the first nothing happens, at the second nothing above the lowest cap is left.
FREE: Final = 0.025
LOST: Final = 0.08
LOWEST_CAP: Final = 1.0
# Who denies this share of everything has said what the design is not; from the second on, nothing else.
DENIED_FREE: Final = 0.25
DENIED_LOST: Final = 0.45
DENIED_CAP: Final = 0.2
# The same for sentences that say what is not, or what never happens: by the facts turned round, one by one, a good
# answer becomes a fluent wrong one. Measured: up to 0.21 of honest answers, from 0.32 on of such.
NEGATED_FREE: Final = 0.24
NEGATED_LOST: Final = 0.34
NEGATED_CAP: Final = 1.0
# The same for lists of terms. Measured: up to 0.24 of the words of honest answers, from 0.68 on of terms alone.
LISTED_FREE: Final = 0.35
LISTED_LOST: Final = 0.6
LISTED_CAP: Final = 0.2
# The same for words that fit any question, in an answer without a single figure.
VAGUE_FREE: Final = 0.26
VAGUE_LOST: Final = 0.3
VAGUE_CAP: Final = 0.4
# The same for words that do not belong together: see `coherence`, which measured it.
TOGETHER: Final = 1.0
AT_RANDOM: Final = 0.85
RANDOM_CAP: Final = 0.3

_NEGATED: Final = re.compile(
    r"\b(?:is|are|was|were|can|must|may|will|would|should|has|have|had|do|does|did|could|shall|need)\s+not\b|n['’]t\b|"
    r"\bcannot\b|\bnever\b",
    re.IGNORECASE,
)
FEWEST_WORDS: Final = 5
# Why no step stands above the cap, for the candidate.
WRONG: Final = "too much here cannot be right as it stands."
DENIED: Final = "so much of this says what is not, or never happens, that it says little of what is."
LISTED: Final = "most of this is terms without a sentence that says what they are for."
VAGUE: Final = "most of this would fit any question, and there is not one figure in it."
RANDOM: Final = "its words seldom belong together; they could have been drawn at random."
PROMISED: Final = "A promise that no system keeps, or a safeguard declared needless."

_SAFEGUARD: Final = (
    r"(?:monitor|alert|backup|replica|retr|check|lock|idempot|dedup|test|rollback|roll[\s-]back|limit|validation|"
    r"failover|redundan|encrypt|signature|copy|copies|timeout|transaction|coordination|metric|recover)"
)
_NEEDLESS: Final = (
    rf"\b(?:no|neither|without)\s+(?:\w+\s+){{0,3}}?{_SAFEGUARD}\w*\s+(?:\w+\s+){{0,4}}?(?:needed|required|necessary)",
    rf"\b(?:do|does)\s*(?:n[o'’]t|not)\s+(?:need|require)\s+(?:to\s+)?(?:\w+\s+){{0,3}}?{_SAFEGUARD}",
    rf"{_SAFEGUARD}\w*\s+(?:\w+\s+){{0,3}}?(?:is|are)\s+(?:not|un)\s*(?:needed|required|necessary)",
    rf"\bno need (?:for|to)\s+(?:\w+\s+){{0,3}}?{_SAFEGUARD}",
    r"\b(?:superfluous|of no use)\b",
)
_ABSOLUTE: Final = (
    r"\b(?:can(?:not|[’']t|\s+never|\s+therefore\s+not)|never)\s+(?:ever\s+)?(?:fail|fails|collide|collides|disagree|crash|lag|"
    r"lose data|be overloaded|run out)\b",
    r"\b(?:is|are|becomes?|therefore|mathematically)\s+impossible\b",
    r"\bguarantee[sd]?\s+(?:that\s+)?(?:\w+\s+){0,5}?(?:never|nothing|no|exactly|every|all)\b",
    r"\bdelivery is guaranteed\b|\bwhatever happens\b|\bunder (?:all|any) circumstances\b",
    r"\b100\s?%\s*(?:up|availab|reliab|consisten|safe|durab|secure)",
    r"\b(?:ratio|availability|uptime|durability)\s+(?:is|of|to)\s+(?:nearly\s+)?100\s?%",
    r"\b(?:zero|no)\s+(?:added\s+|network\s+)?(?:latency|delay|downtime|overhead|seconds)\b",
    r"\binstantaneous(?:ly)?\b|\bzero by\b",
    r"\binfinite(?:ly)?\b(?!\s+scroll)|\b(?:is|are) unlimited\b|\bmathematically\b|\bby definition\b",
    r"\bperfect(?:ly)?\s+(?:even|identical|in\b|consisten|reliab|balanced|agree|sync|accurate)",
    r"\b(?:no|without(?: any| a)?) (?:disadvantage|drawback|downside|trade-?off|compromise)s?",
    r"\bscale[sd]?\b.{0,30}\bnothing changes\b",
)
_PROMISES: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*_NEEDLESS, *_ABSOLUTE))
# What must not happen, or what happens if, is a need and a condition; nothing is promised.
_ASKED: Final = re.compile(r"\b(?:must|should|shall|need to|if|unless|when|naive|would|suppose)\b|\?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trust:
    """`cap` is the most any step can get, `reason` why; `share` what is wrong per sentence; `notes` quote promises."""

    share: float = 0.0
    cap: float = 4.0
    reason: str = ""
    notes: tuple[Note, ...] = ()


def weigh(context: Context, claimed: Sequence[Claimed], slips: int) -> Trust:
    """`slips` counts derivations that are off by tens."""
    everything = [j for rows in context.judged.values() for j in rows if j.form != "copied"]
    said = [j for j in everything if j.form not in ("list", "fragment")]
    promises = [j for j in said if not context.is_accused(j) and makes_promise(j.sentence.text)]
    # A mistake that is made twice is one mistake.
    accused = {(c.section, c.evidence.start) for c in claimed if c.sure}
    doubted = {(c.section, c.evidence.start) for c in claimed} - context.accused
    wrong = CLAIM * len(accused) + DOUBT * len(doubted) + SLIP * slips + PROMISE * len(promises)
    share = wrong / max(FEWEST, len(said))
    # "No cache, since every key is read once" gives a reason and is a decision.
    denied = sum(j.is_denial and j.form != "justified" for j in said) / max(1, len(said))
    listed = guards.listed_share(everything)
    together = coherence.measure((j.sentence for j in everything), context.prepared.neighbours)
    cap, reason = min(
        (_falling(share, FREE, LOST, LOWEST_CAP), WRONG),
        (_falling(denied, DENIED_FREE, DENIED_LOST, DENIED_CAP), DENIED),
        (_falling(_negated([j.sentence for j in everything]), NEGATED_FREE, NEGATED_LOST, NEGATED_CAP), DENIED),
        (_falling(listed, LISTED_FREE, LISTED_LOST, LISTED_CAP), LISTED),
        (_falling(_vague([j.sentence for j in everything]), VAGUE_FREE, VAGUE_LOST, VAGUE_CAP), VAGUE),
        (_falling(together.share, TOGETHER, AT_RANDOM, RANDOM_CAP), RANDOM),
        key=lambda one: one[0],
    )
    return Trust(share, cap, reason if cap < TOP else "", tuple(_note(judged) for judged in promises))


def makes_promise(text: str) -> bool:
    return not _ASKED.search(text) and any(pattern.search(text) for pattern in _PROMISES)


def _negated(sentences: Sequence[Sentence]) -> float:
    """The share of sentences that negate something; a short text is judged as if it were longer."""
    whole = [s for s in sentences if s.kind not in NO_PROSE and len(s.tokens) >= FEWEST_WORDS]
    return sum(bool(_NEGATED.search(s.text)) for s in whole) / max(FEWEST, len(whole))


def _vague(sentences: Sequence[Sentence]) -> float:
    """The share of content words that fit any question; 0 as soon as one figure is given."""
    words = [token.stem for sentence in sentences for token in sentence.tokens if token.stem]
    if not words or any(re.search(r"\d", sentence.text) for sentence in sentences):
        return 0.0
    return sum(stem in GENERIC_STEMS for stem in words) / len(words)


def is_vague(sentences: Sequence[Sentence]) -> bool:
    """Whether nearly all of its words would fit any question, without a single figure."""
    return _vague(sentences) >= VAGUE_FREE


def _falling(share: float, free: float, lost: float, lowest: float) -> float:
    """4 at `free` and before, `lowest` at `lost` and beyond, a straight line between, upwards or downwards."""
    part = min(1.0, max(0.0, (share - free) / (lost - free)))
    return TOP - (TOP - lowest) * part


def _note(judged: Judged) -> Note:
    return Note("mistake", PROMISED, judged.sentence.evidence())
