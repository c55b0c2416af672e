"""What is handed in: the text of each step, below its sheet and its board as text. Pure.

One text a step is what the engine reads, what evidence points into, and what stays readable without an editor. What
was typed and drawn is kept beside it, for showing. Sheet and board come first, as they do in the room: whatever
somebody types, a code block left open or more than is read, cannot hide them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from catalog.spec import Question
from catalog.steps import DEEP_DIVE, HIGH_LEVEL_DESIGN
from interview import numbers, prompted, sheet
from interview.interviewer import Exchange, asked_well, hints
from interview.parts import SHEET_STEP, Part, board_step
from scoring.engine.graph import mermaid, scene

# The board as it stood when the requirement changed.
BEFORE: Final = "curveball.board"


@dataclass(frozen=True, slots=True)
class Work:
    """All that a session holds at its end, as typed and drawn.

    design: the board as the high-level design, where that is not the board of the end.  before: the board when the
    curveball came; None when none did.  frozen_at: seconds since the start at which the requirements were frozen.
    """

    texts: Mapping[str, str]
    sheet: str = ""
    board: str = ""
    design: str | None = None
    before: str | None = None
    said: Sequence[Exchange] = ()
    frozen_at: float | None = None


@dataclass(slots=True)
class Handed:
    """As `scoring.grading.submit` takes it: see the fields of Submission."""

    answer: dict[str, str] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    pieces: list[dict[str, Any]] = field(default_factory=list)
    exchanges: list[dict[str, Any]] = field(default_factory=list)


def join(question: Question, variant: int, work: Work) -> Handed:
    handed = Handed(exchanges=list(_exchanges(question, work)), originals=_originals(work))
    boards = _boards(work)
    for step, text in work.texts.items():
        joined = _Joined(step, handed)
        if step == SHEET_STEP and work.sheet.strip():
            rows = sheet.evaluate(work.sheet, numbers.givens(question, variant))
            joined.add(Part.SHEET, sheet.render(rows))
        if step in boards:
            joined.add(Part.BOARD, _flowchart(boards[step]))
        joined.add_text(text, work.said)
        handed.answer[step] = joined.text
    return handed


def as_typed(work: Work) -> Handed:
    """The texts alone, with everything else kept beside them unread."""
    return Handed(answer=dict(work.texts), originals=_originals(work), exchanges=[asdict(one) for one in work.said])


class _Joined:
    """One step's text as it grows, with what lies where in it."""

    def __init__(self, step: str, handed: Handed) -> None:
        self.step = step
        self.handed = handed
        self.text = ""

    def add(self, part: Part, text: str) -> int:
        """Where it begins."""
        start = len(self.text)
        if text.strip():
            self._lies(part, start, start + len(text))
        self.text += text
        return start

    def add_text(self, text: str, said: Sequence[Exchange]) -> None:
        if self.text and text.strip():
            self.text = self.text.rstrip("\n") + "\n\n"
        start = self.add(Part.TEXT, text)
        for reply in prompted.replies(text, said):
            self._lies("reply", start + reply.start, start + reply.end, reply.key)

    def _lies(self, part: str, start: int, end: int, key: str = "") -> None:
        self.handed.pieces.append({"step": self.step, "part": str(part), "start": start, "end": end, "key": key})


def _boards(work: Work) -> dict[str, str]:
    """The board as each step is handed in with it: once, unless it was changed after the design was done."""
    design = work.board if work.design is None or HIGH_LEVEL_DESIGN not in work.texts else work.design
    home = board_step(list(work.texts))
    found = {home: design} if home and design else {}
    if work.board != design:
        # Emptied is changed as well.
        found[DEEP_DIVE] = work.board
    return found


def _originals(work: Work) -> dict[str, str]:
    found = {f"{step}.{Part.BOARD}": board for step, board in _boards(work).items()}
    if work.sheet.strip():
        found[f"{SHEET_STEP}.{Part.SHEET}"] = work.sheet
    if work.before is not None:
        found[BEFORE] = work.before
    return found


def _flowchart(board: str) -> str:
    graph = scene.read(board).graph
    return f"```mermaid\n{mermaid.write(graph)}```" if graph.nodes else ""


def _exchanges(question: Question, work: Work) -> Iterator[dict[str, Any]]:
    """What was said, and what of it counts: questions that matter and came in time, each once; the price of hints."""
    matter = asked_well(question, work.said, frozen_at=work.frozen_at)
    counts = {key for key, one in question.keyed_clarifications() if one in matter}
    for one in work.said:
        row = asdict(one)
        if one.kind == "reply" and one.key in counts:
            # Asked again it is told again, and counts no more.
            counts.remove(one.key)
            row["counts"] = True
        if one.kind == "hint":
            row["cost"] = hints.COST
        yield row
