"""What of a session only the room can tell after its end: the lines of its sheet, what was said, what was set aside.

Reads, never writes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from catalog.spec import Question
from catalog.steps import BY_KEY
from interview import estimate, numbers, prompted, sheet
from interview.models import Revision, Session
from interview.parts import BOARD_STEPS, SHEET_STEP, Part
from scoring import diagrams
from scoring.diagrams import Reading
from scoring.engine.graph import scene
from scoring.handed import SheetLine
from scoring.models import Submission

_SETTLED: Final = {"probe_reply": "answered", "skip": "skipped"}
# Reading and drawing a board takes time, and another tab may send any number of them.
DRAWN: Final = 3
# What a mark goes up to, so what a share of it comes to.
_WHOLE: Final = 4.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A message of the candidate's with what was said to it. `counts`: how much of what it brought to light changes the
    design, came in time, and was not known already."""

    at: float
    text: str
    replies: tuple[str, ...] = ()
    counts: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """state: answered · skipped · open.  reply: the step in which something stands below it, "" for none."""

    key: str
    at: float
    text: str
    step: str
    state: str
    reply: str = ""

    @property
    def step_title(self) -> str:
        return BY_KEY[self.step].title if self.step in BY_KEY else ""


@dataclass(frozen=True, slots=True)
class Given:
    """A hint that was taken. `cost` is what it took from the mark of its criterion."""

    at: float
    text: str
    criterion: str
    title: str
    cost: float


@dataclass(frozen=True, slots=True)
class Talk:
    """All that was said in a session, but for the change of a requirement."""

    asked: tuple[Asked, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    hints: tuple[Given, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.asked or self.follow_ups or self.hints)

    @property
    def counted(self) -> int:
        """How many questions count."""
        return sum(one.counts for one in self.asked)

    @property
    def said(self) -> int:
        return len(self.asked) + len(self.follow_ups) + len(self.hints)


@dataclass(frozen=True, slots=True)
class Aside:
    """A text that was not taken over; `drawing` where it is a board."""

    title: str
    at: datetime
    text: str
    is_board: bool
    drawing: Reading | None = None

    @property
    def holds(self) -> str:
        """What it is, in words: counted as the room counts."""
        return "the board" if self.is_board else counted(prompted.words(self.text), "word")


@dataclass(frozen=True, slots=True)
class SetAside:
    """All that was set aside, in the order in which it came. Of boards the newest are shown; of the `older` ones it is
    said what they are and when they came. Those are in the person's own archive, as they were drawn."""

    shown: tuple[Aside, ...] = ()
    older: tuple[Aside, ...] = ()

    def __len__(self) -> int:
        return len(self.shown) + len(self.older)


def set_aside(session: Session) -> SetAside:
    """What was typed or drawn and is not part of what was handed in. One query."""
    rows = list(Revision.objects.filter(draft__session=session).set_aside().select_related("draft"))
    older = [row for row in rows if row.draft.part == Part.BOARD][:-DRAWN]
    return SetAside(
        shown=tuple(_aside(row, is_drawn=True) for row in rows if row not in older),
        older=tuple(_aside(row, is_drawn=False) for row in older),
    )


def _aside(row: Revision, *, is_drawn: bool) -> Aside:
    is_board = row.draft.part == Part.BOARD
    drawing = diagrams.board(row.inserted) if is_board and is_drawn else None
    return Aside(row.get_kind_display(), row.at, row.inserted, is_board, drawing)


def talk(question: Question, submission: Submission) -> Talk:
    said = submission.exchanges
    return Talk(
        asked=tuple(_asked(said)),
        follow_ups=tuple(_follow_ups(said, submission.pieces)),
        hints=tuple(_hints(said, question)),
    )


def boards(submission: Submission) -> dict[str, scene.Board]:
    """Step → the board that was handed in with it, as it was read. That takes time: who shows more of it reads once."""
    drawn = ((step, submission.originals.get(f"{step}.board")) for step in BOARD_STEPS if step in submission.answer)
    return {step: scene.read(text) for step, text in drawn if text is not None}


def sheet_lines(
    question: Question, submission: Submission, drawn: Mapping[str, scene.Board] | None = None
) -> tuple[SheetLine, ...]:
    """The sheet as it was typed, line by line, and what each came to. `drawn`: the boards, where they were read."""
    typed = submission.originals.get(f"{SHEET_STEP}.sheet", "")
    if not typed.strip():
        return ()
    drawn = boards(submission) if drawn is None else drawn
    # Only what was written: the sheet itself is joined on to its step.
    texts = {step: _written(submission, step) for step in submission.answer}
    board = next(iter(drawn.values()), None)
    read = estimate.read(typed, question=question, variant=submission.variant, texts=texts, board=board)
    return tuple(
        SheetLine(
            kind=line.row.kind,
            typed=line.row.typed,
            name=line.row.name,
            sum=line.row.expression,
            value=line.row.shown,
            also=line.row.also_shown,
            note=line.row.note,
            error=" ".join(filter(None, (line.row.error, line.row.remedy))),
            doubt=line.row.doubt,
            used=line.used,
        )
        for line in read.lines
    )


def holds(
    question: Question, submission: Submission, drawn: Mapping[str, scene.Board] | None = None
) -> dict[str, tuple[str, ...]]:
    """Step → what was handed in with it, in words: counted in the one copy that was handed in, not in the drafts."""
    replies = Counter(row["step"] for row in submission.pieces if row["part"] == "reply")
    held = dict(_held(submission, boards(submission) if drawn is None else drawn))
    lines = next(_on_the_sheet(question, submission), "")
    found = {}
    for step in submission.answer:
        own = counted(prompted.words(_text(submission, step)), "word")
        answered = f"{counted(replies[step], 'reply', 'replies')} to follow-ups" if replies[step] else ""
        said = (own, lines if step == SHEET_STEP else "", held.get(step, ""), answered)
        found[step] = tuple(filter(None, said))
    return found


def counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _held(submission: Submission, drawn: Mapping[str, scene.Board]) -> Iterator[tuple[str, str]]:
    """What the board of each step holds. The deep dive has one of its own only where it changed after the design."""
    before = ""
    for step in BOARD_STEPS:
        if step not in submission.answer:
            continue
        if step in drawn:
            graph = drawn[step].graph
            before = f"{counted(len(graph.parts), 'part')}, {counted(len(graph.edges), 'link')}"
            yield step, before
        elif before:
            yield step, f"the same board, {before}"


def _on_the_sheet(question: Question, submission: Submission) -> Iterator[str]:
    typed = submission.originals.get(f"{SHEET_STEP}.sheet", "")
    if typed.strip():
        rows = sheet.evaluate(typed, numbers.givens(question, submission.variant)).rows
        yield counted(sum(row.kind not in ("text", "blank") for row in rows), "line") + " on the sheet"


def _text(submission: Submission, step: str) -> str:
    """What was written; all of it where nothing says what lies where."""
    return _written(submission, step) if submission.pieces else submission.answer[step]


def _written(submission: Submission, step: str) -> str:
    parts = [row for row in submission.pieces if row["step"] == step and row["part"] == "text"]
    return "\n".join(submission.answer[step][row["start"] : row["end"]] for row in parts)


def _asked(said: Sequence[Mapping[str, Any]]) -> Iterator[Asked]:
    """Each question with the replies behind it: they were kept together. What was told twice counts the first time."""
    counted: set[str] = set()
    for place, one in enumerate(said):
        if one["kind"] != "question":
            continue
        behind = said[place + 1 :]
        ends = next((n for n, other in enumerate(behind) if other["kind"] == "question"), len(behind))
        replies = [other for other in behind[:ends] if other["kind"] == "reply"]
        texts = tuple(reply["text"] for reply in replies)
        counts = {reply["key"] for reply in replies if reply.get("counts")} - counted
        counted |= counts
        yield Asked(one["at"], one["text"], texts, len(counts))


def _follow_ups(said: Sequence[Mapping[str, Any]], pieces: Sequence[Mapping[str, Any]]) -> Iterator[FollowUp]:
    settled = {one["key"]: _SETTLED[one["kind"]] for one in said if one["kind"] in _SETTLED}
    replied = {row["key"]: row["step"] for row in pieces if row["part"] == "reply"}
    for one in said:
        if one["kind"] == "probe":
            key = one["key"]
            reply = replied.get(key, "")
            # Who writes below it has answered; who only took it over has not.
            state = "answered" if reply else "skipped" if settled.get(key) == "skipped" else "open"
            yield FollowUp(key, one["at"], one["text"], one["step"], state, reply)


def _hints(said: Sequence[Mapping[str, Any]], question: Question) -> Iterator[Given]:
    titles = {criterion.key: criterion.title for _, criterion in question.criteria()}
    for one in said:
        if one["kind"] == "hint":
            cost = float(one.get("cost", 0.0)) * _WHOLE
            yield Given(one["at"], one["text"], one["key"], titles.get(one["key"], ""), cost)
