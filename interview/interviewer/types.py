"""What the interviewer is told and what it says. Plain values: no rows, no clock, nothing that remembers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from catalog.spec import Question

ExchangeKind = Literal["question", "reply", "probe", "probe_reply", "skip", "hint", "curveball"]

# How a piece of a message was taken: answered from the bank, or from a given of the brief; left to the candidate to
# assume; a decision that was handed back; two things it may have meant; too wide; nothing that was a question; words
# of the brief; nothing that was understood.
Manner = Literal["answer", "given", "assume", "decide", "which", "vague", "polite", "brief", "lost"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing said in a session. `at` is in seconds since its start; `key` names what it was about.

    The key of a reply is that of the clarification or `given.<key>`, and "" where nothing of the bank was said; that
    of a probe, hint or curveball is its own.
    """

    at: float
    kind: ExchangeKind
    key: str
    text: str
    step: str


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one question of a message. `again` when it had been given before."""

    manner: Manner
    key: str
    text: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a message, which may have held several questions."""

    said: tuple[Said, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(said.text for said in self.said)

    @property
    def keys(self) -> tuple[str, ...]:
        """What was told, in order: keys of clarifications and givens."""
        return tuple(said.key for said in self.said if said.key)


@dataclass(frozen=True, slots=True)
class Part:
    """A box of a drawing. `components` are the question's own, if whoever read the drawing has found them."""

    label: str
    kind: str | None = None
    components: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two boxes, named by their labels."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the estimation sheet that has a name. `is_used` when a later line or step refers to it."""

    name: str
    value: str
    is_assumed: bool = False
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A session as it stands, all in seconds: `at` since its start, `spent` in this step, `idle` since the last key.

    left: what remains of the step, None where there is no limit.  frozen: the requirements as they were when the first
    step was left; None until then.
    """

    question: Question
    variant: int
    step: str
    texts: Mapping[str, str]
    at: float
    spent: float
    idle: float
    left: float | None = None
    parts: Sequence[Part] = ()
    links: Sequence[Link] = ()
    rows: Sequence[Row] = ()
    exchanges: Sequence[Exchange] = ()
    frozen: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up, ready to be said. `criterion` is "" for one that belongs to no question."""

    key: str
    says: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """What to think about, and its price. `offer` is said before anything is given, `says` after the candidate took it.

    `cost` is the share of the criterion's weight that it costs.
    """

    criterion: str
    offer: str
    says: str
    cost: float


@dataclass(frozen=True, slots=True)
class Thrown:
    """A curveball with the drawn numbers filled in. `requirement` is what it changes, "" where that is not said."""

    key: str
    says: str
    requirement: str
    changes: str
    keeps: str
    touches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a curveball did to a drawing: by labels, in the order in which they were drawn.

    broken: paths that led from a client to the named store before, and now lead nowhere.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    joined: tuple[Link, ...] = ()
    parted: tuple[Link, ...] = ()
    broken: tuple[Link, ...] = field(default=())
