"""Markdown that strangers wrote, made safe to show: rendered, then sanitised, with no HTML of theirs let through."""

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Final
from xml.etree.ElementTree import Element

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

# The source of a fence → an SVG of ours, or None to leave the fence as code.
Draw = Callable[[str], str | None]

TAGS: Final = {
    *("p", "br", "hr", "blockquote", "pre", "code", "strong", "em", "del", "a"),
    *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
SCHEMES: Final = {"http", "https", "mailto"}
# Unclosed brackets cost the parser quadratic time; a text with more of them than this gets no links.
MAX_BRACKETS: Final = 400
LINK_PATTERNS: Final = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref")
FENCE: Final = re.compile(
    r"^(?P<fence>~{3,}|`{3,})[ ]*(?P<lang>[\w#.+-]*)[^\n]*\n(?P<code>.*?)(?<=\n)(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)


def render(text: str, *, draw: Draw | Mapping[str, Draw] | None = None, shift: int = 1) -> SafeString:
    """Safe HTML of a Markdown text.

    Headings sink by `shift` levels, so that a `#` never competes with the page's own heading. `draw` draws mermaid
    fences; a mapping says who draws the fences of which language.
    """
    draws = draw if isinstance(draw, Mapping) else {"mermaid": draw} if draw else {}
    text, drawings = _take_out_drawings(text, draws)
    try:
        html = _parser(shift, links=text.count("[") <= MAX_BRACKETS).convert(text)
    except RecursionError:
        # A thousand nested quotes are a prank or an accident; either way the words stay readable.
        html = f"<pre>{escape(text)}</pre>"
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener")
    # What may be wider than the page scrolls in its own box, and that box must be reachable by keyboard.
    clean = clean.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<table tabindex="0">')
    for token, svg in drawings.items():
        figure = f'<figure tabindex="0">{svg}</figure>'
        clean = clean.replace(f"<p>{token}</p>", figure).replace(token, figure)
    return mark_safe(clean)


def _parser(shift: int, *, links: bool) -> Markdown:
    parser = Markdown(
        extensions=["tables", "fenced_code", "sane_lists"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    # HTML in the source is text like any other: it is shown, not obeyed.
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    for name in () if links else LINK_PATTERNS:
        parser.inlinePatterns.deregister(name)
    parser.treeprocessors.register(_Tame(parser, shift), "tame", 0)
    return parser


class _Tame(Treeprocessor):
    """Sinks headings, and puts an image's words where the image would be: nothing is fetched from elsewhere."""

    def __init__(self, md: Markdown, shift: int) -> None:
        super().__init__(md)
        self.shift = shift

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                element.tag = f"h{min(max(int(element.tag[1]) + self.shift, 2), 6)}"
            elif element.tag == "img":
                words = element.get("alt") or "image"
                element.attrib.clear()
                element.tag, element.text = "em", words


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

    return FENCE.sub(replace, text.replace("\r\n", "\n")), drawings
