"""A question that is begun: everything is there, what is left to write is said, and editors know its form."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog import checking, loader, schema

OURS = loader.default_root() / schema.FILE


def test_nothing_is_wrong_with_it_but_what_is_still_to_be_written(tmp_path: Path) -> None:
    call_command("new_question", "ride-hailing", folder=tmp_path)
    problems = checking.check(tmp_path, thorough=False).problems
    assert len(problems) > 100
    assert [str(problem) for problem in problems if "still to be written" not in problem.message] == []


@pytest.mark.parametrize("slug", ["Rides", "ride_hailing", "4-rides", "", "rides\n", "a/b", "r" * 61])
def test_what_is_no_slug_makes_no_folder(tmp_path: Path, slug: str) -> None:
    with pytest.raises(CommandError, match="is no slug"):
        call_command("new_question", slug, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "rides").mkdir()
    with pytest.raises(CommandError, match="already"):
        call_command("new_question", "rides", folder=tmp_path)
    assert list((tmp_path / "rides").iterdir()) == []


def test_a_file_is_no_place_for_a_question(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(CommandError, match="notes/rides cannot be written"):
        call_command("new_question", "rides", folder=tmp_path / "notes")


def test_its_first_line_leads_to_the_schema_from_wherever_it_is(tmp_path: Path) -> None:
    call_command("new_question", "rides", folder=tmp_path / "packs" / "questions")
    home = tmp_path / "packs" / "questions" / "rides"
    first = (home / "question.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert (home / first.partition("$schema=")[2]).resolve() == OURS.resolve()
    assert schema.modeline(OURS, OURS.parent / "rides").endswith("=../question.schema.json")


def test_the_schema_that_is_there_is_of_today() -> None:
    assert json.loads(OURS.read_text(encoding="utf-8")) == schema.of_question(), (
        "write it anew: manage.py question_schema > fixtures/questions/question.schema.json"
    )
