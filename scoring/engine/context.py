"""One answer as the matchers see it, and what each of them gives back."""

from dataclasses import dataclass, field
from typing import Final

from catalog.answer_file import BODY, MIN_HEADINGS
from catalog.steps import ESTIMATION, REQUIREMENTS
from scoring.engine.concepts import Concepts
from scoring.engine.evidence import Reading
from scoring.engine.graph.types import Graph
from scoring.engine.guards import Judged
from scoring.engine.numbers import Figures
from scoring.engine.prepare import Prepared
from scoring.engine.text import Document
from scoring.engine.types import Evidence, Note

OTHER_SECTION: Final = 0.8
LATER_SECTION: Final = 0.5
FEW_SENTENCES: Final = 12
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


@dataclass(slots=True)
class Context:
    """One answer, read once for all points."""

    prepared: Prepared
    document: Document
    judged: dict[str, tuple[Judged, ...]]
    variant: int
    concepts: Concepts
    topic_worth: float = 1.0
    accused: set[tuple[str, int]] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    mentions: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    figures: dict[str, list[Figures]] = field(default_factory=dict)
    graphs: dict[str, list[Graph]] = field(default_factory=dict)

    def own(self, step: str) -> tuple[str, ...]:
        """The sections that a step is read from: its own; all of them where the text does not set it apart."""
        sections = self.document.sections
        if step in sections:
            return (step,)
        if BODY in sections:
            return (BODY,)
        return tuple(sections) if len(sections) >= MIN_HEADINGS else ()

    @property
    def is_short(self) -> bool:
        """So little that it may only look as if it were about something else."""
        forms = [j.form for rows in self.judged.values() for j in rows]
        return sum(form not in ("copied", "list", "fragment") for form in forms) < FEW_SENTENCES

    def is_accused(self, judged: Judged) -> bool:
        """A sentence that makes a wrong claim is no evidence of anything."""
        return (judged.sentence.section, judged.sentence.start) in self.accused

    def factor(self, step: str, section: str) -> float:
        """What a section counts for a step: its own and a text without steps in full, others a little less.

        Needs and numbers that turn up only in the design came after what they should have decided.
        """
        if section in self.own(step):
            return 1.0
        return LATER_SECTION if step in EARLY and section not in EARLY else OTHER_SECTION

    def in_order(self, section: str) -> float:
        """How sure it is that a section holds sentences, and not words that were shuffled."""
        return min((j.worth for j in self.judged[section]), default=1.0)
