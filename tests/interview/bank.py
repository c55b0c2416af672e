"""The questions of the catalog, and how people ask about them: one row of asked.tsv each."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalog import folder
from catalog.spec import Question

QUESTIONS = Path(__file__).resolve().parents[2] / "fixtures" / "questions"
TABLE = Path(__file__).with_name("asked.tsv")
SLUGS = [path.name for path in folder.question_folders(QUESTIONS)]
# What the interviewer may do instead of telling something.
MANNERS = frozenset({"assume", "decide", "vague", "polite"})


@dataclass(frozen=True, slots=True)
class Row:
    """`expected`: keys of what should be told, `a|b` where either will do; or how else it should be taken.

    Rows that are held were never looked at while the matching was made; the others were.
    """

    slug: str
    is_held: bool
    expected: tuple[str, ...]
    text: str


@cache
def question(slug: str) -> Question:
    reading = folder.read(QUESTIONS / slug)
    assert reading.question is not None, reading.problems
    return reading.question


@cache
def rows() -> tuple[Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(
                row["question"],
                row["set"] == "held",
                tuple(row["expected"].split("+")),
                row["asked"].replace("\\n", "\n"),
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )
