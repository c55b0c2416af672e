"""Marked answers for measuring the scorer: a folder with `marks.tsv` and Markdown files. Nothing of it is kept here.

Two forms of the table are understood, both with one row per answer and tab-separated columns:

- `id`, `question`, `kind` and marks: the file is `<question>-<id>.md`;
- `file`, `question`, marks and `source` (what stands before the first `/` is taken for the author).

Marks are five columns `requirements` … `wrap_up`, 0 to 4, or the same with `_1`, `_2` … for several graders.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from catalog import answer_file, folder
from catalog.spec import Question
from catalog.steps import STEPS
from scoring.engine.concepts import Encodes
from scoring.engine.types import Answer

QUESTIONS = Path(__file__).resolve().parent.parent / "fixtures" / "questions"
KEYS = tuple(step.key for step in STEPS)
WEIGHTS = {step.key: step.weight for step in STEPS}


@dataclass(frozen=True)
class Marked:
    """One answer and what each grader gave it: step → mark."""

    name: str
    question: str
    kind: str
    author: str
    text: str
    graders: tuple[Mapping[str, float], ...] = field(repr=False)

    @property
    def marks(self) -> dict[str, float]:
        """The mean of the graders."""
        return {key: sum(g[key] for g in self.graders) / len(self.graders) for key in KEYS}

    @property
    def overall(self) -> float:
        return overall(self.marks)

    @property
    def answer(self) -> Answer:
        return Answer({section.step: section.text for section in answer_file.split(self.text)})


def overall(marks: Mapping[str, float]) -> float:
    return sum(WEIGHTS[key] * marks[key] / 4 for key in KEYS)


def read(path: Path) -> list[Marked]:
    """Every answer of a folder whose question is in the catalog; says which are not."""
    table = path / "marks.tsv"
    if not table.is_file():
        raise SystemExit(f"{path} holds no marks.tsv")
    with table.open(encoding="utf-8", newline="") as lines:
        return list(_rows(path, csv.DictReader(lines, delimiter="\t")))


def _rows(path: Path, rows: "csv.DictReader[str]") -> Iterator[Marked]:
    for row in rows:
        name = row.get("file") or f"{row['question']}-{row['id']}.md"
        if not (QUESTIONS / row["question"] / "question.yaml").is_file():
            print(f"left out: {name}, there is no question {row['question']!r}")
            continue
        text = (path / name).read_text(encoding="utf-8")
        author = (row.get("source") or row.get("id") or name).split("/")[0]
        yield Marked(name, row["question"], row.get("kind") or "real", author, text, tuple(_graders(row)))


def _graders(row: Mapping[str, str]) -> Iterator[dict[str, float]]:
    suffixes = sorted({key.removeprefix(KEYS[0]) for key in row if key and key.startswith(KEYS[0])})
    for suffix in suffixes:
        yield {key: float(row[key + suffix]) for key in KEYS}


def slugs() -> set[str]:
    """Every question of the catalog."""
    return {path.name for path in folder.question_folders(QUESTIONS)}


def questions(wanted: set[str]) -> dict[str, Question]:
    found = {}
    for slug in sorted(wanted):
        reading = folder.read(QUESTIONS / slug)
        if reading.question is None:
            raise SystemExit("\n".join(str(problem) for problem in reading.problems))
        found[slug] = reading.question
    return found


def load_encoder() -> Encodes:
    from scoring.engine.encoder import Encoder  # not where answers are read by words alone

    return Encoder()
