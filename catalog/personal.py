"""What the catalog shows of the reader's own practice.

The catalog cannot know it: the app above that does registers itself here when it is ready.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from catalog.steps import BY_KEY
from lib.svg.profile import mark_text


@dataclass(frozen=True, slots=True)
class Best:
    """The reader's best finished result at a question, and when it was handed in."""

    band: str
    low: float
    high: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Practised:
    """What the reader handed in at a question without a result of the whole.

    `steps` has a key for each step practised by itself, and its newest mark; it is empty where a whole answer has no
    band, or none yet.
    """

    steps: Mapping[str, float | None]

    @property
    def label(self) -> str:
        if not self.steps:
            return "No band"
        return "One step practised" if len(self.steps) == 1 else f"{len(self.steps)} steps practised"

    @property
    def detail(self) -> str:
        """`Deep dive 2.5 of 4`, where it is one step that has a mark."""
        marks = [(BY_KEY[step].title, mark) for step, mark in self.steps.items() if mark is not None]
        return f"{marks[0][0]} {mark_text(marks[0][1])} of 4" if len(marks) == len(self.steps) == 1 else ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A topic that one of the reader's last results was weak at, by the criterion that says so."""

    topic: str
    criterion: str
    mark: float
    question_id: int
    question_title: str


@dataclass(frozen=True, slots=True)
class Running:
    """A session that is not handed in yet. `dial` is the clock: (minutes, state, minutes used)."""

    session_id: UUID
    title: str
    step_number: int
    step_title: str
    steps: int
    seconds_left: float | None
    dial: list[tuple[float, str, float]]


class Practice(Protocol):
    """What somebody has practised, by user."""

    def best_by_question(self, user: Any) -> dict[int, Best]: ...
    def practised_by_question(self, user: Any) -> dict[int, Practised]: ...
    def running(self, user: Any) -> Running | None: ...
    def attempts(self, user: Any, question_id: int) -> Sequence[Any]: ...
    def next_variant(self, user: Any, question_id: int) -> int:
        """Which numbers the next try at a question will have."""
        ...

    def missed(self, user: Any) -> Sequence[Missed]:
        """What the last results were weak at, weakest first; nothing without results."""
        ...


class _Nobody:
    def best_by_question(self, user: Any) -> dict[int, Best]:
        return {}

    def practised_by_question(self, user: Any) -> dict[int, Practised]:
        return {}

    def running(self, user: Any) -> Running | None:
        return None

    def attempts(self, user: Any, question_id: int) -> Sequence[Any]:
        return ()

    def next_variant(self, user: Any, question_id: int) -> int:
        return 0

    def missed(self, user: Any) -> Sequence[Missed]:
        return ()


_source: list[Callable[[], Practice]] = [_Nobody]


def register(source: Callable[[], Practice]) -> None:
    _source[0] = source


def practice() -> Practice:
    return _source[0]()
