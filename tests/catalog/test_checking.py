"""What is said of a whole folder: sentences and names that are used twice, topics that are not there."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog import checking, folder, loader, target, yaml_lines
from catalog.target import NoContent, Target
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


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(SOUND, tmp_path / "pack")


def test_a_part_of_a_pack_is_found_in_it(pack: Path) -> None:
    for name in ("topics", "cards", "reference", "topics/finding-things.md", "cards/data.yaml", "reference/sizes.md"):
        assert target.find(pack / name) == Target(pack, part=pack / name)


def test_a_file_of_a_question_stands_for_the_question(pack: Path) -> None:
    home = pack / "questions" / "sound"
    for name in ("question.yaml", "model-answer.md", "examples/weak.md"):
        assert target.find(home / name) == Target(home)


@pytest.mark.parametrize(
    ("inside", "path", "root", "part"),
    [
        ("topics", ".", "", "topics"),
        ("topics", "finding-things.md", "", "topics/finding-things.md"),
        ("", "topics", "", "topics"),
        ("", "topics/finding-things.md", "", "topics/finding-things.md"),
        ("questions/sound", ".", "questions/sound", None),
        ("questions/sound", "question.yaml", "questions/sound", None),
        ("questions/sound/examples", "weak.md", "questions/sound", None),
        ("questions/sound/examples", "..", "questions/sound", None),
    ],
)
def test_whoever_stands_in_the_folder_is_understood(
    pack: Path, monkeypatch: pytest.MonkeyPatch, inside: str, path: str, root: str, part: str | None
) -> None:
    monkeypatch.chdir(pack / inside)
    found = target.find(Path(path))
    assert found.root.absolute() == pack / root
    assert (found.part and found.part.absolute()) == (pack / part if part else None)
    assert checking.check(found.root, part=found.part, thorough=False).told


def test_a_folder_of_questions_may_be_called_topics(tmp_path: Path) -> None:
    write_question(tmp_path / "topics")
    assert target.find(tmp_path / "topics") == Target(tmp_path / "topics")


@pytest.mark.parametrize("name", ["nowhere", "pack/notes.md", "pack/cards/data.yml", "pack/topics/x.yaml"])
def test_what_is_no_content_is_refused_and_what_to_give_is_said(pack: Path, name: str) -> None:
    if name != "nowhere":
        (pack.parent / name).write_text("")
    with pytest.raises(NoContent, match="give a pack"):
        target.find(pack.parent / name)


@pytest.mark.parametrize("name", ["", "pack/topics", "pack/cards"])
def test_to_check_nothing_is_no_success(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir(parents=True, exist_ok=True)
    with pytest.raises(CommandError, match="holds nothing to check: give a pack"):
        call_command("check_catalog", str(tmp_path / name))


def test_a_folder_of_topics_is_checked_as_part_of_its_pack(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_catalog", str(pack / "topics"))
    out = capsys.readouterr().out
    assert out == f"{pack / 'topics'} is checked as part of the pack {pack}\n2 topics, no problem\n"


def test_of_a_file_only_its_own_problems_are_named(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("keeping-things.md", "finding-things.md"):
        path = pack / "topics" / name
        path.write_text(path.read_text().replace("## When not to", "## Never mind"))
    with pytest.raises(CommandError, match=r"^1 problem in 1 topic$"):
        call_command("check_catalog", str(path))
    captured = capsys.readouterr()
    assert "the pack" in captured.out
    assert "; 1 problem elsewhere in it" in captured.out
    assert captured.err.count("\n") == 1
    assert f"{path}:10: has no section" in captured.err


def test_a_file_that_cannot_be_read_is_a_problem_of_nothing(pack: Path) -> None:
    path = pack / "cards" / "data.yaml"
    path.write_text("- key: [")
    with pytest.raises(CommandError, match=r"^1 problem$"):
        call_command("check_catalog", str(path))


def test_a_pack_may_hold_topics_alone(pack: Path) -> None:
    shutil.rmtree(pack / "questions")
    problems = checking.check(pack, thorough=False).problems
    assert {problem.message.partition(": ")[2].partition(" “")[0] for problem in problems} == {
        "names the question",
        "names the criterion",
    }


def test_a_question_may_send_to_a_topic_of_its_own_pack(pack: Path) -> None:
    home = pack / "questions" / "sound"
    text = (home / "question.yaml").read_text()
    (home / "question.yaml").write_text(text.replace("study: concurrency-control", "study: finding-things"))
    for root in (pack, home.parent, home):
        assert messages(root) == []


def test_what_is_left_to_write_is_one_line_for_each_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("new_question", "rides", folder=tmp_path)
    capsys.readouterr()
    home = tmp_path / "rides"
    with pytest.raises(CommandError, match=r"; --all names each text to write$") as failure:
        call_command("check_catalog", str(home))
    short = capsys.readouterr().err.splitlines()
    lines = (home / "question.yaml").read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines, 1) if "requirements_1" in line) + 1
    told = f"steps.requirements: 16 texts to write, first at line {first}"
    assert f"{home / 'question.yaml'}:{first}: {told}" in short
    assert f"{home / 'question.yaml'}:4: title: is still to be written: as it stands in the list" in short
    assert len(short) < 40
    with pytest.raises(CommandError, match=r"in 1 question$"):
        call_command("check_catalog", str(home), all=True)
    every = capsys.readouterr().err.splitlines()
    assert len(every) > 100
    assert str(failure.value).startswith(f"{len(every)} problems in 1 question")
    assert sum("still to be written" in line and "requirements" in line for line in every) == 16


def test_one_other_is_one(tmp_path: Path) -> None:
    shared = ["No other question says this about lamps.", "Nor does another say that.", "Least of all this here."]
    own = ["All of the bells ring in the evening.", "Ringing is paid for by the town.", "It stops before midnight."]
    write_question(tmp_path, "bells", steps=steps(*shared))
    found: dict[str, Any] = steps(shared[0], shared[1], own[0])
    for step in found.values():
        for index, item in enumerate(step["criteria"]):
            if item["key"] != "requirements_one":
                item["points"][0]["statements"] = [f"{text} {item['key']} {index}" for text in own]
    write_question(tmp_path, "lamps", steps=found)
    assert any("stands in bells as well, and so does 1 more" in message for message in messages(tmp_path))
