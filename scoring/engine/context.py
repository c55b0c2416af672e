"""One answer as the matchers see it, and what each of them gives back."""

from dataclasses import dataclass, field
from typing import Final

from catalog.steps import ESTIMATION, REQUIREMENTS
from scoring.engine import diagram
from scoring.engine.guards import Judged
from scoring.engine.numbers import Figures
from scoring.engine.prepare import Prepared
from scoring.engine.statements import Window
from scoring.engine.text import Document
from scoring.engine.types import Evidence, Note

BODY: Final = "body"
OTHER_SECTION: Final = 0.8
LATER_SECTION: Final = 0.5
EARLY: Final = frozenset({REQUIREMENTS, ESTIMATION})


@dataclass(frozen=True, slots=True)
class Finding:
    """How strongly a point is made, 0 to 1, the words that make it, and what to say about them.

    `others` are further words for it, the strongest first; `near` when it may be made in words not recognised.
    """

    strength: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[Note, ...] = ()
    others: tuple[Evidence, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A window with everything about it that no point changes."""

    window: Window
    recalls: dict[tuple[str, str], tuple[float, int]]
    held: frozenset[str]
    near: frozenset[str]
    reason: bool
    number: bool
    worth: float


@dataclass(slots=True)
class Context:
    """One answer, read once for all points."""

    prepared: Prepared
    document: Document
    judged: dict[str, tuple[Judged, ...]]
    variant: int
    topic_worth: float = 1.0
    readings: list[Reading] = field(default_factory=list)
    mentions: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    figures: dict[str, list[Figures]] = field(default_factory=dict)
    graphs: dict[str, list[diagram.Graph]] = field(default_factory=dict)

    def factor(self, step: str, section: str) -> float:
        """What a section counts for a step: its own and a text without steps in full, others a little less.

        Needs and numbers that turn up only in the design came after what they should have decided.
        """
        if section in (step, BODY):
            return 1.0
        return LATER_SECTION if step in EARLY and section not in EARLY else OTHER_SECTION

    def in_order(self, section: str) -> float:
        """How sure it is that a section holds sentences, and not words that were shuffled."""
        return min((j.worth for j in self.judged[section]), default=1.0)
