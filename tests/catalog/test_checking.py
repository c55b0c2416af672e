"""What is said of a whole folder: sentences and names that are used twice, topics that are not there."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from catalog import checking, folder, loader, yaml_lines
from tests.catalog.factories import content, criterion
from tests.catalog.test_loader import write_question

SOUND = Path(__file__).resolve().parents[2] / "fixtures" / "bad" / "_sound"


def steps(*statements: str) -> dict[str, Any]:
    """Rubrics whose first criterion has these statements."""
    found: dict[str, Any] = content()["steps"]
    point = {"key": "said", "missing": "Say it.", "statements": list(statements)}
    found["requirements"]["criteria"][0] = criterion("requirements_one", points=[point])
    return found


def messages(root: Path) -> list[str]:
    return [problem.message for problem in checking.check(root, thorough=False).problems]


def test_sentences_that_two_questions_share_are_one_problem_at_the_first_of_them(tmp_path: Path) -> None:
    write_question(tmp_path, "bells")
    home = write_question(tmp_path, "lamps")
    found = [p for p in checking.check(tmp_path, thorough=False).problems if "stands in bells" in p.message]
    (problem,) = found
    assert problem.file == str(home / folder.QUESTION)
    line = (home / folder.QUESTION).read_text().splitlines()[problem.line - 1]
    assert "A lamp that is switched on" in line
    # Each of the twelve criteria says the same three.
    assert "and so do 35 more" in problem.message


def test_a_sentence_of_one_of_ours_is_known_as_well(tmp_path: Path) -> None:
    reading = folder.read(loader.default_root() / "chat")
    assert reading.question is not None
    theirs = next(p.statements for _, c in reading.question.criteria() for p in c.points if p.statements)
    write_question(tmp_path, "lamps", steps=steps(*theirs[:3]))
    assert any("stands in chat as well, and so do 2 more" in message for message in messages(tmp_path))


def test_a_folder_of_ours_is_not_held_against_itself() -> None:
    assert messages(loader.default_root() / "chat") == []


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for slug in ("bells", "lamps"):
        write_question(tmp_path, slug)
    checking.check(tmp_path, thorough=False)
    read: list[str] = []
    load = yaml_lines.load

    def counted(text: str) -> Any:
        read.append(text)
        return load(text)

    monkeypatch.setattr(yaml_lines, "load", counted)
    assert len(checking.check(tmp_path, thorough=False).problems) > 10
    # Two questions and the front matter of three examples each.
    assert len(read) == 8


def test_names_of_ours_are_refused(tmp_path: Path) -> None:
    write_question(tmp_path / "questions", "chat")
    ours = loader.default_pack()
    for name in ("topics", "reference", "cards"):
        (tmp_path / name).mkdir()
        shutil.copy(min((ours / name).glob("*.*")), tmp_path / name)
    found = [p for p in checking.check(tmp_path, thorough=False).problems if "of ours" in p.message]
    assert {Path(problem.file).parent.name for problem in found} == {"chat", "topics", "reference", "cards"}
    assert "“chat” is a question of ours; give the folder a name of its own" in {p.message for p in found}


def test_a_pack_with_names_of_its_own_is_fine(tmp_path: Path) -> None:
    assert messages(shutil.copytree(SOUND, tmp_path / "pack")) == []


def test_a_criterion_that_sends_to_no_topic_is_named_with_its_line(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    found = [p for p in checking.check(tmp_path, thorough=False).problems if "names the topic “Lamps”" in p.message]
    lines = (home / folder.QUESTION).read_text().splitlines()
    assert len(found) == 12
    assert all("study: Lamps" in lines[problem.line - 1] for problem in found)
