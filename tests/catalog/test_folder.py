"""Every problem in a question folder is named with its file and line. No database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog import folder
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
    ("an unknown field", replace("challenge:", "colour: red\nchallenge:"), "colour: red", "Extra inputs"),
    ("the slug in the file", replace("challenge:", "slug: lamps\nchallenge:"), "slug: lamps", "folder's name"),
    ("a missing field", lambda t: "".join(line for line in t.splitlines(True) if "summary" not in line), "", "summary"),
    ("an unknown difficulty", replace("standard", "brutal"), "difficulty: brutal", "'warm_up'"),
    ("a given that is no amount", replace("3M devices", "plenty"), "- plenty", "“plenty”"),
    ("a formula with an unknown name", replace("lamps * switches", "lamps * clicks_x"), "clicks_x", "“clicks_x”"),
    ("a formula that mixes units", replace("rate * 3", "rate + 3 B"), "rate + 3 B", "mixes units"),
    ("a unit of another kind", replace("unit: operation/s", "unit: GB"), "unit: GB", "is not a number of GB"),
    ("a placeholder without a given", replace("We run {lamps}.", "We run {lights}."), "{lights}", "not a given"),
    ("a key that is a noun", replace("- key: lamps", "- key: devices"), "key: devices", "counted noun"),
    ("a flow through nothing", replace("  - hub\n  - store", "  - hub\n  - cellar"), "path:", "“cellar”"),
    ("a mark of 7", replace("    4: complete", "    7: complete"), "7: complete", "Input should be"),
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
    ("a brief that is a speech", replace("We run {lamps}.", "We run lamps. " * 60), "brief:", "186 words"),
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


def test_an_example_without_front_matter_is_named(tmp_path: Path) -> None:
    home = write_question(tmp_path)
    (home / "examples" / "weak.md").write_text("## Requirements\nNothing.")
    problems = folder.read(home).problems
    assert any(problem.file.endswith("weak.md") and "front matter" in problem.message for problem in problems)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = write_question(tmp_path) / "question.yaml"
    path.write_bytes(b"title: \xff\xfe")
    assert "is not UTF-8" in folder.read(path.parent).problems[0].message
