"""Every problem in a question folder is named with its file and line. No database."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from catalog import folder, rules
from tests.catalog.test_loader import write_question

Change = Callable[[str], str]


def replace(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text, f"the test expects {old!r} in the file"
        return text.replace(old, new, 1)

    return change


def _quantity_point(text: str) -> str:
    start = text.index("        statements:\n")
    end = text.index("      why:", start)
    return text[:start] + "        quantity: speed\n" + text[end:]


def _replicated_point(text: str) -> str:
    return _quantity_point(text).replace("quantity: speed", "replicated: cellar")


def _mistake(lines: str) -> Change:
    """A mistake in the first criterion."""

    def change(text: str) -> str:
        start = text.index("      why:")
        return f"{text[:start]}      mistakes:\n      - {lines}\n        why: It is wrong.\n{text[start:]}"

    return change


# (what is wrong, how to break question.yaml, the line's own text, part of the message)
BROKEN: list[tuple[str, Change, str, str]] = [
    ("not YAML", replace("tags:\n- real-time", "tags: [real-time"), "", "is not YAML"),
    ("a key twice", replace("challenge:", "title: again\nchallenge:"), "title: again", "“title” twice"),
    (
        "an unknown field",
        replace("challenge:", "colour: red\nchallenge:"),
        "colour: red",
        "colour: is no field of a question",
    ),
    ("the slug in the file", replace("challenge:", "slug: lamps\nchallenge:"), "slug: lamps", "folder's name"),
    ("a missing field", lambda t: "".join(line for line in t.splitlines(True) if "summary" not in line), "", "summary"),
    (
        "a slip",
        replace("why: It sizes", "whey: It sizes"),
        "whey:",
        "quantities.0.whey: is no field of a quantity; did",
    ),
    (
        "what a slip leaves out",
        replace("why: It sizes", "whey: It sizes"),
        "- key: rate",
        "0.why: is missing: write one",
    ),
    (
        "an unknown difficulty",
        replace("standard", "brutal"),
        "difficulty: brutal",
        "write warm_up, standard or hard, not",
    ),
    (
        "a text for a list",
        replace("tags:\n- real-time", "tags: real-time"),
        "tags:",
        "write a list, such as [real-time]",
    ),
    ("a colon in a text", replace("- The light comes", "- Light: it comes"), "- Light", "because of its colon"),
    ("a word that YAML takes for no", replace("Switching at once", "no"), "challenge: no", "is read as false"),
    ("nothing", replace("Switching at once", ""), "challenge:", "challenge: is empty: write one"),
    (
        "a key with capitals",
        replace("- key: lamps", "- key: Lamps"),
        "Lamps",
        "write lower-case letters, digits and und",
    ),
    ("a given that is no amount", replace("3M devices", "plenty"), "- plenty", "“plenty”"),
    ("a formula with an unknown name", replace("lamps * switches", "lamps * clicks_x"), "clicks_x", "“clicks_x”"),
    ("a formula that mixes units", replace("rate * 3", "rate + 3 B"), "rate + 3 B", "mixes units"),
    ("a unit of another kind", replace("unit: operation/s", "unit: GB"), "unit: GB", "is not a number of GB"),
    ("a placeholder without a given", replace("We run {lamps}.", "We run {lights}."), "{lights}", "not a given"),
    ("a key that is a noun", replace("- key: lamps", "- key: devices"), "key: devices", "counted noun"),
    ("a flow through nothing", replace("  - hub\n  - store", "  - hub\n  - cellar"), "path:", "“cellar”"),
    (
        "a mark of 7",
        replace("    4: complete", "    7: complete"),
        "7: complete",
        "anchors.7: write 0, 1, 2, 3 or 4, not “7”",
    ),
    (
        "two ways to find a point",
        replace("      - key: said", "      - key: said\n        flow: switch"),
        "said",
        "one of",
    ),
    ("a point about no quantity", _quantity_point, "quantity: speed", "“speed”"),
    ("two of what is not listed", _replicated_point, "replicated: cellar", "“cellar”"),
    (
        "a design without another",
        replace("key: said", "key: said\n        design: solo"),
        "points:",
        "only the design “solo”",
    ),
    ("an arrow from nowhere", _mistake("edge: [attic, store]"), "edge: [attic", "“attic”"),
    ("an arrow to nowhere", _mistake("edge: [phone, 'store|cellar']"), "edge: [phone", "“cellar”"),
    ("an arrow to itself", _mistake("edge: [phone|hub, hub|store]"), "edge: [phone", "“hub” at both ends"),
    ("a mistake that says nothing", _mistake("cap: 1"), "cap: 1", "either claims or an edge"),
    ("a mistake said once", _mistake("claims: [Lamps never fail.]"), "claims:", "at least two claims"),
    (
        "a correction of nothing",
        _mistake("edge: [phone, store]\n        corrections: [Lamps fail.]"),
        "edge: [phone",
        "corrections belong to claims",
    ),
    ("a criterion key twice", replace("estimation_two", "estimation_one"), "steps:", "2 times"),
    ("a curveball key twice", replace("key: most", "key: more"), "curveballs:", "“more” 2 times"),
    ("a curveball about nothing", replace("says: More lamps.", "says: More {lights}."), "{lights}", "not a given"),
    ("a title without end", replace("title: Design a lamp", f"title: {'x' * 200} lamp"), "title:", "200 fit the list"),
    (
        "a summary that is long with its numbers",
        replace("summary: Switch {lamps}", f"summary: {'x' * 280} {{lamps}}"),
        "summary:",
        "300 fit the list",
    ),
    ("a long challenge", replace("Switching at once", "x" * 101), "challenge:", "100 fit the list"),
    ("a character of none", replace("Switching at once", r'"at\0once"'), "challenge:", "NUL"),
    ("half a character", replace("Switching at once", r'"at\ud800once"'), "challenge:", "unicode"),
    ("a day there is not", replace("Switching at once", "2026-02-30"), "2026-02-30", "cannot be read"),
    ("a tag of nobody", replace("Switching at once", "!foo bar"), "!foo bar", "cannot be read"),
    ("a truth that is none", replace("Switching at once", "!!bool maybe"), "!!bool maybe", "cannot be read"),
    ("a number for a field", replace("challenge:", "7: red\nchallenge:"), "", "7"),
    ("a mapping of itself", replace("challenge:", "colour: &a [*a]\nchallenge:"), "", "holds itself"),
    ("brackets without end", lambda t: "title: " + "[" * 5000, "", "nested too deeply"),
]


@pytest.mark.parametrize(("what", "change", "line", "message"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_problem_is_named_with_its_line(tmp_path: Path, what: str, change: Change, line: str, message: str) -> None:
    path = write_question(tmp_path) / "question.yaml"
    path.write_text(change(path.read_text()))
    reading = folder.read(path.parent)
    assert reading.question is None
    found = [problem for problem in reading.problems if message in problem.message]
    assert found, [str(problem) for problem in reading.problems]
    assert found[0].file == str(path)
    if line:
        assert line in path.read_text().splitlines()[found[0].line - 1]


def test_how_well_it_is_written_is_asked_only_of_authors(tmp_path: Path) -> None:
    path = write_question(tmp_path) / "question.yaml"
    path.write_text(replace("We run {lamps}.", "We run lamps. " * 60)(path.read_text()))
    assert folder.read(path.parent).question is not None
    (problem,) = folder.read(path.parent, judge=partial(rules.violations, thorough=False)).problems
    assert problem.message.startswith("brief: has 186 words")
    assert path.read_text().splitlines()[problem.line - 1].startswith("brief:")


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    path = write_question(tmp_path) / "question.yaml"
    text = path.read_text().replace("standard", "brutal", 1).replace("kind: client", "kind: gadget", 1)
    path.write_text(text)
    messages = [problem.message for problem in folder.read(path.parent).problems]
    assert any("difficulty" in message for message in messages)
    assert any("kind" in message for message in messages)


def test_a_missing_model_answer_is_named(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    (home / "model-answer.md").unlink()
    problems = folder.read(home).problems
    assert [Path(problem.file).name for problem in problems][:1] == ["model-answer.md"]


def test_a_model_answer_needs_all_five_steps(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    path = home / "model-answer.md"
    path.write_text(path.read_text().replace("## Wrap-up", "## Ende"))
    assert [problem.message for problem in folder.read(home).problems] == ["has no text under the heading “Wrap-up”"]


def test_the_three_kinds_of_example_are_needed(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    (home / "examples" / "weak.md").rename(home / "examples" / "middling2.md")
    text = (home / "examples" / "middling2.md").read_text()
    (home / "examples" / "middling2.md").write_text(text.replace("key: weak", "key: m2").replace("weak", "middling"))
    assert any("no weak example" in problem.message for problem in folder.read(home).problems)


@pytest.mark.parametrize(
    ("removed", "told"),
    [
        (["weak"], "weak; weak.md is missing"),
        (["weak", "strong"], "weak; strong.md and weak.md are missing"),
        (["weak", "strong", "middling"], "weak; strong.md, middling.md and weak.md are missing"),
    ],
)
def test_too_few_examples_are_said_once_and_which_are_missing(tmp_path: Path, removed: list[str], told: str) -> None:
    home = write_question(tmp_path)
    for kind in removed:
        (home / "examples" / f"{kind}.md").unlink()
    (problem,) = folder.read(home).problems
    assert (problem.file, problem.line) == (str(home / "examples"), 1)
    assert problem.message.endswith(told)


def test_an_example_by_another_name_counts_by_its_kind(tmp_path: Path) -> None:
    examples = write_question(tmp_path) / "examples"
    (examples / "weak.md").rename(examples / "hurried.md")
    (examples / "strong.md").unlink()
    (problem,) = folder.read(examples.parent).problems
    assert problem.message.endswith("strong.md is missing")


def test_what_is_wrong_in_an_example_is_named_there(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    path = home / "examples" / "weak.md"
    path.write_text(path.read_text().replace("deep_dive: 2", "deep_dive: 2.3"))
    (problem,) = folder.read(home).problems
    assert (problem.file, problem.message) == (str(path), "marks.deep_dive: must be a multiple of 0.5")
    assert "deep_dive: 2.3" in path.read_text().splitlines()[problem.line - 1]


def test_two_examples_of_one_key_are_named(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    path = home / "examples" / "weak.md"
    path.write_text(path.read_text().replace("key: weak", "key: strong"))
    (problem,) = folder.read(home).problems
    assert (problem.file, problem.message) == (
        str(home / "examples"),
        "uses the key “strong” 2 times; keys must differ",
    )


def test_an_example_without_front_matter_is_named(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    (home / "examples" / "weak.md").write_text("## Requirements\nNothing.")
    problems = folder.read(home).problems
    assert any(problem.file.endswith("weak.md") and "front matter" in problem.message for problem in problems)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = write_question(tmp_path) / "question.yaml"
    path.write_bytes(b"title: \xff\xfe")
    assert "is not UTF-8" in folder.read(path.parent).problems[0].message


UNREADABLE = ["question.yaml", "model-answer.md", "examples/weak.md"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_other_bytes_than_text_are_named_wherever_they_are(tmp_path: Path, name: str) -> None:
    home = write_question(tmp_path)
    (home / name).write_bytes(b"\xff\xfe")
    assert any(p.file == str(home / name) and "not UTF-8" in p.message for p in folder.read(home).problems)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path, name: str) -> None:
    home = write_question(tmp_path)
    (home / name).unlink()
    (home / name).mkdir()
    assert any(p.file == str(home / name) and "cannot be read" in p.message for p in folder.read(home).problems)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_link_to_nothing_is_named(tmp_path: Path, name: str) -> None:
    home = write_question(tmp_path)
    (home / name).unlink()
    (home / name).symlink_to(tmp_path / "nowhere")
    assert any(p.file == str(home / name) for p in folder.read(home).problems)


def test_an_empty_model_answer_lacks_its_steps(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    (home / "model-answer.md").write_text("")
    problems = folder.read(home).problems
    assert {Path(problem.file).name for problem in problems} == {"model-answer.md"}
    assert len(problems) == 5
