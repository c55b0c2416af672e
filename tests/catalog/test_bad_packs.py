"""Every rule for authors has a pack that breaks it, and is broken at the line that is named."""

import csv
from pathlib import Path

import pytest

from catalog import checking

BAD = Path(__file__).resolve().parents[2] / "fixtures" / "bad"
EXPECTED = list(csv.DictReader((BAD / "expected.tsv").open(encoding="utf-8"), delimiter="\t"))


def test_the_pack_that_the_others_were_made_from_is_sound() -> None:
    assert checking.check(BAD / "_sound", thorough=False).problems == ()


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["kind"])
def test_a_broken_pack_is_named_with_file_line_and_problem(row: dict[str, str]) -> None:
    (problem,) = checking.check(BAD / row["kind"], thorough=False).problems
    assert problem.file == str(BAD / row["kind"] / row["file"])
    assert problem.line == int(row["line"])
    assert row["message"] in problem.message


def test_there_is_a_pack_for_each_kind_and_nothing_else() -> None:
    assert {path.name for path in BAD.iterdir() if path.is_dir()} == {"_sound", *(row["kind"] for row in EXPECTED)}
    assert len(EXPECTED) >= 25
