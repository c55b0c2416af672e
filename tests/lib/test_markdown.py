"""Markdown of strangers: what it may become, and what it must never become."""

import re
from html.parser import HTMLParser
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from lib import markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "![x](javascript:alert(1))",
    '![x](https://evil.example/p.png "t")',
    '![" onerror="alert(1)](x)',
    '[x](https://a.example "\\" onmouseover=\\"alert(1)")',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<p style='position:fixed'>x</p>",
    "<style>*{display:none}</style>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form action=https://evil.example><input name=password></form>",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "<!--><script>alert(1)</script>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "| a |\n|---|\n| <b onclick=alert(1)>x</b> |",
]


SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
BLANKS = "".join(map(chr, range(33)))


class Tags(HTMLParser):
    """What a browser would find: every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def scheme(address: str) -> str:
    """As a browser reads it: breaks and blanks in front do not count, and nothing but a word is one."""
    found = SCHEME.match(re.sub(r"[\t\r\n]", "", address).lstrip(BLANKS))
    return found[1].lower() if found else ""


def assert_inert(html: str) -> None:
    for tag, attributes in Tags(html).found:
        if tag == "div":
            # The box of a table: ours, and what it is called is all that it says.
            assert attributes.pop("aria-label"), html
            assert attributes == {"role": "region", "tabindex": "0"}, html
            continue
        assert tag in markdown.TAGS, html
        assert set(attributes) <= {"href", "title", "rel", "start", "align", "tabindex"}, html
        address = attributes.get("href")
        if address is not None:
            assert scheme(address) in {"", *markdown.SCHEMES}, html
            assert attributes["rel"] == "nofollow noopener"


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_comes_out_inert(attack):
    assert_inert(markdown.render(attack))
    assert_inert(markdown.render(f"- before\n\n    {attack}\n\n> {attack}"))


@example(["[", "](", "<iframe src='javascript:alert(1)'></iframe>"])
@given(st.lists(st.sampled_from([*ATTACKS, "\n\n", "> ", "- ", "`", "```", "*", "[", "](", "#", "|"]), max_size=12))
@settings(max_examples=60, deadline=None)
def test_pieces_of_attacks_in_any_order_stay_inert(pieces):
    assert_inert(markdown.render("".join(pieces)))


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_renders(text):
    assert_inert(markdown.render(text))


def test_html_in_the_source_is_shown_as_words():
    assert "&lt;b&gt;bold&lt;/b&gt;" in markdown.render("a <b>bold</b> claim")


def test_tables_lists_and_fences_are_understood():
    html = markdown.render("| a | b |\n|--:|---|\n| 1 | 2 |\n\n3. three\n4. four\n\n```python\nx < 1\n```")
    assert '<td align="right">1</td>' in html
    assert '<ol start="3">' in html
    assert '<pre tabindex="0"><code>x &lt; 1\n</code></pre>' in html


@pytest.mark.parametrize(("shift", "first", "third"), [(1, "h2", "h4"), (2, "h3", "h5"), (4, "h5", "h6")])
def test_headings_sink_below_those_of_the_page(shift, first, third):
    html = markdown.render("# One\n\n### Three", shift=shift)
    assert f"<{first}>One</{first}>" in html
    assert f"<{third}>Three</{third}>" in html


TABLE = "| a |\n|---|\n| 1 |\n"


def labels(html):
    return [attributes["aria-label"] for tag, attributes in Tags(html).found if tag == "div"]


def test_a_table_scrolls_in_a_box_named_after_the_heading_above_it():
    text = f'{TABLE}\n{TABLE}\n# Sizes of *things*\n\n> {TABLE}\n## To & "fro" `<b>`\n\n- x\n\n{TABLE}\n{TABLE}'
    text = text.replace("> | a |\n|---|\n| 1 |", "> | a |\n> |---|\n> | 1 |")
    html = markdown.render(text)
    assert labels(html) == [
        *("Table", "Table 2", "Sizes of things, table"),
        *('To & "fro" <b>, table', 'To & "fro" <b>, table 2'),
    ]
    assert html.count('<div role="region" tabindex="0" aria-label=') == html.count("</table></div>") == 5


@pytest.mark.parametrize("attack", [*ATTACKS, '" onfocus="alert(1)', "&quot; onfocus=&quot;alert(1)", "'><script>"])
def test_a_heading_that_names_a_table_stays_words(attack):
    line = attack.replace("\n", " ")
    assert_inert(markdown.render(f"# {line}\n\n{TABLE}"))


@pytest.mark.parametrize("text", ['[a](/ "<table>")', "`<table>`", "&lt;table&gt;", "```\n<table>\n```"])
def test_only_a_table_gets_a_box(text):
    html = markdown.render(f"# x\n\n{text}")
    assert "<div" not in html
    assert_inert(html)


def test_an_image_becomes_its_words_and_nothing_is_fetched():
    html = markdown.render("![the cache](https://elsewhere.example/x.png)")
    assert html == "<p><em>the cache</em></p>"


def test_a_mermaid_fence_is_drawn_where_it_stood():
    seen = []

    def draw(source):
        seen.append(source)
        return "<svg>drawn</svg>"

    html = markdown.render("Before\n```mermaid\ngraph LR\n  a --> b\n```\nAfter", draw=draw)
    assert seen == ["graph LR\n  a --> b\n"]
    assert html == '<p>Before</p>\n<figure tabindex="0"><svg>drawn</svg></figure>\n<p>After</p>'


def test_a_fence_that_cannot_be_drawn_stays_code():
    html = markdown.render("```mermaid\npie\n```", draw=lambda source: None)
    assert html == '<pre tabindex="0"><code>pie\n</code></pre>'


def test_only_mermaid_fences_are_offered_for_drawing():
    html = markdown.render("```sql\nselect 1\n```\n\n~~~\n```mermaid\nx\n```\n~~~", draw=lambda source: "<svg></svg>")
    assert "<svg" not in html


def test_each_language_has_its_own_drawing():
    fences = "```mermaid\none\n```\n\n```Scale\ntwo\n```\n\n```sql\nthree\n```"
    html = markdown.render(fences, draw={"scale": lambda source: f"<svg>{source.strip()}</svg>"})
    assert '<figure tabindex="0"><svg>two</svg></figure>' in html
    assert "<code>one" in html
    assert "<code>three" in html


def test_two_drawings_keep_their_places():
    html = markdown.render(
        "```mermaid\none\n```\nmiddle\n```mermaid\ntwo\n```", draw=lambda source: f"<svg>{source.strip()}</svg>"
    )
    assert html.index("one") < html.index("middle") < html.index("two")


def test_windows_line_ends_do_not_hide_a_fence():
    html = markdown.render("```mermaid\r\ngraph LR\r\n```\r\n", draw=lambda source: "<svg></svg>")
    assert html == '<figure tabindex="0"><svg></svg></figure>'


@pytest.mark.parametrize("text", [">" * 4000, "[" * 4000, "[a](" * 2000, "- " * 1500 + "a", "*a " * 4000])
def test_a_prank_costs_little_and_keeps_the_words(text):
    start = perf_counter()
    html = markdown.render(text)
    assert perf_counter() - start < 2
    assert html


def test_links_get_the_addresses_they_are_resolved_to():
    text = '[a](topic:b "T"), [a][r], `[a](topic:b)`\n\n[r]: topic:c\n\n```\n[a](topic:b)\n```'
    html = markdown.render(text, resolve=lambda href: href.replace("topic:", "/library/"))
    assert 'href="/library/b" title="T"' in html
    assert 'href="/library/c"' in html
    assert html.count("[a](topic:b)") == 2


def test_what_a_link_is_resolved_to_is_sanitised():
    assert_inert(markdown.render("[a](topic:b)", resolve=lambda href: "javascript:alert(1)"))


def test_a_text_is_cut_at_its_headings_but_not_in_fences_lists_and_quotations():
    text = "Before\n\n## One *thing*\n\n```sh\n## no\n```\n\n> ## quoted\n\n### Third\n\n## Two\nAfter"
    lead, (one, two) = markdown.sections(text)
    assert lead == "<p>Before</p>"
    assert (one.title, one.heading) == ("One thing", "One <em>thing</em>")
    assert "## no" in one.html
    assert "<h2>quoted</h2>" in one.html
    assert one.html.endswith("<h3>Third</h3>")
    assert (two.title, two.heading, two.html) == ("Two", "Two", "<p>After</p>")


def test_parts_share_what_is_defined_in_one_of_them():
    _, (one, _) = markdown.sections("## One\n\n[a][x]\n\n## Two\n\n[x]: https://example.org/")
    assert 'href="https://example.org/"' in one.html


def test_a_title_holds_no_link_since_contents_link_to_it():
    _, (part,) = markdown.sections("## See [this *one*](https://example.org/)")
    assert part.heading == "See this <em>one</em>"


def test_parts_of_strangers_stay_inert():
    text = "\n\n".join(f"## {attack}\n\n{attack}" for attack in ATTACKS)
    lead, parts = markdown.sections(text)
    assert len(parts) > len(ATTACKS) / 2
    assert_inert(lead + "".join(part.heading + part.html for part in parts))


def test_a_text_without_headings_is_one_piece():
    assert markdown.sections("") == ("", ())
    assert markdown.sections("one\n\n```\n## two\n```")[1] == ()


def test_a_text_that_the_parser_gives_up_on_is_one_piece(monkeypatch):
    def give_up(self, source):
        raise RecursionError

    monkeypatch.setattr(Markdown, "convert", give_up)
    assert markdown.sections("## a\n\n<b>") == ('<pre tabindex="0">## a\n\n&lt;b&gt;</pre>', ())
