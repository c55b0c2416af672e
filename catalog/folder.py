"""A question folder on disk → a typed question, or every problem in it with file and line. Pure.

<slug>/question.yaml  <slug>/model-answer.md  <slug>/examples/*.md
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catalog import complaints, rules, yaml_lines
from catalog.rules import Violation
from catalog.spec import Question
from catalog.yaml_lines import YamlError

Judge = Callable[[Question], list[Violation]]

QUESTION = "question.yaml"
MODEL_ANSWER = "model-answer.md"
EXAMPLES = "examples"
FROM_FILES = ("slug", "model_answer", "examples")
# What lies beside the questions of a pack.
LIBRARY = ("topics", "cards", "reference")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a file, said so that its author can mend it.

    `unwritten` is the part of the file in which a text is left to write, where that is what is wrong.
    """

    file: str
    line: int
    message: str
    unwritten: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a folder gave: a question when there was no problem, and where its fields are written."""

    home: Path
    question: Question | None
    problems: tuple[Problem, ...]
    lines: Mapping[yaml_lines.Path, int] = field(default_factory=dict, repr=False)

    @property
    def slug(self) -> str:
        return self.home.name

    def problem(self, path: yaml_lines.Path, message: str) -> Problem:
        """One more that is found in the question, with its line."""
        return _located(path, message, self.home, self.lines)


def question_folders(root: Path) -> list[Path]:
    """The folders that hold a question: those of `root`, or `root` itself if it is one.

    A pack without questions has its library there.
    """
    if (root / QUESTION).is_file():
        return [root]
    names = sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    return [path for path in names if path.name not in LIBRARY or (path / QUESTION).is_file()]


def read(folder: Path, *, judge: Judge = rules.faults) -> Reading:
    """Read one question folder, held against what `judge` asks. Never raises for what an author wrote."""
    file = folder / QUESTION
    problems: list[Problem] = []
    text = text_of(file, problems, missing=f"is missing: a question needs a {QUESTION}")
    if text is None:
        return Reading(folder, None, tuple(problems))
    try:
        data, lines = yaml_lines.load(text)
    except YamlError as error:
        return Reading(folder, None, (Problem(str(file), error.line, str(error)),))
    if not isinstance(data, dict):
        return Reading(folder, None, (Problem(str(file), 1, "must be a mapping of fields"),))
    for name in FROM_FILES:
        if name in data:
            line = yaml_lines.line_of(lines, (name,))
            problems.append(Problem(str(file), line, f"“{name}” is not written here: {_WHERE[name]}"))
            del data[name]
    examples = list(_examples(folder, problems))
    data |= {
        "slug": folder.name,
        "model_answer": _model_answer(folder, problems),
        "examples": [example.fields for example in examples],
    }
    try:
        question = Question.model_validate(data)
    except ValidationError as error:
        for path, message in complaints.of(error, Question, elsewhere=FROM_FILES):
            if path[:1] == ("examples",) and len(path) > 1:
                problems.append(examples[int(path[1])].problem(path[2:], message))
            # That there are too few was said of the folder.
            elif path != ("examples",):
                problems.append(_located(path, message, folder, lines))
        return Reading(folder, None, tuple(sorted(set(problems))), lines)
    problems += [_located(path, message, folder, lines) for path, message in judge(question)]
    return Reading(folder, None if problems else question, tuple(sorted(set(problems))), lines)


def problem_at(file: Path | str, line: int, path: yaml_lines.Path, message: str) -> Problem:
    """A problem of one field, which the message names first."""
    where = ".".join(map(str, path))
    unwritten = ".".join(map(str, path[: 2 if path[:1] == ("steps",) else 1]))
    return Problem(
        str(file),
        line,
        f"{where}: {message}" if where else message,
        unwritten=unwritten if message.startswith(rules.UNWRITTEN) else "",
    )


def text_of(path: Path, problems: list[Problem], *, missing: str = "") -> str | None:
    """What a file says; None, and one problem more, where it cannot be read. `missing` is said if it is not there."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problems.append(Problem(str(path), 1, f"is not UTF-8 text: {error.reason}"))
    except OSError as error:
        absent = missing if isinstance(error, FileNotFoundError) else ""
        problems.append(Problem(str(path), 1, absent or f"cannot be read: {error.strerror}"))
    return None


# Stands in for a model answer that cannot be read, so that the rest of the question is still checked.
_MISSING = "missing"
_WHERE = {
    "slug": "the folder's name is the slug",
    "model_answer": f"it lives in {MODEL_ANSWER}",
    "examples": f"they live in {EXAMPLES}/*.md",
}


def _model_answer(folder: Path, problems: list[Problem]) -> str:
    missing = "is missing: write the model answer here, five headings"
    return text_of(folder / MODEL_ANSWER, problems, missing=missing) or _MISSING


@dataclass(frozen=True, slots=True)
class _Example:
    file: Path
    fields: dict[str, Any]
    lines: Mapping[yaml_lines.Path, int]

    def problem(self, path: yaml_lines.Path, message: str) -> Problem:
        # The front matter begins on the second line.
        return problem_at(self.file, yaml_lines.line_of(self.lines, path) + 1, path, message)


def _examples(folder: Path, problems: list[Problem]) -> Iterator[_Example]:
    """The examples that can be read; a problem for each of the others, and one where there are too few."""
    paths = sorted((folder / EXAMPLES).glob("*.md"))
    kinds = {path.stem for path in paths}
    for path in paths:
        text = text_of(path, problems)
        if text is None:
            continue
        head, fence, body = text.removeprefix("---\n").partition("\n---\n")
        try:
            if not fence:
                raise YamlError(1, "must begin with front matter: key, kind and marks between two lines of ---")
            meta, lines = yaml_lines.load(head)
        except YamlError as error:
            problems.append(Problem(str(path), error.line + 1, str(error)))
            continue
        if not isinstance(meta, dict):
            problems.append(Problem(str(path), 2, "front matter must hold key, kind and marks"))
            continue
        kinds.add(str(meta.get("kind")))
        yield _Example(path, {**meta, "text": body}, lines)
    if len(paths) < len(rules.EXAMPLE_KINDS):
        problems.append(Problem(str(folder / EXAMPLES), 1, _too_few(kinds)))


def _too_few(kinds: Collection[str]) -> str:
    missing = [f"{kind}.md" for kind in rules.EXAMPLE_KINDS if kind not in kinds]
    told = "three examples are needed, one strong, one middling and one weak"
    if not missing:
        return told
    *others, last = missing
    return f"{told}; {', '.join(others)} and {last} are missing" if others else f"{told}; {last} is missing"


def _located(path: yaml_lines.Path, message: str, folder: Path, lines: Mapping[yaml_lines.Path, int]) -> Problem:
    if path[:1] == ("model_answer",):
        return Problem(str(folder / MODEL_ANSWER), 1, message)
    if path[:1] == ("examples",):
        # Of one of them, or of all.
        name = f"{path[1]}.md" if len(path) > 1 else ""
        return Problem(str(folder / EXAMPLES / name), 1, message)
    return problem_at(folder / QUESTION, yaml_lines.line_of(lines, path), path, message)
