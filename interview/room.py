"""What the room shows, worked out once per request. Reads, never writes."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from catalog import variants
from catalog.spec import Question
from catalog.steps import BY_KEY, HAND_OVER_MINUTES, READ_MINUTES, REQUIREMENTS, Step
from interview import clock, estimate, looking_back, pane, prompted
from interview.estimate import Estimate
from interview.models import Draft, Session
from interview.parts import BOARD_STEPS, Part
from scoring.engine.graph import mermaid, scene

MAX_LINES = 400
# What a line of Markdown begins with: quote, heading, item, box to tick.
_BLOCK: Final = re.compile(r"^[\s>]*(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]\]\s+)?")
_RULE: Final = re.compile(r"[\s`~*_=#>+|:-]*|(?:```|~~~).*")
# What stands around words. A sign inside a word, as in a name, or between numbers is none.
_INLINE: Final = (
    re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*\)"),
    re.compile(r"(?<!`)`{1,2}([^`]+)`{1,2}(?!`)"),
    re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*"),
    re.compile(r"(?<!\w)__(?=\S)([^_]+)(?<=\S)__(?!\w)"),
    re.compile(r"(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])"),
    re.compile(r"(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)"),
    re.compile(r"~~(?=\S)([^~]+)(?<=\S)~~"),
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the stepper and its editor."""

    number: int
    step: Step
    draft: Draft
    sheet: Draft | None
    board: Draft | None  # the session's one board, in both steps that draw
    state: str  # done · now · todo
    is_open: bool
    seconds: float
    budget_seconds: float | None

    def part(self, part: str) -> Draft | None:
        """Its text, or what stands beside it; None where the step has no such part."""
        drafts = (self.draft, self.sheet, self.board)
        return next((draft for draft in drafts if draft and draft.part == part), None)

    @property
    def has_saved(self) -> bool:
        """Whether any of its parts was ever saved."""
        return any(draft.version for draft in (self.draft, self.sheet, self.board) if draft)

    @property
    def used(self) -> float:
        """Share of the budget used, 0 to 1."""
        return min(self.seconds / self.budget_seconds, 1.0) if self.budget_seconds else 0.0

    @property
    def words(self) -> int:
        """How many words of its text are the candidate's own."""
        return prompted.words(self.draft.text)

    @property
    def following(self) -> str:
        return clock.next_step(self.step.key) or ""

    @property
    def after(self) -> str:
        """The title of the step that follows, "" after the last."""
        return BY_KEY[self.following].title if self.following else ""

    @property
    def minutes(self) -> float | None:
        """The budget in real minutes, the person's own clock counted in."""
        return None if self.budget_seconds is None else round(self.budget_seconds / 60, 1)

    @property
    def over(self) -> bool:
        return self.budget_seconds is not None and self.seconds > self.budget_seconds


@dataclass(frozen=True)
class Room:
    """Without slots: the board, and what was said, are read once, however often they are asked for."""

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
    def board(self) -> Draft | None:
        return next((row.board for row in self.rows if row.board), None)

    @property
    def may_draw(self) -> bool:
        """Whether one of the steps that draw is open."""
        return any(row.is_open for row in self.rows if row.board)

    @cached_property
    def drawn(self) -> scene.Board | None:
        """What the board was read as; None while nothing is on it."""
        return scene.read(self.board.text) if self.board and self.board.text else None

    @property
    def flowchart(self) -> str:
        """The board in words, for whoever has no script; "" while nothing is on it. Written anew each time."""
        return mermaid.write(self.drawn.graph) if self.drawn and self.drawn.graph.nodes else ""

    @property
    def estimate(self) -> Estimate | None:
        sheet = next((row.sheet for row in self.rows if row.sheet), None)
        return self.estimate_of(sheet.text) if sheet else None

    def estimate_of(self, sheet: str) -> Estimate:
        """The lines of a sheet, beside what the steps say by now."""
        return estimate.read(
            sheet,
            question=self.question,
            variant=self.session.variant,
            texts={row.step.key: row.draft.text for row in self.rows},
            board=self.drawn if sheet.strip() else None,
        )

    @cached_property
    def boards(self) -> Mapping[str, scene.Board]:
        """Step → what the board that was handed in with it was read as."""
        return looking_back.boards(self.session.submission) if self.session.submission else {}

    @property
    def handed_in(self) -> list[tuple[StepRow, tuple[str, ...]]]:
        """Each step with what was handed in of it, in words. Empty while nothing is."""
        submission = self.session.submission
        held = looking_back.holds(self.question, submission, self.boards) if submission else {}
        return [(row, held[row.step.key]) for row in self.rows if row.step.key in held]

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

    @cached_property
    def interviewer(self) -> pane.Pane:
        """What was said so far. One query, made where it is first shown."""
        is_open = bool(self.open_step) and self.session.is_running and not self.session.is_over(self.now)
        texts = {row.step.key: row.draft.text for row in self.rows}
        return pane.build(self.session, self.question, step=self.shown, live=is_open, texts=texts)

    @property
    def dial(self) -> list[tuple[float, str, float]]:
        """The clock's segments: (minutes, state, minutes used)."""
        parts = [(float(row.step.minutes), row.state, row.used * row.step.minutes) for row in self.rows]
        if self.session.only_step:
            return parts
        return [(float(READ_MINUTES), "done", 1.0), *parts, (float(HAND_OVER_MINUTES), "todo", 0.0)]


def build(session: Session, *, shown: str | None, now: datetime) -> Room:
    """The room at `now`. One query, its drafts: the session came with its edition, and what was said is read later."""
    drafts = {(draft.step, draft.part): draft for draft in session.drafts.all()}
    board = next((draft for (_, part), draft in drafts.items() if part == Part.BOARD), None)
    open_step = session.open_step(now)
    keys = [step.key for step in session.steps]
    front = shown if shown in keys and not session.is_strict else (open_step or session.current_step)
    rows = tuple(
        StepRow(
            number=number,
            step=step,
            draft=drafts[step.key, Part.TEXT],
            sheet=drafts.get((step.key, Part.SHEET)),
            board=board if step.key in BOARD_STEPS else None,
            state=_state(session, step.key, front, now),
            is_open=not session.is_strict or step.key == open_step,
            seconds=session.seconds_in(step.key, now),
            budget_seconds=budget_seconds(session, step.key),
        )
        for number, step in enumerate(session.steps, start=1)
    )
    requirements = drafts.get((REQUIREMENTS, Part.TEXT))
    frozen, text = session.frozen_text, requirements.text if requirements else ""
    changed = _amendments(frozen, text) if session.frozen_at else ()
    return Room(session, session.edition.spec, now, rows, front, open_step or "", changed)


def _state(session: Session, step: str, front: str, now: datetime) -> str:
    if step == front:
        return "now"
    return "done" if session.seconds_in(step, now) >= 1 else "todo"


def budget_seconds(session: Session, step: str) -> float | None:
    """How long a step is meant to take, the person's own clock counted in; None for no limit."""
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
    """The points of a text in plain words, without their Markdown; no more than anybody writes in five minutes."""
    plain = (_plain(line) for line in text.splitlines())
    return [line for line in plain if line][:MAX_LINES]


def _plain(line: str) -> str:
    """A line without the signs of Markdown: its words as they read."""
    line = _BLOCK.sub("", line)
    for signs in _INLINE:
        line = signs.sub(r"\1", line)
    return "" if _RULE.fullmatch(line) else line.strip()
