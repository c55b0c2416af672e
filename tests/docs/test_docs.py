"""The documents say what is there: fields, links, paths, decision records."""

import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from catalog import spec

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

MODELS = [
    model
    for _, model in inspect.getmembers(spec, inspect.isclass)
    if issubclass(model, BaseModel) and model.__module__ == spec.__name__ and model.model_fields
]
# Written once in question.yaml; the others are lists, and the content format shows a few items of each.
SINGLE = (spec.Expectations, spec.Review)
LISTED = [model for model in MODELS if model not in (spec.Question, spec.StepRubric, spec.Example, *SINGLE)]


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
def test_every_field_of_a_question_is_explained_where_its_part_is(model: type[BaseModel]) -> None:
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


def test_the_content_format_lists_every_kind_of_component() -> None:
    kinds = spec.ComponentKind.__args__  # type: ignore[attr-defined]
    assert [kind for kind in kinds if f"`{kind}`" not in section_of(spec.Component)] == []


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
