"""What goes into the engine and what comes out. Plain immutable data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Band = Literal["not_yet", "developing", "solid", "strong", "exceptional"]
Level = Literal["mid", "senior", "staff"]
EvidenceKind = Literal["text", "number", "diagram"]
PointState = Literal["made", "partly", "unsure", "missing", "choice"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was handed in: section key → Markdown. Keys are step keys, or `body` for a text without steps.

    asked: keys of the clarifications that count as asked.  hints: (criterion, the share of its weight that it costs).
    said: the interviewer's words.  sheets: (section, start, end) of what was worked out on a sheet. Keys that the
    question does not know are ignored.
    """

    sections: Mapping[str, str]
    asked: tuple[str, ...] = ()
    hints: tuple[tuple[str, float], ...] = ()
    said: tuple[str, ...] = ()
    sheets: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the answer, verbatim: `quote == answer.sections[section][start:end]`, in code points."""

    section: str
    start: int
    end: int
    quote: str
    kind: EvidenceKind = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader should know about a mark: a wrong claim, a cap, a guard that fired, what was said."""

    kind: Literal["mistake", "guard", "number", "diagram", "talk"]
    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class PointResult:
    """One thing that a criterion looks for: `asks` for it in words, and the words of the answer that come nearest.

    `unsure` is what may be made in words that were not recognised, `choice` what one of several designs would begin
    with, where none is begun.
    """

    key: str
    asks: str
    state: PointState
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """`mark` 0–4 in halves, None where the step is not scorable. `confidence` 0–1.

    `points` are those that count: of alternative designs, only of the one that is made best. `missing` asks for
    what is clearly not there, `unsure` for what is there in part or in words that were not recognised.
    """

    key: str
    step: str
    mark: float | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    summary: str = ""
    unsure: tuple[str, ...] = ()
    points: tuple[PointResult, ...] = ()


@dataclass(frozen=True, slots=True)
class StepResult:
    """`mark` 0–4 in tenths, None where not scorable; `reason` then says why, for the candidate."""

    step: str
    mark: float | None
    scorable: bool
    confidence: float
    low: float | None
    high: float | None
    criteria: tuple[CriterionResult, ...]
    reason: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Lift:
    """The smallest change that raises the band: state `missing` in `criterion`, and overall becomes `overall`."""

    criterion: str
    missing: str
    mark_from: float
    mark_to: float
    overall: float
    band: Band


@dataclass(frozen=True, slots=True)
class Result:
    """`overall` 0–100 and its 90 % range, `band`: None where nothing is scorable. `level` None below the gates.

    `encoder` is the fingerprint of the model that compared meanings, `words` when none did. `ask_mentor` says why
    a person should look at this, nothing when the engine is as sure as it can be.
    """

    engine: str
    encoder: str
    calibration: str
    variant: int
    overall: float | None
    range: tuple[float, float] | None
    band: Band | None
    level: Level | None
    steps: tuple[StepResult, ...]
    lift: Lift | None = None
    gates: tuple[str, ...] = field(default=())
    ask_mentor: tuple[str, ...] = field(default=())
