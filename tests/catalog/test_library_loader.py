"""Topics, cards and reference pages: published, replaced, retired; what is broken changes nothing."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog import library_folder, library_loader, loader
from catalog.library_loader import Shelved
from catalog.models import Card, Reference, Topic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)
# Two topics that name each other, a page, and a card for each topic; one question.
SOUND = Path(__file__).resolve().parents[2] / "fixtures" / "bad" / "_sound"
KEEPING, FINDING, CARDS = "topics/keeping-things.md", "topics/finding-things.md", "cards/data.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(SOUND, tmp_path / "pack")


def load(root: Path) -> Shelved:
    """As load_catalog does."""
    loaded = loader.load(loader.questions_of(root), now=NOW)
    library = library_folder.read(root)
    return library_loader.load(library, source=loader.source_of(root), now=NOW, broken=loaded.broken)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the test expects {old!r} in the file"
    path.write_text(text.replace(old, new), encoding="utf-8")


def a_third_topic(pack: Path) -> Path:
    """One that nothing refers to."""
    path = pack / "topics" / "losing-things.md"
    shutil.copy(pack / KEEPING, path)
    change(path, "title: Keeping", "title: Losing")
    return path


def counts(shelved: Shelved) -> tuple[int, int, int]:
    return shelved.published, shelved.unchanged, shelved.retired


def live_topics() -> set[str]:
    return set(Topic.objects.live().values_list("slug", flat=True))


def test_a_pack_is_put_on_the_shelves_with_all_its_files_say(pack: Path) -> None:
    shelved = load(pack)
    assert (counts(shelved), shelved.problems) == ((5, 0, 0), [])
    topic = Topic.objects.live().get(slug="keeping-things")
    assert (topic.title, topic.section, topic.source) == ("Keeping things", "data", str(pack))
    assert topic.spec.related == ("finding-things",)
    assert Reference.objects.live().get().slug == "sizes"
    card = topic.cards.get()
    assert (card.slug, card.kind) == ("condition-or-lock", "which")


def test_loading_again_changes_nothing(pack: Path) -> None:
    load(pack)
    assert counts(load(pack)) == (0, 5, 0)


def test_a_changed_file_replaces_its_row(pack: Path) -> None:
    load(pack)
    change(pack / KEEPING, "title: Keeping things", "title: To keep things")
    before = Topic.objects.get(slug="keeping-things")
    assert counts(load(pack)) == (1, 4, 0)
    after = Topic.objects.get(slug="keeping-things")
    assert (after.pk, after.title) == (before.pk, "To keep things")
    assert after.content_hash != before.content_hash


def test_what_is_found_by_other_words_now_is_stored_anew(pack: Path) -> None:
    load(pack)
    Card.objects.update(search_text="former")
    assert counts(load(pack)) == (2, 3, 0)
    assert not Card.objects.filter(search_text="former").exists()


def test_a_removed_topic_retires_and_comes_back_as_it_was(pack: Path) -> None:
    path = a_third_topic(pack)
    load(pack)
    text, row = path.read_text(encoding="utf-8"), Topic.objects.get(slug="losing-things")
    path.unlink()
    assert counts(load(pack)) == (0, 5, 1)
    assert live_topics() == {"keeping-things", "finding-things"}
    path.write_text(text, encoding="utf-8")
    assert counts(load(pack)) == (1, 5, 0)
    assert Topic.objects.live().get(slug="losing-things") == row


def test_a_removed_card_and_a_removed_page_retire(pack: Path) -> None:
    load(pack)
    text = (pack / CARDS).read_text(encoding="utf-8")
    (pack / CARDS).write_text(text[: text.index("- key: order-of-an-index")], encoding="utf-8")
    (pack / "reference" / "sizes.md").unlink()
    assert counts(load(pack)) == (0, 3, 2)
    assert [card.slug for card in Card.objects.live()] == ["condition-or-lock"]
    assert not Reference.objects.live().exists()


@pytest.mark.parametrize("text", ["no front matter", "---\ntitle: Keeping things\n---\nToo little.\n"])
def test_what_cannot_be_read_stays_as_it_was(pack: Path, text: str) -> None:
    load(pack)
    (pack / KEEPING).write_text(text, encoding="utf-8")
    shelved = load(pack)
    assert counts(shelved) == (0, 4, 0)
    assert {problem.file for problem in shelved.problems} == {str(pack / KEEPING)}
    assert Topic.objects.live().get(slug="keeping-things").spec.section == "data"


def test_what_breaks_a_rule_holds_back_no_retirement(pack: Path) -> None:
    path = a_third_topic(pack)
    load(pack)
    path.unlink()
    change(pack / CARDS, "front: Two clerks", f"front: {'Many ' * 100} clerks")
    change(pack / "reference" / "sizes.md", "How large", "How " + "very " * 30 + "large")
    shelved = load(pack)
    assert (counts(shelved), len(shelved.problems)) == ((0, 2, 1), 2)
    assert live_topics() == {"keeping-things", "finding-things"}
    assert Card.objects.live().count() == 2


def test_while_a_file_of_cards_cannot_be_read_only_cards_wait(pack: Path) -> None:
    path = a_third_topic(pack)
    shutil.copy(pack / CARDS, pack / "cards" / "more.yaml")
    change(pack / "cards" / "more.yaml", "- key: ", "- key: more-")
    load(pack)
    path.unlink()
    (pack / "cards" / "more.yaml").write_text("- key: [", encoding="utf-8")
    assert load(pack).retired == 1
    assert Card.objects.live().count() == 4


def test_who_refers_to_a_topic_that_is_removed_is_told_at_once(pack: Path) -> None:
    load(pack)
    (pack / FINDING).unlink()
    shelved = load(pack)
    assert shelved.retired == 1
    named = {Path(problem.file).name for problem in shelved.problems}
    assert named == {"keeping-things.md", "data.yaml"}


def test_nothing_is_published_that_leads_to_what_was_refused(pack: Path) -> None:
    a_third_topic(pack)
    change(pack / FINDING, "section: data", "section: cellar")
    shelved = load(pack)
    # Keeping things leads to finding things, losing things to both, and a card belongs to each of the two.
    assert live_topics() == set()
    assert Card.objects.count() == 0
    assert Reference.objects.live().count() == 1
    named = {Path(problem.file).name for problem in shelved.problems}
    assert named == {"finding-things.md", "keeping-things.md", "losing-things.md", "data.yaml"}


def test_a_refusal_reaches_those_who_refer_to_who_refers(pack: Path) -> None:
    path = a_third_topic(pack)
    change(path, "finding-things", "keeping-things")
    change(pack / FINDING, "sources:", "summary: Again.\nsources:")
    load(pack)
    assert live_topics() == set()


def test_a_topic_may_name_a_question_that_cannot_be_read(pack: Path) -> None:
    (pack / "questions" / "sound" / "question.yaml").write_text("title: [", encoding="utf-8")
    assert load(pack).problems == []
    assert live_topics() == {"keeping-things", "finding-things"}


def test_but_not_one_that_there_is_not(pack: Path) -> None:
    shutil.rmtree(pack / "questions" / "sound")
    assert any("names the question “sound”" in problem.message for problem in load(pack).problems)
    assert live_topics() == set()


def test_names_belong_to_the_pack_that_brought_them(pack: Path, tmp_path: Path) -> None:
    load(pack)
    theirs = shutil.copytree(pack, tmp_path / "theirs")
    change(theirs / KEEPING, "title: Keeping things", "title: Their things")
    change(theirs / CARDS, "front: ", "front: Theirs. ")
    shelved = load(theirs)
    assert shelved.published == 0
    told = {(Path(p.file).name, p.line) for p in shelved.problems if f"belongs to {pack}" in p.message}
    assert told == {
        ("keeping-things.md", 1),
        ("finding-things.md", 1),
        ("sizes.md", 1),
        ("data.yaml", 1),
        ("data.yaml", 7),
    }
    for name in ("topics", "cards", "reference"):
        shutil.rmtree(theirs / name)
    assert load(theirs).retired == 0
    assert Topic.objects.live().get(slug="keeping-things").title == "Keeping things"
    assert Card.objects.live().count() == 2


def test_another_pack_may_refer_to_what_is_live(pack: Path, tmp_path: Path) -> None:
    load(pack)
    theirs = tmp_path / "theirs"
    (theirs / "questions").mkdir(parents=True)
    (theirs / "topics").mkdir()
    a_third_topic(pack).rename(theirs / "topics" / "losing-things.md")
    assert counts(load(theirs)) == (1, 0, 0)
    assert len(live_topics()) == 3


def test_the_command_loads_what_is_sound_and_names_the_rest(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(pack / CARDS, "front: Two clerks", f"front: {'Many ' * 100} clerks")
    with pytest.raises(CommandError, match=r"data\.yaml: not loaded"):
        call_command("load_catalog", str(pack))
    captured = capsys.readouterr()
    assert "library: 3 published, 0 unchanged, 0 retired" in captured.out
    assert f"{pack / CARDS}:5: front: has 118 words" in captured.err


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: Keeping things", "title: 2026-02-30", 2, "cannot be read"),
        ("title: Keeping things", "title: !foo bar", 2, "cannot be read"),
        ("title: Keeping things", r'title: "Keep\0ing"', 2, "NUL"),
        ("title: Keeping things", f"title: {'x' * 201}", 2, "title: has 201 characters; at most 200"),
        ("section: data", "section: cellar", 3, "section: write principles, patterns, data, scaling, messaging"),
        ("section: data", "section: data\nsource: A book", 4, "is no field of a topic; did you mean “sources”?"),
        ("summary: ", "summary: TODO: ", 5, "not YAML"),
        ("section: data", "section: data\nalso: 'TODO: a name'", 4, "write a list: each item on a line of its own"),
        ("title: Keeping things", "title: 'TODO: a name'", 2, "title: is still to be written: a name"),
        ("What is kept has", "TODO: What is kept has", 32, "body: is still to be written: What is kept has"),
        ("section: data", "section: data\nslug: other", 4, "the file's name is the slug"),
        ("section: data", "section: data\nbody: other", 4, "follows the front matter"),
    ],
)
def test_what_cannot_be_read_in_a_topic_is_named(pack: Path, old: str, new: str, line: int, message: str) -> None:
    change(pack / KEEPING, old, new)
    (problem,) = library_folder.read(pack).problems
    assert (problem.file, problem.line) == (str(pack / KEEPING), line)
    assert message in problem.message


@pytest.mark.parametrize("name", ["topics/x.md", "cards/x.yaml", "reference/x.md"])
def test_what_is_no_file_of_text_is_named(pack: Path, name: str) -> None:
    path = pack / name
    for make in (path.mkdir, lambda: path.symlink_to("nowhere"), lambda: path.write_bytes(b"\xff\xfe")):
        make()
        (problem,) = library_folder.read(pack).problems
        assert (problem.file, problem.line) == (str(path), 1)
        path.rmdir() if path.is_dir() else path.unlink()
