"""The documents say what is there: fields, links, paths, decision records."""

import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from catalog import checking, library_spec, rules, scaffold, schema, spec
from scoring import content

ROOT = Path(__file__).resolve().parents[2]
CONTENT_FORMAT = ROOT / "docs" / "content-format.md"
ADR = ROOT / "docs" / "adr"
ADR_HEADINGS = ["Context", "Decision", "Consequences", "Rejected alternatives"]
NOT_OURS = {"node_modules", "var", "test-results"}

FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED_PATH = re.compile(r"`([^`\s]*/[^`\s]*\.(?:py|md|yaml))`")
PLACEHOLDER = re.compile(r"<[^>]+>|NNNN|\bDIR\b|\bSLUG\b")


def models_of(module: ModuleType) -> list[type[BaseModel]]:
    """What the module itself describes."""
    classes = [found for _, found in inspect.getmembers(module, inspect.isclass) if found.__module__ == module.__name__]
    return [found for found in classes if issubclass(found, BaseModel) and found.model_fields]


QUESTION, LIBRARY = models_of(spec), models_of(library_spec)
MODELS = [*QUESTION, *LIBRARY]
# Written once in question.yaml; the others are lists, and the content format shows a few items of each.
SINGLE = (spec.Expectations, spec.Review)
LISTED = [model for model in QUESTION if model not in (spec.Question, spec.StepRubric, spec.Example, *SINGLE)]


def markdown_files() -> Iterator[Path]:
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if name not in NOT_OURS and not name.startswith(".")]
        yield from (Path(folder) / file for file in files if file.endswith(".md"))


def documents() -> list[Path]:
    """What people read about the project; the answers in fixtures/ are content."""
    return sorted(path for path in markdown_files() if ROOT / "fixtures" not in path.parents)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The addresses of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#{1,6}[ \t]+(.+?)[ \t]*$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def section_of(model: type[BaseModel]) -> str:
    """The section of the content format whose heading names the model; "" when there is none."""
    text = CONTENT_FORMAT.read_text(encoding="utf-8")
    match = re.search(rf"^### [^\n]*`{model.__name__}`[^\n]*\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    return match[1] if match else ""


def yaml_examples(section: str) -> list[Any]:
    return [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", section, re.MULTILINE | re.DOTALL)]


def adr_files() -> list[Path]:
    return sorted(ADR.glob("*.md"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_explained_where_its_part_is(model: type[BaseModel]) -> None:
    section = section_of(model)
    missing = [name for name in model.model_fields if f"| `{name}` |" not in section]
    assert not missing, f"{relative(CONTENT_FORMAT)} has no row for these fields of {model.__name__}: {missing}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_content_format_explains_no_field_that_is_gone(model: type[BaseModel]) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", section_of(model), re.MULTILINE)
    assert rows == list(model.model_fields)


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
def test_the_examples_of_the_content_format_are_valid(model: type[BaseModel]) -> None:
    items = [item for example in yaml_examples(section_of(model)) for listed in example.values() for item in listed]
    assert items
    for item in items:
        model.model_validate(item)


@pytest.mark.parametrize("model", SINGLE, ids=lambda model: model.__name__)
def test_the_example_of_what_is_written_once_is_valid(model: type[BaseModel]) -> None:
    (example,) = yaml_examples(section_of(model))
    (written,) = example.values()
    model.model_validate(written)


def test_the_front_matter_of_an_example_answer_is_valid() -> None:
    (front_matter,) = yaml_examples(section_of(spec.Example))
    spec.Example.model_validate({**front_matter, "text": "An answer."})


@pytest.mark.parametrize("model", [library_spec.Topic, library_spec.Reference], ids=lambda model: model.__name__)
def test_the_front_matter_of_a_page_is_valid(model: type[BaseModel]) -> None:
    (front_matter,) = yaml_examples(section_of(model))
    model.model_validate({**front_matter, "slug": "page", "body": "A page."})


def test_the_example_of_a_card_is_valid() -> None:
    (cards,) = yaml_examples(section_of(library_spec.Card))
    for card in cards:
        library_spec.Card.model_validate(card)


def example(opening: str) -> str:
    """What the content format shows in the fence that begins with this."""
    text = CONTENT_FORMAT.read_text(encoding="utf-8")
    match = re.search(rf"^(`{{3,}})\w+\n({re.escape(opening)}.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    assert match, opening
    return match[2]


def test_the_page_and_the_card_that_are_shown_are_complete(tmp_path: Path) -> None:
    for folder, name, opening in (
        ("topics", "acme-coalescing.md", "---\ntitle: Request"),
        ("cards", "acme.yaml", "- key: acme-"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(example(opening), encoding="utf-8")
    assert checking.check(tmp_path) == checking.Checked((), "1 topic, 1 card")


def test_the_content_format_says_what_a_question_begins_with(tmp_path: Path) -> None:
    scaffold.write_question(tmp_path, "rides", schema_file=ROOT / "fixtures" / "questions" / schema.FILE)
    begun = yaml.safe_load((tmp_path / "rides" / "question.yaml").read_text(encoding="utf-8"))
    criteria = [criterion for step in begun["steps"].values() for criterion in step["criteria"]]
    statements = {len(point["statements"]) for criterion in criteria for point in criterion["points"]}
    (points,) = {len(criterion["points"]) for criterion in criteria}
    fewest, most = rules.CRITERIA
    least = rules.LEAST
    rows = [
        f"| `clarifications` | {len(begun['clarifications'])} | {least['clarifications']} |",
        f"| `steps` | {len(criteria)} criteria, two for each step | {fewest} to {most} in all",
        f"| `points` of a criterion | {points} | 1 or more |",
        f"| `statements` of a point | {statements.pop()} | 3 or more |",
        f"| `curveballs` | {least['curveballs']}, as a comment | {least['curveballs']} |",
        f"| `probes` | {least['probes']}, as a comment | {least['probes']} |",
        f"| `trade_offs` | {least['trade_offs']}, as a comment | {least['trade_offs']} |",
        f"| `reviewed` | as a comment | {spec.CHECKED_LEAST} facts and {spec.CHECKED_LEAST} attacks",
    ]
    text = CONTENT_FORMAT.read_text(encoding="utf-8")
    assert [row for row in rows if row not in text] == []
    assert [name for name in spec.Question.model_fields if f"`{name}`" not in text] == []


def test_there_is_something_of_the_library_to_explain() -> None:
    assert {library_spec.Topic, library_spec.Reference, library_spec.Card} <= set(LIBRARY)


@pytest.mark.parametrize(
    ("model", "kinds"),
    [
        (spec.Component, spec.ComponentKind),
        (library_spec.Topic, library_spec.SectionKey),
        (library_spec.Card, library_spec.CardKind),
    ],
)
def test_the_content_format_lists_every_kind(model: type[BaseModel], kinds: Any) -> None:
    assert [kind for kind in get_args(kinds) if f"`{kind}`" not in section_of(model)] == []


def test_the_content_format_names_every_command_for_authors() -> None:
    text = CONTENT_FORMAT.read_text(encoding="utf-8")
    commands = {path.stem for path in (ROOT / "catalog/management/commands").glob("[a-z]*.py")}
    assert [name for name in sorted({*commands, "score_answer", "own_texts"}) if f"manage.py {name}" not in text] == []


def test_the_content_format_says_the_limits_that_are_checked() -> None:
    text = " ".join(CONTENT_FORMAT.read_text(encoding="utf-8").split())
    (fewest, most), (short, long) = rules.CRITERIA, library_spec.TOPIC_WORDS
    low, high = content.BANDS["middling"]
    limits = [
        f"{fewest} to {most} in all",
        f"{rules.MOST_UNEVEN} times",
        f"must reach {content.MODEL_ANSWER_MARK}",
        f"between {low:g} and {high:g}",
        f"at most {spec.TITLE_CHARS} characters",
        f"at most {spec.SUMMARY_CHARS} characters",
        f"at most {spec.CHALLENGE_CHARS} characters",
        f"{short} to {long} words",
        f"at most {library_spec.SUMMARY_WORDS} words",
        f"at most {library_spec.FRONT_WORDS} words",
        f"at most {library_spec.BACK_WORDS} words",
    ]
    assert [limit for limit in limits if limit not in text] == []


def test_every_relative_link_leads_somewhere() -> None:
    broken = []
    for path in markdown_files():
        for link in LINK.findall(INLINE_CODE.sub("", prose(path))):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                broken.append(f"{relative(path)}: {link}")
    assert broken == []


def test_documents_name_only_files_that_exist() -> None:
    absent = []
    for path in documents():
        for named in NAMED_PATH.findall(prose(path)):
            pattern = PLACEHOLDER.sub("*", named).removeprefix("./")
            if "://" not in named and not named.startswith("/") and not any(ROOT.glob(pattern)):
                absent.append(f"{relative(path)}: {named}")
    assert absent == []


def test_decision_records_are_numbered_without_holes() -> None:
    numbers = [path.name[:4] for path in adr_files()]
    assert numbers
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("path", adr_files(), ids=lambda path: path.stem)
def test_a_decision_record_has_its_four_parts_and_its_number(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {path.name[:4]}\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ADR_HEADINGS
    assert not re.search(r"^## .+\n+(?=##|\Z)", text, re.MULTILINE), "a part is empty"


def test_the_architecture_page_lists_every_decision_record() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [path.name for path in adr_files() if f"](adr/{path.name})" not in text] == []


def test_the_architecture_page_has_a_place_for_every_module_of_the_engine() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = [path.stem for path in (ROOT / "scoring" / "engine").glob("*.py") if path.stem != "__init__"]
    assert [name for name in modules if f"`{name}`" not in text and f"scoring/engine/{name}.py" not in text] == []
