"""What a Markdown text is found to hold, without its HTML."""

import pytest
from markdown import Markdown

from lib import outline
from lib.outline import Fence, Link


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("[a](topic:caching)", "topic:caching"),
        ('[a](topic:caching "The title")', "topic:caching"),
        ("[a](<topic:caching>)", "topic:caching"),
        ("[a](topic:caching#when)", "topic:caching#when"),
        ("[a][b]\n\n[b]: topic:caching", "topic:caching"),
        ("[b]\n\n[b]: topic:caching", "topic:caching"),
        ("| [a](../nope/) |\n|---|\n| x |", "../nope/"),
        ("## A [part](#part)", "#part"),
        ("<https://example.org/a?b=1&c=2>", "https://example.org/a?b=1&c=2"),
        ("<somebody@example.org>", "mailto:somebody@example.org"),
        ("[a]()", ""),
    ],
)
def test_a_link_is_found_however_it_is_written(text: str, href: str) -> None:
    assert [link.href for link in outline.read(text).links] == [href]


@pytest.mark.parametrize(
    "text",
    [
        "`[a](topic:caching)`",
        "```md\n[a](topic:caching)\n```",
        "~~~\n[a](topic:caching)\n~~~",
        "    [a](topic:caching)",
        "![a](topic:caching)",
        r"\[a](topic:caching)",
    ],
)
def test_what_is_shown_as_code_or_words_is_no_link(text: str) -> None:
    assert outline.read(text).links == ()


def test_a_link_has_its_line_and_is_not_taken_for_a_longer_one() -> None:
    text = "```\ntopic:a\n```\n[x](topic:a-b) and\n[y](topic:a).\n\n[z][z]\n\n[z]: topic:z"
    assert outline.read(text).links == (Link("topic:a-b", 3), Link("topic:a", 4), Link("topic:z", 8))


def test_titles_are_words_and_those_in_fences_lists_and_quotations_are_none() -> None:
    outermost = "# One\n\n## `LIKE` *and* [links](#x)\n\n### Third\n\nTwo\n---\n"
    within = "```sh\n## no\n```\n\n> ## Quoted\n\n- a\n\n    ## Listed\n"
    assert outline.read(f"{outermost}\n{within}").titles == ("One", "LIKE and links", "Two")


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("When not to", "when-not-to"),
        ("Little's law: 1, 2 – and 3", "littles-law-1-2-and-3"),
        ("数字", "数字"),
        ("???", ""),
    ],
)
def test_an_anchor_keeps_letters_and_digits(title: str, anchor: str) -> None:
    assert outline.anchor(title) == anchor


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("one\nand the same", ("p",)),
        ("one\n\ntwo", ("p", "p")),
        ("- one", ("ul",)),
        ("```\none\n```", ("pre",)),
        ("one\n```\ntwo\n```", ("p", "pre")),
        ("## One", ("h2",)),
        ("", ()),
    ],
)
def test_blocks_are_the_outermost_elements(text: str, blocks: tuple[str, ...]) -> None:
    assert outline.read(text).blocks == blocks


@pytest.mark.parametrize(
    ("text", "has_table"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", True),
        ("a | b\n--- | ---\n1 | 2", True),
        ("one\n\n---\n\ntwo", False),
        ("```\n| a | b |\n|---|---|\n| 1 | 2 |\n```", False),
    ],
)
def test_a_table_is_what_is_shown_as_one(text: str, has_table: bool) -> None:
    assert outline.read(text).has_table is has_table


def test_words_are_counted_outside_tables_and_code() -> None:
    text = "## A title\n\n- one `two`, *three*four\n\na | b\n--- | ---\n1 | 2\n\n```\nx y\n```\n\n    z z\n"
    assert outline.read(text).words == 5


def test_fences_name_their_language_in_lower_case() -> None:
    text = "```Mermaid\na\n```\n\n~~~mermaid title\nb\n~~~\n\n```\nc\n```"
    assert outline.read(text).fences == (Fence("mermaid", "a\n"), Fence("mermaid", "b\n"), Fence("", "c\n"))


def test_lines_keep_their_numbers_without_fences() -> None:
    assert outline.without_fences("a\n```\nb\n```\nc") == "a\n\n\n\nc"


def test_what_is_nested_too_deep_has_no_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(self: Markdown, source: str) -> str:
        raise RecursionError

    monkeypatch.setattr(Markdown, "convert", give_up)
    assert outline.read("## Never read before") == outline.Outline()
