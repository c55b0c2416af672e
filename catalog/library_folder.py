"""Topics, cards and reference pages on disk → typed, or every problem in them with file and line. Pure.

topics/<slug>.md  cards/<name>.yaml  reference/<slug>.md, beside the folder of the questions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from catalog import complaints, rules, yaml_lines
from catalog.folder import LIBRARY, Problem, problem_at, text_of
from catalog.library_spec import Card, Reference, Topic
from catalog.yaml_lines import YamlError

TOPICS, CARDS, REFERENCE = LIBRARY
FENCE = "---\n"
FROM_FILE = {"slug": "the file's name is the slug", "body": "it is what follows the front matter"}
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something that was read, with its file, the line of each field, and the line its body begins on."""

    item: T
    file: str
    lines: dict[yaml_lines.Path, int]
    body: int = 1

    def problem(self, path: yaml_lines.Path, message: str) -> Problem:
        line = yaml_lines.line_of(self.lines, path)
        # These two are no fields that somebody writes, but the file's name and its text.
        return problem_at(self.file, line, () if path in (("slug",), ("body",)) else path, message)

    def problem_in_body(self, line: int, message: str) -> Problem:
        """`line` counts from 0 in the body."""
        return Problem(self.file, self.body + line, message)


Entries = Sequence[Placed[Any]]


@dataclass(frozen=True, slots=True)
class Library:
    """What lies beside the questions of a folder."""

    topics: tuple[Placed[Topic], ...] = ()
    cards: tuple[Placed[Card], ...] = ()
    reference: tuple[Placed[Reference], ...] = ()
    # What cannot be read; what is wrong with the rest is said by `library_rules`.
    problems: tuple[Problem, ...] = ()

    def unread(self, folder: str) -> set[str]:
        """Names, without their ending, of the files in `folder` that hold something that cannot be read."""
        files = [Path(problem.file) for problem in self.problems]
        return {file.stem for file in files if file.parent.name == folder}


def read(root: Path) -> Library:
    """Everything under `root`; never raises for what an author wrote."""
    problems: list[Problem] = []
    return Library(
        topics=tuple(_pages(root / TOPICS, Topic, problems)),
        cards=tuple(_cards(root / CARDS, problems)),
        reference=tuple(_pages(root / REFERENCE, Reference, problems)),
        problems=tuple(sorted(set(problems))),
    )


def _pages(folder: Path, kind: type[T], problems: list[Problem]) -> Iterator[Placed[T]]:
    """Markdown files that begin with front matter; the name of the file is the slug."""
    for path in sorted(folder.glob("*.md")):
        text = text_of(path, problems)
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
        for name in FROM_FILE.keys() & data.keys():
            line = yaml_lines.line_of(lines, (name,))
            problems.append(Problem(str(path), line, f"“{name}” is not written here: {FROM_FILE[name]}"))
        start = head.count("\n") + 4
        fields = {**data, "slug": path.stem, "body": body}
        lines |= {("body",): start, ("slug",): 1}
        placed = _placed(path, kind, fields, lines, problems)
        if placed is not None:
            problems += _unwritten_lines(path, body, start)
            yield Placed(placed, str(path), lines, start)


def _cards(folder: Path, problems: list[Problem]) -> Iterator[Placed[Card]]:
    for path in sorted(folder.glob("*.yaml")):
        text = text_of(path, problems)
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
            own[("slug",)] = yaml_lines.line_of(own, ("key",))
            card = _placed(path, Card, row, own, problems)
            if card is not None:
                yield Placed(card, str(path), own)


def _placed(
    path: Path, kind: type[T], fields: dict[str, Any], lines: dict[yaml_lines.Path, int], problems: list[Problem]
) -> T | None:
    item: T | None = None
    found: list[rules.Violation] = []
    try:
        item = kind.model_validate(fields)
        found += rules.unwritten(item.model_dump(mode="json", exclude={"slug", "body"}))
    except ValidationError as error:
        found += complaints.of(error, kind, elsewhere=FROM_FILE)
    problems += [problem_at(path, yaml_lines.line_of(lines, place), place, message) for place, message in found]
    return item


def _unwritten_lines(path: Path, body: str, start: int) -> Iterator[Problem]:
    """What `new_topic` left to write below the front matter, which ends before the line `start`."""
    for number, line in enumerate(body.split("\n"), start):
        _, todo, what = line.partition(rules.TODO)
        if todo:
            yield problem_at(path, number, ("body",), f"{rules.UNWRITTEN}: {what}")


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
