"""What the room shows, worked out once per request. Reads, never writes."""

import difflib
from dataclasses import dataclass
from datetime import datetime

from catalog import variants
from catalog.spec import Question
from catalog.steps import HAND_OVER_MINUTES, READ_MINUTES, REQUIREMENTS, Step
from interview import clock
from interview.models import Draft, Session

MAX_LINES = 400


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the stepper and its editor."""

    number: int
    step: Step
    draft: Draft
    state: str  # done · now · todo
    is_open: bool
    seconds: float
    budget_seconds: float | None

    @property
    def used(self) -> float:
        """Share of the budget used, 0 to 1."""
        return min(self.seconds / self.budget_seconds, 1.0) if self.budget_seconds else 0.0

    @property
    def following(self) -> str:
        return clock.next_step(self.step.key) or ""

    @property
    def minutes(self) -> float | None:
        """The budget in real minutes, the person's own clock counted in."""
        return None if self.budget_seconds is None else round(self.budget_seconds / 60, 1)

    @property
    def over(self) -> bool:
        return self.budget_seconds is not None and self.seconds > self.budget_seconds


@dataclass(frozen=True, slots=True)
class Room:
    session: Session
    question: Question
    now: datetime
    rows: tuple[StepRow, ...]
    shown: str  # the step whose editor is in front
    open_step: str  # strict: the only one that may be written in, "" when all are closed; else the current one
    amendments: tuple[tuple[str, str], ...]  # ("added" or "taken out", line), since the requirements were frozen

    @property
    def row(self) -> StepRow:
        return next(row for row in self.rows if row.step.key == self.shown)

    @property
    def brief(self) -> str:
        return variants.fill(self.question.brief, self.question, self.session.variant)

    @property
    def givens(self) -> list[tuple[str, str]]:
        drawn = variants.draw(self.question, self.session.variant)
        return [(given.label, drawn[given.key]) for given in self.question.givens]

    @property
    def clarifications(self) -> list[tuple[str, str]]:
        """What a candidate may ask, and what the interviewer would say."""
        return [
            (item.ask[0], variants.fill(item.answer, self.question, self.session.variant))
            for item in self.question.clarifications
        ]

    @property
    def seconds_left(self) -> float | None:
        left = self.session.remaining(self.now)
        return None if left is None else left.total_seconds()

    @property
    def frozen_lines(self) -> list[str]:
        return _lines(self.session.frozen_text)

    @property
    def frozen_after(self) -> float:
        """Seconds into the session at which the requirements were frozen."""
        frozen = self.session.frozen_at
        return (frozen - self.session.started_at).total_seconds() if frozen else 0.0

    @property
    def dial(self) -> list[tuple[float, str, float]]:
        """The clock's segments: (minutes, state, minutes used)."""
        parts = [(float(row.step.minutes), row.state, row.used * row.step.minutes) for row in self.rows]
        if self.session.only_step:
            return parts
        return [(float(READ_MINUTES), "done", 1.0), *parts, (float(HAND_OVER_MINUTES), "todo", 0.0)]


def build(session: Session, *, shown: str | None, now: datetime) -> Room:
    """The room at `now`. Two queries at most: the session came with its edition, the drafts are one."""
    drafts = {draft.step: draft for draft in session.drafts.all()}
    open_step = session.open_step(now)
    keys = [step.key for step in session.steps]
    front = shown if shown in keys and not session.is_strict else (open_step or session.current_step)
    rows = tuple(
        StepRow(
            number=number,
            step=step,
            draft=drafts[step.key],
            state=_state(session, step.key, front, now),
            is_open=not session.is_strict or step.key == open_step,
            seconds=session.seconds_in(step.key, now),
            budget_seconds=_seconds(session, step.key),
        )
        for number, step in enumerate(session.steps, start=1)
    )
    frozen, text = session.frozen_text, drafts[REQUIREMENTS].text if REQUIREMENTS in drafts else ""
    changed = _amendments(frozen, text) if session.frozen_at else ()
    return Room(session, session.edition.spec, now, rows, front, open_step or "", changed)


def _state(session: Session, step: str, front: str, now: datetime) -> str:
    if step == front:
        return "now"
    return "done" if session.seconds_in(step, now) >= 1 else "todo"


def _seconds(session: Session, step: str) -> float | None:
    if session.mode == clock.Mode.UNTIMED:
        return None
    budget = clock.step_budget(step, session.pace, strict=session.is_strict)
    return None if budget is None else budget.total_seconds()


def _amendments(frozen: str, text: str) -> tuple[tuple[str, str], ...]:
    """By whole lines: cheap however much was rewritten."""
    before, after = _lines(frozen), _lines(text)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [("taken out", line) for line in before[a:b]] + [("added", line) for line in after[c:d]]
    return tuple(found)


def _lines(text: str) -> list[str]:
    """The points of a text, without their Markdown; no more than anybody writes in five minutes."""
    stripped = (line.strip(" \t-*_#>") for line in text.splitlines())
    return [line for line in stripped if line][:MAX_LINES]
