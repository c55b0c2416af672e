"""The sheet as the room shows it: what every line comes to, and which later step speaks of it. Reads, never writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.spec import Question
from catalog.steps import BY_KEY, DEEP_DIVE, ESTIMATION, HIGH_LEVEL_DESIGN, WRAP_UP
from interview import numbers, sheet
from interview.parts import BOARD_STEPS
from interview.sheet import Row
from scoring.engine.graph import scene

# Where a number may be used: what it decides, said below the sheet, and the steps that follow.
HERE = "the text"
USING = (ESTIMATION, HIGH_LEVEL_DESIGN, DEEP_DIVE, WRAP_UP)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; `used` names the steps that refer to it, `feeds` the lines that are worked out from it."""

    row: Row
    used: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()

    @property
    def insertion(self) -> str:
        """How its value is dropped into a text."""
        return sheet.insertion(self.row)

    @property
    def is_unread(self) -> bool:
        """Words that are taken for a remark although no # says so; whoever meant a sum has to see it."""
        return self.row.kind == "text" and bool(self.row.typed.partition("#")[0].strip())

    @property
    def is_idle(self) -> bool:
        """A number that was worked out and decides nothing yet, not even another number."""
        return self.row.kind == "worked out" and bool(self.row.name) and not self.used and not self.feeds


@dataclass(frozen=True, slots=True)
class Estimate:
    lines: tuple[Line, ...]

    @property
    def wrong(self) -> list[Row]:
        return [line.row for line in self.lines if line.row.error]

    @property
    def named(self) -> list[Line]:
        """What may be dropped into a text by its name."""
        return [line for line in self.lines if line.row.name and line.row.value is not None]


def read(
    text: str, *, question: Question, variant: int, texts: Mapping[str, str], board: str | scene.Board | None = None
) -> Estimate:
    """The sheet `text` beside the texts of the steps, by their keys, and the board as it is drawn or was read."""
    made = sheet.evaluate(text, numbers.givens(question, variant))
    found = sheet.references(made, _using(texts, board)) if made.named else {}
    feeds = made.feeds
    return Estimate(tuple(_line(row, found, feeds) for row in made.rows))


def _using(texts: Mapping[str, str], board: str | scene.Board | None) -> dict[str, str]:
    using = {step: texts[step] for step in USING if step in texts}
    home = next((step for step in BOARD_STEPS if step in using), None)
    if home and board:
        # A number on a part or an arrow is used as well as one in a sentence.
        drawn = scene.read(board) if isinstance(board, str) else board
        labels = [part.label for part in drawn.graph.parts.values()]
        said = "\n".join([*labels, *(edge.label for edge in drawn.graph.edges), *drawn.notes])
        using[home] = f"{using[home]}\n{said}"
    return using


def _line(row: Row, found: Mapping[str, tuple[str, ...]], feeds: Mapping[str, tuple[str, ...]]) -> Line:
    if not row.name or row.value is None:
        return Line(row)
    used = tuple(HERE if step == ESTIMATION else BY_KEY[step].short for step in found.get(row.name, ()))
    return Line(row, used, feeds.get(row.name, ()))
