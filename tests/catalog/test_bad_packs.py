"""Every rule for authors has a pack that breaks it, and is broken at the line that is named."""

import csv
from pathlib import Path

import pytest

from catalog import checking, rules
from scoring import encoding
from scoring.content import own_texts_score
from tests.scoring import live

BAD = Path(__file__).resolve().parents[2] / "fixtures" / "bad"
EXPECTED = list(csv.DictReader((BAD / "expected.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
SCORED = [row for row in EXPECTED if row["thorough"]]


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packs say nearly the same, and what they say is prepared once for all of them."""
    monkeypatch.setattr(rules, "registered", [own_texts_score])
    monkeypatch.setattr(encoding, "encoder", live.encoder)


@pytest.mark.usefixtures("scorer")
def test_the_pack_that_the_others_were_made_from_is_sound() -> None:
    assert checking.check(BAD / "_sound").problems == ()


@pytest.mark.usefixtures("scorer")
@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["kind"])
def test_a_broken_pack_is_named_with_file_line_and_problem(row: dict[str, str]) -> None:
    (problem,) = checking.check(BAD / row["kind"], thorough=bool(row["thorough"])).problems
    assert problem.file == str(BAD / row["kind"] / row["file"])
    assert problem.line == int(row["line"])
    assert row["message"] in problem.message


@pytest.mark.parametrize("row", SCORED, ids=lambda row: row["kind"])
def test_what_only_the_scorer_refuses_can_be_published(row: dict[str, str]) -> None:
    assert checking.check(BAD / row["kind"], thorough=False).problems == ()


def test_there_is_a_pack_for_each_kind_and_nothing_else() -> None:
    assert {path.name for path in BAD.iterdir() if path.is_dir()} == {"_sound", *(row["kind"] for row in EXPECTED)}
    assert len(EXPECTED) >= 25
    assert len(SCORED) >= 4
