"""A question folder on disk → a typed question, or every problem in it with file and line. Pure.

<slug>/question.yaml  <slug>/model-answer.md  <slug>/examples/*.md
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catalog import yaml_lines
from catalog.rules import violations
from catalog.spec import Question
from catalog.yaml_lines import YamlError

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
    """What reading a folder gave: a question when there was no problem."""

    slug: str
    question: Question | None
    problems: tuple[Problem, ...]


def question_folders(root: Path) -> list[Path]:
    """The folders that hold a question: those of `root`, or `root` itself if it is one."""
    if (root / QUESTION).is_file():
        return [root]
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def read(folder: Path, *, thorough: bool = False) -> Reading:
    """Read one question folder; `thorough` asks as well what takes seconds. Never raises for what an author wrote."""
    file = folder / QUESTION
    problems: list[Problem] = []
    try:
        data, lines = yaml_lines.load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Reading(folder.name, None, (Problem(str(file), 1, f"is missing: a question needs a {QUESTION}"),))
    except UnicodeDecodeError as error:
        return Reading(folder.name, None, (Problem(str(file), 1, f"is not UTF-8 text: {error.reason}"),))
    except YamlError as error:
        return Reading(folder.name, None, (Problem(str(file), error.line, str(error)),))
    if not isinstance(data, dict):
        return Reading(folder.name, None, (Problem(str(file), 1, "must be a mapping of fields"),))
    for field in FROM_FILES:
        if field in data:
            line = yaml_lines.line_of(lines, (field,))
            problems.append(Problem(str(file), line, f"“{field}” is not written here: {_WHERE[field]}"))
            del data[field]
    data["slug"] = folder.name
    data["model_answer"] = _model_answer(folder, problems)
    data["examples"] = list(_examples(folder, problems))
    try:
        question = Question.model_validate(data)
    except ValidationError as error:
        problems += _from_pydantic(error, file, lines)
        return Reading(folder.name, None, tuple(sorted(set(problems))))
    for path, message in violations(question, thorough=thorough):
        problems.append(_located(path, message, folder, lines))
    return Reading(folder.name, None if problems else question, tuple(sorted(set(problems))))


def line_of(home: Path, path: yaml_lines.Path) -> int:
    """Where something is written in the question.yaml of a folder that can be read."""
    _, lines = yaml_lines.load((home / QUESTION).read_text(encoding="utf-8"))
    return yaml_lines.line_of(lines, path)


_WHERE = {
    "slug": "the folder's name is the slug",
    "model_answer": f"it lives in {MODEL_ANSWER}",
    "examples": f"they live in {EXAMPLES}/*.md",
}


def _model_answer(folder: Path, problems: list[Problem]) -> str:
    path = folder / MODEL_ANSWER
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        problems.append(Problem(str(path), 1, "is missing or not UTF-8: write the model answer here, five headings"))
        return "missing"


def _examples(folder: Path, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    paths = sorted((folder / EXAMPLES).glob("*.md"))
    if not paths:
        problems.append(Problem(str(folder / EXAMPLES), 1, "holds no example: write strong.md, middling.md, weak.md"))
    for path in paths:
        head, fence, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
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


def _from_pydantic(error: ValidationError, file: Path, lines: dict[yaml_lines.Path, int]) -> Iterator[Problem]:
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
            yield Problem(str(file), yaml_lines.line_of(lines, path), f"{where}: {message}")


def _located(path: yaml_lines.Path, message: str, folder: Path, lines: dict[yaml_lines.Path, int]) -> Problem:
    if path[0] == "model_answer":
        return Problem(str(folder / MODEL_ANSWER), 1, message)
    if path[0] == "examples":
        return Problem(str(folder / EXAMPLES / f"{path[1]}.md"), 1, message)
    return Problem(str(folder / QUESTION), yaml_lines.line_of(lines, path), message)
