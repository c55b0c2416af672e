"""Files become editions; what is broken changes nothing; what is gone retires."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import ProtectedError

from catalog import checking, folder, loader
from catalog.models import Edition, Question, Topic
from tests.catalog.factories import content, make_question, make_spec, make_topic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def write_question(root: Path, slug: str = "lamps", **fields: Any) -> Path:
    """A question folder on disk."""
    data = content(**fields)
    home = root / slug
    (home / "examples").mkdir(parents=True, exist_ok=True)
    (home / "model-answer.md").write_text(data.pop("model_answer"))
    for example in data.pop("examples"):
        head = yaml.safe_dump({"key": example["key"], "kind": example["kind"], "marks": example["marks"]})
        (home / "examples" / f"{example['key']}.md").write_text(f"---\n{head}---\n{example['text']}")
    del data["slug"]
    (home / "question.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    return home


def test_a_folder_becomes_a_live_question(tmp_path: Path) -> None:
    write_question(tmp_path)
    loaded = loader.load(tmp_path, now=NOW)
    assert (loaded.published, loaded.problems) == (["lamps"], [])
    question = Question.objects.live().get()
    assert (question.slug, question.current.number) == ("lamps", 1)
    assert question.summary == "Switch 10M devices at the same moment."
    assert question.current.spec.steps["requirements"].criteria[0].anchors[4] == "complete"


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    write_question(tmp_path)
    loader.load(tmp_path, now=NOW)
    assert loader.load(tmp_path, now=NOW).unchanged == ["lamps"]
    assert Edition.objects.count() == 1


def test_a_changed_file_is_a_new_edition_and_the_old_one_stays(tmp_path: Path) -> None:
    write_question(tmp_path)
    loader.load(tmp_path, now=NOW)
    write_question(tmp_path, title="Design many lamps")
    loader.load(tmp_path, now=NOW)
    assert list(Edition.objects.values_list("number", flat=True)) == [2, 1]
    assert Edition.objects.get(number=1).spec.title == "Design a lamp network"
    assert Question.objects.get().title == "Design many lamps"


def test_going_back_takes_up_a_new_number(tmp_path: Path) -> None:
    for title in ("One", "Two", "One"):
        write_question(tmp_path, title=title)
        loader.load(tmp_path, now=NOW)
    assert Question.objects.get().current.number == 3


def test_a_broken_file_never_changes_what_is_live(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    write_question(tmp_path, "bells")
    loader.load(tmp_path, now=NOW)
    (home / "question.yaml").write_text("title: [unfinished")
    loaded = loader.load(tmp_path, now=NOW)
    assert (loaded.broken, loaded.unchanged) == (["lamps"], ["bells"])
    assert Question.objects.live().count() == 2


def test_a_removed_folder_retires_and_comes_back(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    loader.load(tmp_path, now=NOW)
    home.rename(tmp_path / "_lamps")
    assert loader.load(tmp_path, now=NOW).retired == ["lamps"]
    assert not Question.objects.live().exists()
    (tmp_path / "_lamps").rename(home)
    assert loader.load(tmp_path, now=NOW).published == ["lamps"]
    assert (Question.objects.live().count(), Edition.objects.count()) == (1, 1)


def test_another_folder_does_not_retire_ours(tmp_path: Path) -> None:
    write_question(tmp_path / "ours")
    write_question(tmp_path / "theirs", "bells")
    loader.load(tmp_path / "ours", now=NOW)
    loader.load(tmp_path / "theirs", now=NOW)
    assert Question.objects.live().count() == 2


OF_OLD: dict[str, Any] = {
    "level": None,
    "expectations": None,
    "reviewed": None,
    "curveballs": [],
    "probes": [],
    "trade_offs": [],
}


def test_a_question_in_the_format_of_old_is_published_and_only_authors_are_told(tmp_path: Path) -> None:
    few = content()["clarifications"][:4]
    home = write_question(tmp_path, clarifications=few, **OF_OLD)
    loaded = loader.load(tmp_path, now=NOW)
    assert (loaded.published, loaded.problems) == (["lamps"], [])
    messages = [p.message for p in checking.check(home, thorough=False).problems]
    assert any("from foundation to mastery" in message for message in messages)
    assert "clarifications: holds 4; 8 are needed" in messages


def as_another_version_listed_it() -> None:
    Question.objects.update(search_text="lamps of old", topics=[])


def test_a_question_that_is_left_alone_is_listed_and_found_as_now(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    loader.load(tmp_path, now=NOW)
    as_another_version_listed_it()
    (home / "question.yaml").write_text("title: [unfinished")
    assert loader.load(tmp_path, now=NOW).broken == ["lamps"]
    question = Question.objects.live().matching("network").get()
    assert (question.topics, question.editions.count()) == (["Lamps"], 1)


def test_so_is_one_of_a_folder_that_is_not_loaded(tmp_path: Path) -> None:
    write_question(tmp_path / "theirs")
    write_question(tmp_path / "ours", "bells")
    loader.load(tmp_path / "theirs", now=NOW)
    as_another_version_listed_it()
    loader.load(tmp_path / "ours", now=NOW)
    assert Question.objects.live().matching("network").count() == 2


def test_a_slug_belongs_to_the_folder_that_brought_it(tmp_path: Path) -> None:
    write_question(tmp_path / "ours")
    home = write_question(tmp_path / "theirs", title="Design their lamps")
    write_question(tmp_path / "theirs", "bells")
    loader.load(tmp_path / "ours", now=NOW)
    loaded = loader.load(tmp_path / "theirs", now=NOW)
    assert (loaded.published, loaded.broken) == (["bells"], ["lamps"])
    (problem,) = loaded.problems
    assert (problem.file, problem.line) == (str(home / "question.yaml"), 1)
    assert f"belongs to {tmp_path / 'ours'}" in problem.message
    assert Question.objects.get(slug="lamps").title == "Design a lamp network"
    home.rename(tmp_path / "theirs" / "_lamps")
    loader.load(tmp_path / "theirs", now=NOW)
    assert Question.objects.live().count() == 2


def test_the_slug_of_a_retired_question_is_free(tmp_path: Path) -> None:
    home = write_question(tmp_path / "ours")
    loader.load(tmp_path / "ours", now=NOW)
    home.rename(tmp_path / "ours" / "_lamps")
    loader.load(tmp_path / "ours", now=NOW)
    write_question(tmp_path / "theirs", title="Design their lamps")
    assert loader.load(tmp_path / "theirs", now=NOW).published == ["lamps"]


def test_publishing_what_belongs_to_another_folder_raises() -> None:
    make_question()
    with pytest.raises(loader.Taken, match="belongs to tests: rename"):
        loader.publish(make_spec(), source="elsewhere")


def moved_pack(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old", tmp_path / "new"
    write_question(old / "questions")
    call_command("load_catalog", str(old))
    make_topic()
    Topic.objects.update(source=str(old))
    old.rename(new)
    return old, new


def test_a_folder_that_was_moved_keeps_what_it_brought(tmp_path: Path) -> None:
    old, new = moved_pack(tmp_path)
    with pytest.raises(CommandError, match="lamps: not loaded"):
        call_command("load_catalog", str(new))
    call_command("load_catalog", str(new), moved_from=old)
    question = Question.objects.live().get()
    assert (question.source, question.editions.count()) == (str(new / "questions"), 1)
    # The pack holds no topic, so the one that came from the old place is gone.
    assert Topic.objects.live().count() == 0


def test_the_place_that_a_refusal_names_will_do(tmp_path: Path) -> None:
    old, new = moved_pack(tmp_path)
    call_command("load_catalog", str(new), moved_from=old / "questions")
    assert Question.objects.get().source == str(new / "questions")
    assert Topic.objects.get().source == str(new)


def test_what_is_still_there_was_not_moved(tmp_path: Path) -> None:
    write_question(tmp_path / "old")
    write_question(tmp_path / "new")
    call_command("load_catalog", str(tmp_path / "old"))
    with pytest.raises(CommandError, match="is still there"):
        call_command("load_catalog", str(tmp_path / "new"), moved_from=tmp_path / "old")


def test_an_edition_cannot_be_changed_or_lost() -> None:
    edition = make_question().current
    with pytest.raises(TypeError, match="immutable"):
        edition.save()
    with pytest.raises(ProtectedError):
        edition.question.delete()


def test_load_catalog_reports_and_fails_for_a_broken_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="empty: not loaded"):
        call_command("load_catalog", str(tmp_path))
    assert "empty/question.yaml:1: is missing" in capsys.readouterr().err


def test_a_pack_may_have_no_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "topics").mkdir()
    call_command("load_catalog", str(tmp_path))
    assert capsys.readouterr().out == "0 published, 0 unchanged, 0 retired, 0 broken\n"


def test_a_part_of_a_pack_is_not_loaded_alone(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    with pytest.raises(CommandError, match=f"is a part of a pack: load {tmp_path}"):
        call_command("load_catalog", str(tmp_path / "topics"))


def test_our_own_catalog_is_sound() -> None:
    readings = [folder.read(path) for path in folder.question_folders(loader.default_root())]
    assert [str(problem) for reading in readings for problem in reading.problems] == []
    assert {"url-shortener", "chat", "news-feed"} <= {reading.slug for reading in readings}


def test_what_is_found_by_other_words_now_is_stored_anew(tmp_path: Path) -> None:
    write_question(tmp_path, "lamps")
    loader.load(tmp_path, now=NOW)
    Question.objects.update(search_text=" t:former ")
    assert loader.load(tmp_path, now=NOW).published == ["lamps"]
    row = Question.objects.get()
    assert "t:former" not in row.search_text
    assert row.editions.count() == 1
