"""How a Markdown text is built, without its HTML: its blocks, headings, links and fences. Pure.

The same parser as lib.markdown shows it with, so that what is said here is what a reader gets.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

FENCE: Final = re.compile(
    r"^(?P<fence>~{3,}|`{3,})[ ]*(?P<lang>[\w#.+-]*)[^\n]*\n(?P<code>.*?)(?<=\n)(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)
LINK_PATTERNS: Final = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref")
# What the parser puts aside, such as a fence, leaves this in the tree.
_PUT_ASIDE: Final = re.compile("\x02[^\x03]*\x03")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, as its author wrote it, and its line in the text, from 0."""

    href: str
    line: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: the language it names, in lower case, and what stands in it."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What a text holds.

    `blocks` are the tags of the outermost elements, a fence being `pre`; `titles` the words of the headings that cut
    the text into parts; `words` counts those outside tables and code blocks.
    """

    blocks: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    fences: tuple[Fence, ...] = ()
    words: int = 0
    has_table: bool = False


@lru_cache(maxsize=1024)
def read(text: str) -> Outline:
    """The outline of a text; an empty one where the parser gives up on what is nested too deep."""
    text = text.replace("\r\n", "\n")
    tree = _Tree()
    try:
        parser(tree).convert(text)
    except RecursionError:
        return Outline()
    return Outline(
        blocks=tuple(_tag(element) for element in tree.root),
        titles=tuple(title(element) for element in headings(tree.root)),
        links=tuple(_links(tree.root, without_fences(text))),
        fences=tuple(Fence(match["lang"].lower(), match["code"]) for match in FENCE.finditer(text)),
        words=len(_PUT_ASIDE.sub("", "".join(_prose(tree.root))).split()),
        has_table=tree.root.find(".//table") is not None,
    )


def parser(*processors: Treeprocessor, links: bool = True) -> Markdown:
    """A parser for one text; the processors see its tree last, and in this order.

    HTML in the source is text like any other: it is shown, not obeyed.
    """
    made = Markdown(
        extensions=["tables", "fenced_code", "sane_lists"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    for name in () if links else LINK_PATTERNS:
        made.inlinePatterns.deregister(name)
    for number, processor in enumerate(processors):
        made.treeprocessors.register(processor, f"ours {number}", -number)
    return made


def headings(root: Element) -> list[Element]:
    """The headings that cut a text into parts: those that no list and no quotation holds."""
    return [element for element in root if element.tag in {"h1", "h2"}]


def title(heading: Element) -> str:
    return _PUT_ASIDE.sub("", "".join(heading.itertext())).strip()


def anchor(title: str) -> str:
    """What a part can be linked to by: letters and digits of its title, in any script; empty if it has none."""
    kept = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKC", title).lower())
    return re.sub(r"[-\s]+", "-", kept).strip("-_")


def without_fences(text: str) -> str:
    """The text with blank lines in place of its fences, so that lines keep their numbers."""
    return FENCE.sub(lambda match: "\n" * match[0].count("\n"), text)


class _Tree(Treeprocessor):
    """Keeps the tree, which is empty where the text is."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("div")

    def run(self, root: Element) -> None:
        self.root = root


def _tag(element: Element) -> str:
    return "pre" if element.tag == "p" and _PUT_ASIDE.fullmatch(element.text or "") else element.tag


def _prose(element: Element) -> Iterator[str]:
    if element.tag not in {"table", "pre"}:
        yield element.text or ""
        for child in element:
            yield from _prose(child)
    yield element.tail or ""


def _links(root: Element, text: str) -> Iterator[Link]:
    """The parser forgets lines, so the first place of each address is looked up."""
    for element in root.iter("a"):
        href = unescape((element.get("href") or "").replace(AMP_SUBSTITUTE, "&"))
        place = re.search(re.escape(href) + r"(?![\w-])", text)
        yield Link(href, text.count("\n", 0, place.start()) if place else 0)
