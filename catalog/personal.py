"""What the catalog shows of the reader's own practice.

The catalog cannot know it: the app above that does registers itself here when it is ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Best:
    """The reader's best finished result at a question, and when it was handed in."""

    band: str
    low: float
    high: float
    at: datetime


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
