"""A question that is begun: everything is there, what is left to write is said, and editors know its form."""

import json
import random
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pydantic import ValidationError

from catalog import checking, folder, loader, schema
from catalog.spec import Question
from interview.interviewer import checking as interviewer

OURS = loader.default_root() / schema.FILE
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("lo", "mi", "ru", "ta")]


# So much is there to fill in within an hour.
TEXTS_OF_AN_HOUR = 130


def begun(tmp_path: Path) -> Path:
    call_command("new_question", "ride-hailing", folder=tmp_path)
    return tmp_path / "ride-hailing"


def fill_in(home: Path) -> int:
    """Write what is left to write; gives how many texts that were."""
    count = 0

    def words(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        number = " ".join(random.Random(count).choices(WORDS, k=9))
        return f"{match[1]}{number} {count}{match[1]}"

    for path in (path for path in sorted(home.rglob("*")) if path.is_file()):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)('?)TODO: .*?\1$", words, text), encoding="utf-8")
    return count


def test_once_filled_in_it_can_be_loaded(tmp_path: Path) -> None:
    home = begun(tmp_path)
    assert folder.read(home).question is None
    text = (home / "question.yaml").read_text(encoding="utf-8")
    (home / "question.yaml").write_text(text.partition("\n## ")[0] + "\n", encoding="utf-8")
    assert fill_in(home) <= TEXTS_OF_AN_HOUR
    assert folder.read(home).problems == ()


def test_as_much_as_the_form_asks_for_and_no_more(tmp_path: Path) -> None:
    home = begun(tmp_path)
    fill_in(home)
    question = folder.read(home).question
    assert question is not None
    data = question.model_dump(mode="json")
    criterion = data["steps"]["requirements"]["criteria"][0]
    lists = [(data, name) for name in ("clarifications", "quantities", "components", "flows", "tags", "examples")]
    lists += [
        (data["steps"]["requirements"], "criteria"),
        (criterion, "points"),
        (criterion["points"][0], "statements"),
    ]
    for part, name in lists:
        last = part[name].pop()
        with pytest.raises(ValidationError):
            Question.model_validate(data)
        part[name].append(last)
    Question.model_validate(data)


def test_what_is_left_to_share_it_is_said(tmp_path: Path) -> None:
    home = begun(tmp_path)
    path = home / "question.yaml"
    # As who takes the comment away in an editor.
    head, mark, tail = path.read_text(encoding="utf-8").partition("\n## ")
    path.write_text(head + re.sub("(?m)^# ", "", mark + tail), encoding="utf-8")
    fill_in(home)
    told = {problem.message for problem in checking.check(home, thorough=False).problems}
    (clarifications, criteria), anchors = sorted(told - (fit := {m for m in told if "fit every question" in m})), fit
    assert clarifications == "clarifications: holds 4; 8 are needed"
    assert criteria == "steps: holds 10 criteria; 12 to 25 can be marked with care"
    assert len(anchors) == 10
    question = folder.read(home).question
    assert question is not None
    assert [found for rule in interviewer.NEEDED for found in rule(question)] == []


def test_nothing_is_wrong_with_a_topic_but_what_is_still_to_be_written(tmp_path: Path) -> None:
    call_command("new_topic", "keeping-cats", folder=tmp_path / "topics")
    problems = checking.check(tmp_path, thorough=False).problems
    (other,) = [problem.message for problem in problems if "still to be written" not in problem.message]
    assert "write 300 to 900" in other


def test_a_topic_passes_once_it_is_filled_in(tmp_path: Path) -> None:
    call_command("new_topic", "keeping-cats", folder=tmp_path / "topics")
    (path,) = (tmp_path / "topics").iterdir()
    text = path.read_text(encoding="utf-8").replace("TODO: what it is and when", "TODO: " + "word " * 300)
    path.write_text(text.replace("TODO: ", ""), encoding="utf-8")
    assert checking.check(tmp_path, thorough=False) == checking.Checked((), "1 topic")


def test_topics_lie_in_a_folder_of_this_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"give {tmp_path / 'topics'}"):
        call_command("new_topic", "keeping-cats", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_topic_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "cats.md").write_text("Mine.")
    with pytest.raises(CommandError, match="already"):
        call_command("new_topic", "cats", folder=tmp_path / "topics")
    assert (tmp_path / "topics" / "cats.md").read_text() == "Mine."


@pytest.mark.parametrize("slug", ["Rides", "ride_hailing", "4-rides", "", "rides\n", "a/b", "r" * 61])
def test_what_is_no_slug_makes_no_folder(tmp_path: Path, slug: str) -> None:
    for command in ("new_question", "new_topic"):
        with pytest.raises(CommandError, match="is no slug"):
            call_command(command, slug, folder=tmp_path)
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
