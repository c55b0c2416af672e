"""Topics, cards and reference pages on disk → typed, or every problem in them with file and line. Pure.

topics/<slug>.md  cards/<name>.yaml  reference/<slug>.md, beside the folder of the questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from catalog import yaml_lines
from catalog.folder import Problem
from catalog.library_spec import Card, Reference, Topic
from catalog.yaml_lines import YamlError

FENCE = "---\n"
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something that was read, with its file, the line of each field, and the line its body begins on."""

    item: T
    file: str
    lines: dict[yaml_lines.Path, int]
    body: int = 1

    def problem(self, path: yaml_lines.Path, message: str) -> Problem:
        return Problem(self.file, yaml_lines.line_of(self.lines, path), message)

    def problem_in_body(self, line: int, message: str) -> Problem:
        """`line` counts from 0 in the body."""
        return Problem(self.file, self.body + line, message)


@dataclass(frozen=True, slots=True)
class Library:
    """What lies beside the questions of a folder."""

    topics: tuple[Placed[Topic], ...] = ()
    cards: tuple[Placed[Card], ...] = ()
    reference: tuple[Placed[Reference], ...] = ()
    problems: tuple[Problem, ...] = ()


def read(root: Path) -> Library:
    """Everything under `root`; never raises for what an author wrote."""
    problems: list[Problem] = []
    return Library(
        topics=tuple(_pages(root / "topics", Topic, problems)),
        cards=tuple(_cards(root / "cards", problems)),
        reference=tuple(_pages(root / "reference", Reference, problems)),
        problems=tuple(sorted(set(problems))),
    )


def _pages(folder: Path, kind: type[T], problems: list[Problem]) -> Iterator[Placed[T]]:
    """Markdown files that begin with front matter; the name of the file is the slug."""
    for path in sorted(folder.glob("*.md")):
        text = _text(path, problems)
        if text is None:
            continue
        head, fence, body = text.removeprefix(FENCE).partition("\n" + FENCE)
        if not text.startswith(FENCE) or not fence:
            problems.append(Problem(str(path), 1, "must begin with front matter between two lines of ---"))
            continue
        read = _mapping(path, head, problems, first_line=2)
        if read is None:
            continue
        data, lines = read
        start = head.count("\n") + 4
        fields = {**data, "slug": path.stem, "body": body}
        lines |= {("body",): start, ("slug",): 1}
        placed = _placed(path, kind, fields, lines, problems)
        if placed is not None:
            yield Placed(placed, str(path), lines, start)


def _cards(folder: Path, problems: list[Problem]) -> Iterator[Placed[Card]]:
    for path in sorted(folder.glob("*.yaml")):
        text = _text(path, problems)
        if text is None:
            continue
        try:
            rows, lines = yaml_lines.load(text)
        except YamlError as error:
            problems.append(Problem(str(path), error.line, str(error)))
            continue
        if not isinstance(rows, list):
            problems.append(Problem(str(path), 1, "must be a list of cards"))
            continue
        for index, row in enumerate(rows):
            own = {place[1:]: line for place, line in lines.items() if place[:1] == (index,)}
            if not isinstance(row, dict):
                problems.append(Problem(str(path), own.get((), 1), "a card is a mapping of fields"))
                continue
            card = _placed(path, Card, row, own, problems)
            if card is not None:
                yield Placed(card, str(path), own)


def _placed(
    path: Path, kind: type[T], fields: dict[str, Any], lines: dict[yaml_lines.Path, int], problems: list[Problem]
) -> T | None:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            where = ".".join(str(part) for part in item["loc"]) or kind.__name__.lower()
            problems.append(Problem(str(path), yaml_lines.line_of(lines, item["loc"]), f"{where}: {item['msg']}"))
        return None


def _mapping(
    path: Path, head: str, problems: list[Problem], *, first_line: int
) -> tuple[dict[str, Any], dict[yaml_lines.Path, int]] | None:
    try:
        data, lines = yaml_lines.load(head)
    except YamlError as error:
        problems.append(Problem(str(path), error.line + first_line - 1, str(error)))
        return None
    if not isinstance(data, dict):
        problems.append(Problem(str(path), first_line, "front matter must be a mapping of fields"))
        return None
    return data, {place: line + first_line - 1 for place, line in lines.items()}


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problems.append(Problem(str(path), 1, f"is not UTF-8 text: {error.reason}"))
        return None
