"""What the text of a step is made of: what was written, the sheet, the board, and what was written when asked.

A submission is one text for each step; its `pieces` say which part of it lies where, its `originals` what was typed and
drawn. Submissions from before have neither: there the text is all that was written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scoring.models import Submission
from scoring.quotes import Reply

TEXT: Final = "text"
SHEET: Final = "sheet"
BOARD: Final = "board"
REPLY: Final = "reply"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet as it was typed and what it came to; `used` names the steps that refer to it.

    doubt: what it does that is doubtful though it was worked out, as in "adds users and links".
    """

    kind: str
    typed: str
    name: str = ""
    sum: str = ""
    value: str = ""
    also: str = ""
    note: str = ""
    error: str = ""
    doubt: str = ""
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """`text[start:end]` of a step; `key` is that of the follow-up for a reply."""

    part: str
    start: int
    end: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """The parts of a step in the order of its text; `board` is the scene as it was drawn, `sheet` its lines."""

    parts: tuple[Part, ...] = ()
    board: str = ""
    sheet: tuple[SheetLine, ...] = ()

    def written(self, text: str) -> str:
        """What of the text was written; all of it where nobody says."""
        if not self.parts:
            return text if not self.board else ""
        return "\n".join(text[part.start : part.end] for part in self.parts if part.part == TEXT)

    def of(self, name: str) -> Iterator[Part]:
        return (part for part in self.parts if part.part == name)


TEXT_ALONE: Final = Laid()


def of_step(submission: Submission, step: str, sheet: Sequence[SheetLine] = ()) -> Laid:
    parts = tuple(part for where, part in _parts(submission) if where == step)
    has_sheet = any(part.part == SHEET for part in parts)
    board = submission.originals.get(f"{step}.{BOARD}", "")
    return Laid(parts, board, tuple(sheet) if has_sheet else ())


def replies(submission: Submission) -> tuple[Reply, ...]:
    return tuple((step, part.start, part.end) for step, part in _parts(submission) if part.part == REPLY)


def _parts(submission: Submission) -> Iterator[tuple[str, Part]]:
    for row in submission.pieces:
        length = len(submission.answer.get(row["step"], ""))
        if 0 <= row["start"] < row["end"] <= length:
            yield row["step"], Part(row["part"], row["start"], row["end"], row.get("key", ""))
