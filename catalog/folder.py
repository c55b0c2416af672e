"""A question folder on disk → a typed question, or every problem in it with file and line. Pure.

<slug>/question.yaml  <slug>/model-answer.md  <slug>/examples/*.md
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catalog import rules, yaml_lines
from catalog.rules import Violation
from catalog.spec import Question
from catalog.yaml_lines import YamlError

Judge = Callable[[Question], list[Violation]]

QUESTION = "question.yaml"
MODEL_ANSWER = "model-answer.md"
EXAMPLES = "examples"
FROM_FILES = ("slug", "model_answer", "examples")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a file, said so that its author can mend it."""

    file: str
    line: int
    message: str

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
    """The folders that hold a question: those of `root`, or `root` itself if it is one."""
    if (root / QUESTION).is_file():
        return [root]
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


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
    data["slug"] = folder.name
    data["model_answer"] = _model_answer(folder, problems)
    data["examples"] = list(_examples(folder, problems))
    try:
        question = Question.model_validate(data)
    except ValidationError as error:
        problems += _from_pydantic(error, file, lines)
        return Reading(folder, None, tuple(sorted(set(problems))), lines)
    problems += [_located(path, message, folder, lines) for path, message in judge(question)]
    return Reading(folder, None if problems else question, tuple(sorted(set(problems))), lines)


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


def _examples(folder: Path, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    paths = sorted((folder / EXAMPLES).glob("*.md"))
    if not paths:
        problems.append(Problem(str(folder / EXAMPLES), 1, "holds no example: write strong.md, middling.md, weak.md"))
    for path in paths:
        text = text_of(path, problems)
        if text is None:
            continue
        head, fence, body = text.removeprefix("---\n").partition("\n---\n")
        try:
            if not fence:
                raise YamlError(1, "must begin with front matter: key, kind and marks between two lines of ---")
            meta, _ = yaml_lines.load(head)
        except YamlError as error:
            problems.append(Problem(str(path), error.line + 1, str(error)))
            continue
        if not isinstance(meta, dict):
            problems.append(Problem(str(path), 2, "front matter must hold key, kind and marks"))
            continue
        yield {**meta, "text": body}


def _from_pydantic(error: ValidationError, file: Path, lines: Mapping[yaml_lines.Path, int]) -> Iterator[Problem]:
    items = error.errors(include_url=False)
    for item in items:
        path = item["loc"]
        # A list whose items are wrong seems to be short of them; that is said of the items.
        if item["type"] == "too_short" and any(other["loc"][: len(path)] == path != other["loc"] for other in items):
            continue
        where = ".".join(str(part) for part in path) or "question"
        message = item["msg"].removeprefix("Value error, ")
        if path[:1] == ("examples",):
            yield Problem(str(file.parent / EXAMPLES), 1, f"{where}: {message}")
        else:
            yield _located(path, f"{where}: {message}", file.parent, lines)


def _located(path: yaml_lines.Path, message: str, folder: Path, lines: Mapping[yaml_lines.Path, int]) -> Problem:
    if path[:1] == ("model_answer",):
        return Problem(str(folder / MODEL_ANSWER), 1, message)
    if path[:1] == ("examples",):
        return Problem(str(folder / EXAMPLES / f"{path[1]}.md"), 1, message)
    return Problem(str(folder / QUESTION), yaml_lines.line_of(lines, path), message)
