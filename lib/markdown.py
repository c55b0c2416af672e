"""Markdown that strangers wrote, made safe to show: rendered, then sanitised, with no HTML of theirs let through."""

import re
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown.treeprocessors import Treeprocessor

from lib import outline

# The source of a fence → an SVG of ours, or None to leave the fence as code.
Draw = Callable[[str], str | None]
# Where a link leads, as its author wrote it → the address to serve.
Resolve = Callable[[str], str]

TAGS: Final = {
    *("p", "br", "hr", "blockquote", "pre", "code", "strong", "em", "del", "a"),
    *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
SCHEMES: Final = {"http", "https", "mailto"}
# Unclosed brackets cost the parser quadratic time; a text with more of them than this gets no links.
MAX_BRACKETS: Final = 400
_TABLES: Final = re.compile(r"<h(?P<level>[2-6])>(?P<heading>.*?)</h(?P=level)>|</?table>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, as plain words and as HTML without its tag, and the HTML of what stands under it."""

    title: str
    heading: SafeString
    html: SafeString


def render(
    text: str,
    *,
    draw: Draw | Mapping[str, Draw] | None = None,
    shift: int = 1,
    resolve: Resolve | None = None,
) -> SafeString:
    """Safe HTML of a Markdown text.

    Headings sink by `shift` levels, so that a `#` never competes with the page's own heading. `draw` draws mermaid
    fences; a mapping says who draws the fences of which language. `resolve` gives links their addresses.
    """
    return _html(text, draw, _Tame(shift, resolve))


def sections(
    text: str, *, draw: Draw | Mapping[str, Draw] | None = None, resolve: Resolve | None = None
) -> tuple[SafeString, tuple[Section, ...]]:
    """What stands before the first `##`, and what stands under each. Headings keep their levels."""
    cut = _Cut()
    lead, *rest = _html(text, draw, _Tame(0, resolve), cut).split(f"<p>{cut.token}</p>")
    found = []
    # Where the parser gave up there are titles, but nothing to cut.
    for title, part in zip(cut.titles, rest, strict=False):
        heading, _, html = part.strip().removeprefix("<h2>").partition("</h2>")
        found.append(Section(title, mark_safe(heading), mark_safe(html.strip())))
    return mark_safe(lead.strip()), tuple(found)


def _html(text: str, draw: Draw | Mapping[str, Draw] | None, *processors: Treeprocessor) -> SafeString:
    draws = draw if isinstance(draw, Mapping) else {"mermaid": draw} if draw else {}
    text, drawings = _take_out_drawings(text, draws)
    try:
        html = outline.parser(*processors, links=text.count("[") <= MAX_BRACKETS).convert(text)
    except RecursionError:
        # A thousand nested quotes are a prank or an accident; either way the words stay readable.
        html = f"<pre>{escape(text)}</pre>"
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener")
    # What may be wider than the page scrolls in its own box, and that box must be reachable by keyboard.
    clean = _frame_tables(clean.replace("<pre>", '<pre tabindex="0">'))
    for token, svg in drawings.items():
        figure = f'<figure tabindex="0">{svg}</figure>'
        clean = clean.replace(f"<p>{token}</p>", figure).replace(token, figure)
    return mark_safe(clean)


def _frame_tables(clean: str) -> str:
    """Each table in a box of its own, named after the heading above it.

    In sanitised HTML: there `<` begins a tag and nothing else, and neither headings nor tables have attributes.
    """
    heading = ""
    numbers: Counter[str] = Counter()

    def frame(match: re.Match[str]) -> str:
        nonlocal heading
        if match["level"]:
            heading = unescape(re.sub(r"<[^>]*>", "", match["heading"])).strip()
            return match[0]
        if match[0] == "</table>":
            return "</table></div>"
        numbers[heading] += 1
        name = f"{heading}, table" if heading else "Table"
        name += f" {numbers[heading]}" if numbers[heading] > 1 else ""
        return f'<div role="region" tabindex="0" aria-label="{escape(name)}"><table>'

    return _TABLES.sub(frame, clean)


class _Tame(Treeprocessor):
    """Sinks headings, resolves links, and puts an image's words in its place: nothing is fetched from elsewhere."""

    def __init__(self, shift: int, resolve: Resolve | None) -> None:
        super().__init__()
        self.shift, self.resolve = shift, resolve

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                element.tag = f"h{min(max(int(element.tag[1]) + self.shift, 2), 6)}"
            elif element.tag == "img":
                words = element.get("alt") or "image"
                element.attrib.clear()
                element.tag, element.text = "em", words
            elif element.tag == "a" and self.resolve:
                element.set("href", self.resolve(element.get("href") or ""))


class _Cut(Treeprocessor):
    """Marks where each part begins, with a token that nobody can write by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.token = f"x{secrets.token_hex(12)}x"
        self.titles: list[str] = []

    def run(self, root: Element) -> None:
        for heading in outline.headings(root):
            self.titles.append(outline.title(heading))
            # The list of contents links to the heading with the same words, and no link can hold another.
            for link in heading.iter("a"):
                link.tag = "span"
                link.attrib.clear()
            mark = Element("p")
            mark.text = self.token
            root.insert(list(root).index(heading), mark)


def _take_out_drawings(text: str, draws: Mapping[str, Draw]) -> tuple[str, dict[str, str]]:
    """The text with a token in place of each fence that could be drawn, and what belongs there.

    Tokens are random, so that nobody can write one by hand.
    """
    if not draws:
        return text, {}
    key = secrets.token_hex(12)
    drawings: dict[str, str] = {}

    def replace(match: re.Match[str]) -> str:
        draw = draws.get(match["lang"].lower())
        svg = draw(match["code"]) if draw else None
        if svg is None:
            return match[0]
        token = f"x{key}n{len(drawings)}x"
        drawings[token] = svg
        return f"\n\n{token}\n\n"

    return outline.FENCE.sub(replace, text.replace("\r\n", "\n")), drawings
