"""What is refused in topics, cards and reference pages, and what is not."""

from typing import Any

import pytest

from catalog import drawing, library_rules
from catalog.library_folder import Library, Placed
from catalog.library_rules import Known, Rule
from catalog.library_spec import Card, Topic

KNOWN = Known(topics={"wiring", "switches"}, reference={"sizes"}, questions={"sound": {"records"}, "broken": None})
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
DRAWING = "```mermaid\nflowchart LR\n  a --> b\n```\n"
COMPLETE = f"{TABLE}\n{DRAWING}\n## Worked numbers\n\nTwo.\n\n## When not to\n\nNever.\n"


def found(rule: Rule, body: str = "One.", **card: Any) -> list[str]:
    """What the rule says of a topic with this body, and of a card with these fields: line and message."""
    topic = Topic.model_validate(
        {
            "slug": "wiring",
            "title": "Wiring",
            "section": "data",
            "level": "foundation",
            "summary": "Wires.",
            "related": ["switches"],
            "questions": ["sound"],
            "sources": ["Arithmetic"],
            "body": body,
        }
    )
    asked = Card.model_validate(
        {"key": "why", "kind": "which", "topic": "wiring", "front": "Why?", "back": "So.", **card}
    )
    library = Library(
        topics=(Placed(topic, "t.md", {("body",): 10}, 10),),
        cards=(Placed(asked, "c.yaml", {("front",): 5, ("back",): 6}),),
    )
    return [f"{problem.file}:{problem.line}: {problem.message}" for problem in rule(library, KNOWN)]


@pytest.mark.parametrize(
    "link",
    [
        "[a](topic:nope)",
        '[a](topic:nope "t")',
        "[a](<topic:nope>)",
        "[a][b]\n\n[b]: topic:nope",
        "[a](topic:Switches)",
        "[a](topics:switches)",
        "[a](topic:switches#when-not-to)",
        "[a](../switches/)",
        "[a](/library/switches/)",
        "[a](#nope)",
        "[a]()",
        "[a](javascript:x)",
        "[a](question:nope)",
        "[a](reference:switches)",
    ],
)
def test_a_link_that_leads_nowhere_is_refused_wherever_it_stands(link: str) -> None:
    assert len(found(library_rules.links_lead_somewhere, link)) == 1
    (problem,) = found(library_rules.links_lead_somewhere, front=link)
    assert problem.startswith("c.yaml:5: front: links to ")
    (problem,) = found(library_rules.links_lead_somewhere, back=link)
    assert problem.startswith("c.yaml:6: back: links to ")


@pytest.mark.parametrize(
    "link",
    [
        "[a](topic:switches)",
        '[a](reference:sizes "t")',
        "[a](question:sound)",
        "[a](question:broken)",
        "[a](https://example.org/)",
        "<somebody@example.org>",
        "`[a](topic:nope)`",
        "```md\n[a](topic:nope)\n```",
    ],
)
def test_a_link_that_leads_somewhere_or_is_none_is_accepted(link: str) -> None:
    assert found(library_rules.links_lead_somewhere, link, front=link, back=link) == []


def test_a_link_may_lead_to_a_part_of_its_own_page() -> None:
    assert found(library_rules.links_lead_somewhere, "[a](#more-costs)\n\n## More *costs*\n") == []


def test_a_link_is_named_with_its_line() -> None:
    (problem,) = found(library_rules.links_lead_somewhere, "```\n[a](topic:nope)\n```\n\n[a](topic:nope)\n")
    assert problem == "t.md:14: links to the topic “nope”, which there is not"


@pytest.fixture
def drawable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_draw", [lambda source: "<svg></svg>" if source.startswith("flowchart") else None])


@pytest.mark.usefixtures("drawable")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DRAWING, DRAWING),
        ("```", "~~~"),
        ("```mermaid", "```Mermaid"),
        (TABLE, "a | b\n--- | ---\n1 | 2\n"),
        ("## When not to", "## When not to ##"),
    ],
)
def test_a_topic_is_complete_in_whatever_way_it_is_written(old: str, new: str) -> None:
    assert found(library_rules.topics_are_complete, COMPLETE.replace(old, new)) == []


@pytest.mark.usefixtures("drawable")
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (TABLE, "---\n", "has no table"),
        (TABLE, f"```\n{TABLE}```\n", "has no table"),
        ("flowchart", "fluchart", "has no drawing"),
        ("mermaid", "text", "has no drawing"),
        ("## When not to", "```\n## When not to\n```\n", "has no section “## When not to”"),
        ("## Worked numbers", "### Worked numbers", "has no section “## Worked numbers”"),
        ("## Worked numbers", "> ## Worked numbers\n", "has no section “## Worked numbers”"),
    ],
)
def test_a_part_that_only_seems_to_be_there_is_missed(old: str, new: str, message: str) -> None:
    (problem,) = found(library_rules.topics_are_complete, COMPLETE.replace(old, new))
    assert problem.startswith(f"t.md:10: {message}")


@pytest.mark.parametrize(
    "aside",
    [TABLE, "a | b\n--- | ---\n1 | 2\n", DRAWING, "~~~~\n```\nwords\n~~~~\n"],
    ids=["table", "bare", "fence", "nested"],
)
def test_words_of_tables_and_fences_do_not_lengthen_a_topic(aside: str) -> None:
    prose = "word " * 299
    (problem,) = found(library_rules.topics_have_their_length, f"{prose}\n\n{aside}")
    assert "has 299 words" in problem
    assert found(library_rules.topics_have_their_length, f"{prose} word\n\n{aside}") == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("## Ways\n\n## ways!\n", "has 2 parts with the address #ways: “Ways”, “ways!”"),
        ("## ???\n", "has parts without a letter or a digit in their titles: “???”"),
    ],
)
def test_parts_need_addresses_that_differ(body: str, message: str) -> None:
    assert found(library_rules.parts_can_be_linked_to, body) == [f"t.md:10: {message}"]


def test_headings_in_fences_and_in_other_scripts_are_no_trouble() -> None:
    assert found(library_rules.parts_can_be_linked_to, "## Ways\n\n```\n## Ways\n```\n\n## 数字\n\n## 文字\n") == []


@pytest.mark.parametrize(("body", "line"), [("One.\n\n# Two", 12), ("```\n# no\n```\n\n#Two", 14)])
def test_a_heading_of_the_first_level_is_named_with_its_line(body: str, line: int) -> None:
    (problem,) = found(library_rules.pages_begin_below_the_title, body)
    assert problem.startswith(f"t.md:{line}: is a heading of the first level")


@pytest.mark.parametrize(
    "front", ["One.\n\nTwo.", "- one\n- two", "## One", "```\none\n```", "One\n```\ntwo\n```", TABLE]
)
def test_a_front_is_one_paragraph(front: str) -> None:
    (problem,) = found(library_rules.fronts_are_one_paragraph, front=front)
    assert problem.startswith("c.yaml:5: ")
    assert found(library_rules.fronts_are_one_paragraph, front="One `two`,\nand *three*?") == []
