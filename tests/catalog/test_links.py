"""Links between pages of the library: what they name, and where a page leads with them."""

import pytest

from catalog import links, shelves


@pytest.mark.parametrize("kind", links.KINDS)
def test_a_link_names_a_kind_and_a_slug(kind: str) -> None:
    assert links.target(f"{kind}:news-feed-2") == (kind, "news-feed-2")


@pytest.mark.parametrize(
    "href",
    ["", "topic:", "topics:a", "Topic:a", "topic:Caching", "topic:a#b", "topic:a/", " topic:a", "topic:a\n", "#a", "a"],
)
def test_what_is_written_otherwise_names_no_page(href: str) -> None:
    assert links.target(href) is None


@pytest.mark.parametrize(
    ("href", "elsewhere"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("mailto:a@example.org", True),
        ("https://", False),
        ("https:///a", False),
        ("mailto:", False),
        ("//example.org", False),
        ("/library/caching/", False),
        ("../caching/", False),
        ("javascript:alert(1)", False),
        ("topic:caching", False),
    ],
)
def test_only_whole_addresses_lead_elsewhere(href: str, elsewhere: bool) -> None:
    assert links.leads_elsewhere(href) is elsewhere


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("topic:caching", "/library/caching/"),
        ("question:news-feed", "/questions/news-feed/"),
        ("reference:latency", "/library/reference/latency/"),
        ("https://example.org/", "https://example.org/"),
        ("#costs", "#costs"),
    ],
)
@pytest.mark.parametrize("written", ["[a]({})", '[a]({} "A title")', "[a](<{}>)", "[a][b]\n\n[b]: {}"])
def test_a_page_leads_where_its_links_do(href: str, address: str, written: str) -> None:
    body = written.format(href)
    assert f'<a href="{address}"' in shelves.page(body, body).lead


def test_links_that_are_shown_as_code_stay_as_they_were_written() -> None:
    body = "Write `[a](topic:caching)`:\n\n```md\n[a](topic:caching)\n```\n"
    assert shelves.page(body, body).lead.count("[a](topic:caching)") == 2


def test_a_page_is_cut_into_parts_that_can_be_linked_to() -> None:
    first = "Before.\n\n## `LIKE` and 数字\n\n```sh\n## not a heading\n```\n"
    body = f"{first}\n## Costs\n\n[x][x]\n\n## Sources\n\n[x]: topic:cost\n"
    page = shelves.page(body, body)
    assert page.lead == "<p>Before.</p>"
    assert [(part.anchor, part.title) for part in page.parts] == [
        ("like-and-数字", "<code>LIKE</code> and 数字"),
        ("costs", "Costs"),
        ("sources", "Sources"),
    ]
    assert "## not a heading" in page.parts[0].html
    assert 'href="/library/cost/"' in page.parts[1].html
