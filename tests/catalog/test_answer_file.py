"""Step headings as people write them; offsets are those of the file."""

import pytest

from catalog import answer_file
from catalog.answer_file import BODY

HEADINGS = """# My answer

## Step 1: Requirements (5 min)
needs
## 2. Estimation
numbers
### High-Level Design
boxes
## **Deep dive**
depth
## Wrap up:
end
"""


def test_headings_are_found_as_people_write_them() -> None:
    assert [section.step for section in answer_file.split(HEADINGS)] == [
        "requirements",
        "estimation",
        "high_level_design",
        "deep_dive",
        "wrap_up",
    ]


def test_sections_are_verbatim_stretches_of_the_file() -> None:
    for section in answer_file.split(HEADINGS):
        assert HEADINGS[section.offset : section.offset + len(section.text)] == section.text


def test_a_heading_inside_a_code_block_is_code() -> None:
    text = "## Requirements\na\n```\n## Estimation\n```\n## Deep dive\nb\n## Wrap-up\nc\n"
    assert [section.step for section in answer_file.split(text)] == ["requirements", "deep_dive", "wrap_up"]


@pytest.mark.parametrize("text", ["", "Just prose.", "## Requirements\na\n## Deep dive\nb\n"])
def test_fewer_than_three_headings_is_one_body(text: str) -> None:
    (section,) = answer_file.split(text)
    assert (section.step, section.text, section.offset) == (BODY, text, 0)


def test_front_matter_is_not_part_of_a_body() -> None:
    (section,) = answer_file.split("---\nid: 1\n---\nProse.")
    assert (section.text, section.offset) == ("Prose.", 14)


def test_the_feedback_of_an_exported_session_is_not_part_of_the_answer() -> None:
    exported = HEADINGS + "\n# Score\n\nSolid.\n\n## Requirements: 2 of 4\n\n> needs\n"
    assert [section.text for section in answer_file.split(exported)][-1] == "\nend\n\n"


def test_join_and_steps_of_are_each_other() -> None:
    texts = {"requirements": "a", "estimation": "b", "high_level_design": "c", "deep_dive": "d", "wrap_up": "e"}
    assert answer_file.steps_of(answer_file.join(texts)) == texts
