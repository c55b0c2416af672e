"""Markdown → sentences, bullets and blocks, each with its exact place in the text.

Offsets are code points of the section's text, so `section_text[start:end]` is what was written, byte for byte.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from catalog.answer_file import BODY
from catalog.steps import REQUIREMENTS
from scoring.engine.types import Evidence
from scoring.engine.words import LONGEST_WORD, STOP_STEMS, stem

Kind = Literal["prose", "bullet", "table", "code", "sum"]
# What is no running text, and is not held against what running text is like.
NO_PROSE: Final = frozenset(["code", "sum"])

MAX_SENTENCE: Final = 700
# So much of what stands above a list item is kept as what it is about.
LEAD: Final = 80

# Also right after the mark of a list item.
_FENCE: Final = re.compile(r"^[ \t]*(?:(?:[-*+•–]|\d{1,2}[.)])[ \t]+)?(`{3,}|~{3,})[ \t]*([\w-]*)[^\n]*$")
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n|")
_HEADING: Final = re.compile(r"^[ \t]*#{1,6}[ \t]+\S")
_BOLD_LINE: Final = re.compile(r"^[ \t]*(\*\*|__)[^*_\n]+\1[ \t]*[:.]?[ \t]*$")
_LABEL_LINE: Final = re.compile(r"^[ \t]*[A-Z][^.!?;|→>=\d\n]{2,60}:[ \t]*$")
_ITEM: Final = re.compile(r"^[ \t]*(?:[-*+•–][ \t]+|\(?\d{1,2}[.)][ \t]+|>[ \t]*)(?:\[[ xX]\][ \t]+)?")
LEFT_OUT: Final = "Out of scope"
_LEAVES_OUT: Final = re.compile(
    r"\W*(?:out(?:\s+of\s+scope)?|non-?goals?|not\s+(?:in\s+scope|doing|covered|included|building|now)|exclude[sd]?|excluding|"
    r"exclusions?|left\s+out|leav(?:e|ing)\s+out|skip(?:ped|ping)?|ignor(?:ed|ing))\b\s*\W{0,3}[:–—-]",
    re.IGNORECASE,
)
# "No accounts, no billing": one thing that there is none of may be a decision, two are a list of what is left out.
_NONE_OF: Final = re.compile(r"\W*no\s+[^,.;]{2,40},\s*(?:and\s+|or\s+)?no\s+\w", re.IGNORECASE)
_TABLE_RULE: Final = re.compile(r"^[ \t|:+-]+$")
_BREAK: Final = re.compile(r"(?<=[.!?])[)\"”’'*_]*\s+(?=[\"“'(*_`]*[^\W_]|[~≈`(\[*_])|;\s+|[.!?][)\"”’'*_]*\n\s*")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|a\.m|p\.m|etc|vs|approx|incl|opt|resp|cf|no|fig|min|max|avg|est|ca|ex|mgmt)"
    r"|\.\.|(?<!\d )\b(?-i:[A-Z]))\.$",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
# Letters without which a text is not searched, the compound, and what it counts as.
_COMPOUND: Final = (
    ("load", re.compile(r"\bload[\s-]+balanc(?:er|ers|ing)\b"), "loadbalancer"),
    ("key", re.compile(r"\bkey[\s/-]+value\b"), "keyvalue"),
    ("fan", re.compile(r"\bfan[\s-]*(?:ned[\s-]*)?out\b"), "fanout"),
    ("dead", re.compile(r"\bdead[\s-]+letters?\b"), "deadletter"),
    ("back", re.compile(r"\bback[\s-]+pressure\b"), "backpressure"),
    ("trade", re.compile(r"\btrade[\s-]+offs?\b"), "tradeoff"),
    ("web", re.compile(r"\bweb[\s-]+sockets?\b"), "websocket"),
    ("roll", re.compile(r"\broll(?:ed|ing|s)?[\s-]+back\b"), "rollback"),
    ("half", re.compile(r"\bhalf[\s-]+open\b"), "halfopen"),
    ("fail", re.compile(r"\bfail(?:s|ed)?[\s-]+over\b"), "failover"),
    ("take", re.compile(r"\btake(?:s|n)?[\s-]+down\b"), "takedown"),
    ("look", re.compile(r"\blook(?:s|ed)?[\s-]+up\b"), "lookup"),
    ("", re.compile(r"\b(?:ten|10)[\s-]*(?:times|x|×|fold)|×\s*10\b"), "tenfold"),
    ("base", re.compile(r"\bbase[\s-]*62\b"), "base62"),
    ("time", re.compile(r"\btime[\s-]+stamps?\b"), "timestamp"),
    ("time", re.compile(r"\btime[\s-]+line"), "timeline"),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written in lower case, its stem ("" for words that never match) and its place in the section."""

    word: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """`heading` holds the stems of the heading above; `lead` is that heading, or the item that this one is under.

    One that says what is left out is read under LEFT_OUT, however it says so.
    """

    section: str
    start: int
    end: int
    text: str
    kind: Kind
    paragraph: int
    tokens: tuple[Token, ...]
    heading: tuple[str, ...] = ()
    lead: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.word for token in self.tokens)

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(token.stem for token in self.tokens if token.stem)

    @property
    def leaves_out(self) -> bool:
        return self.lead == LEFT_OUT

    def evidence(self) -> Evidence:
        return Evidence(self.section, self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: a diagram, a schema, code. `outer_start` and `outer_end` take in the lines that fence it."""

    section: str
    start: int
    end: int
    text: str
    language: str
    outer_start: int
    outer_end: int


@dataclass(frozen=True, slots=True)
class Section:
    """`heard` counts the words that are the interviewer's: they are in the text, and in no sentence (see `said`)."""

    key: str
    text: str
    sentences: tuple[Sentence, ...] = ()
    blocks: tuple[Block, ...] = ()
    heard: int = 0

    @property
    def word_count(self) -> int:
        return sum(len(s.tokens) for s in self.sentences) + sum(len(b.text.split()) for b in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    sections: Mapping[str, Section] = field(default_factory=dict)

    @property
    def sentences(self) -> list[Sentence]:
        return [sentence for section in self.sections.values() for sentence in section.sentences]


def read(texts: Mapping[str, str], sheets: Iterable[tuple[str, int, int]] = ()) -> Document:
    """`sheets` are (section, start, end) of what was worked out on a sheet: its sums are read as such, not as prose."""
    found = {key: read_section(key, text) for key, text in texts.items()}
    for key, start, end in sheets:
        if key in found:
            found[key] = _with_sums(found[key], start, end)
    return Document(found)


def _with_sums(section: Section, start: int, end: int) -> Section:
    """Row after row of names and figures looks like a list of terms, or like one mould filled again and again."""
    sums = tuple(
        replace(s, kind="sum") if start <= s.start < end and _SUM.search(s.text) else s for s in section.sentences
    )
    return replace(section, sentences=sums)


def read_section(key: str, text: str) -> Section:
    sentences: list[Sentence] = []
    blocks: list[Block] = []
    heading: tuple[str, ...] = ()
    title = ""
    above: list[tuple[int, str]] = []
    for number, part in enumerate(_parts(text)):
        if part.kind == "block":
            start, end = _trim(text, part.start, part.end)
            block = Block(key, start, end, text[start:end], part.language, part.outer_start, part.outer_end)
            blocks.append(block)
            if not looks_like_diagram(block):
                for a, b in _lines(text, start, end):
                    sentences += _sentence(key, text, a, b, "code", number, heading)
        elif part.kind == "heading":
            title, above = text[part.start : part.end].strip(), []
            heading = tuple(t.stem for t in tokens(title) if t.stem)
        else:
            kind: Kind = part.kind
            lead = title
            if kind == "bullet":
                above = [item for item in above if item[0] < part.indent]
                lead = above[-1][1] if above else title
                above.append((part.indent, text[part.start : part.end][:LEAD]))
            for a, b in _split(text, part.start, part.end):
                sentences += _sentence(key, text, a, b, kind, number, heading, lead)
    return Section(key, text, tuple(sentences), tuple(blocks))


_ARROW: Final = re.compile(r"[-=.~]{1,}>|<[-=]{1,}|[→←↔⇒▶►]|\+--")
_SUM: Final = re.compile(r"\d[^→⇒\n]*(?:[×*/÷=≈]|\s[x+]\s)\s*[~(]?\s*\d|[=≈]\s*~?\s*\d")


def looks_like_diagram(block: Block) -> bool:
    """Mermaid, or boxes and arrows in text; a schema, code, and sums with arrows before what follows are neither."""
    if block.language in ("mermaid", "dot", "graphviz"):
        return True
    if block.language and block.language not in ("text", "txt", "ascii", "diagram", "plain"):
        return False
    lines = [line for line in block.text.split("\n") if line.strip()]
    sums = sum(bool(_SUM.search(line)) for line in lines)
    return len(_ARROW.findall(block.text)) >= 2 and 2 * sums < len(lines)


def tokens(text: str, offset: int = 0) -> list[Token]:
    """Words with stems; compounds of the trade such as “load balancer” count as one word at their first place."""
    found = []
    low = text.lower()
    compounds = _compounds(low)
    for match in _TOKEN.finditer(low):
        word = compounds.get(match.start(), match[0].replace("’", "'"))
        if not word:
            continue
        found.append(Token(word, _stem(word), offset + match.start(), offset + match.end()))
    return found


def _stem(word: str) -> str:
    # What is longer is no word, and not worth its place among those that are kept.
    return _known_stem(word) if len(word) <= LONGEST_WORD else _stem_of(word)


@lru_cache(maxsize=50_000)
def _known_stem(word: str) -> str:
    return _stem_of(word)


def _stem_of(word: str) -> str:
    if word[0].isdigit():
        # Codes such as 302 or 429 mean something; other numbers are read by the numbers module.
        return word if word.isdigit() and len(word) == 3 else ""
    base = word.removesuffix("'s").removesuffix("n't")
    found = stem(base)
    return "" if found in STOP_STEMS or len(found) < 2 else found


def _compounds(low: str) -> dict[int, str]:
    """Word start → compound; later words of the compound map to ""."""
    found: dict[int, str] = {}
    for letters, pattern, name in _COMPOUND:
        if letters not in low:
            continue
        for match in pattern.finditer(low):
            inner = [m.start() for m in _TOKEN.finditer(low, match.start(), match.end())]
            for position in inner[1:]:
                found[position] = ""
            if inner:
                found[inner[0]] = name
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    kind: Literal["prose", "bullet", "table", "heading", "block"]
    start: int
    end: int
    language: str = ""
    indent: int = 0
    outer_start: int = 0
    outer_end: int = 0


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for line in text[start:end].splitlines(keepends=True):
        yield position, position + len(line.rstrip("\r\n"))
        position += len(line)


def _after_break(text: str, end: int) -> int:
    """Where the next line begins."""
    return end + len(_LINE_BREAK.match(text, end)[0])  # type: ignore[index]


def _parts(text: str) -> Iterator[_Part]:
    """The text cut into headings, paragraphs, list items, table rows and fenced blocks, in order."""
    open_part: _Part | None = None
    fence: _Part | None = None
    mark = ""
    for start, end in _lines(text, 0, len(text)):
        line = text[start:end]
        if fence:
            if line.strip().startswith(mark) and not line.strip().strip(mark[0]):
                yield replace(fence, end=start, outer_end=_after_break(text, end))
                fence = None
            continue
        opening = _FENCE.match(line)
        kind = _line_kind(line, open_part)
        if opening or kind != "continues":
            if open_part:
                yield open_part
            open_part = None
        if opening:
            mark, inner = opening[1], _after_break(text, end)
            # One that nobody closes goes to the end of the text.
            fence = _Part("block", inner, len(text), opening[2].lower(), outer_start=start, outer_end=len(text))
        elif kind == "heading":
            yield _Part("heading", start, end)
        elif kind == "table":
            if not _TABLE_RULE.match(line):
                yield _Part("table", start, end)
        elif kind == "bullet":
            marker = _ITEM.match(line)
            indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
            open_part = _Part("bullet", start + (marker.end() if marker else 0), end, indent=indent)
        elif kind == "prose":
            open_part = _Part("prose", start, end)
        elif kind == "continues" and open_part:
            open_part = replace(open_part, end=end)
    if fence:
        yield fence
    if open_part:
        yield open_part


def _line_kind(line: str, open_part: _Part | None) -> str:
    if not line.strip():
        return "blank"
    if _HEADING.match(line) or _BOLD_LINE.match(line) or _LABEL_LINE.match(line):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    if _ITEM.match(line):
        return "bullet"
    return "continues" if open_part else "prose"


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentence spans of a paragraph."""
    for a, b in _sentences(text, start, end):
        yield from _pieces(text, a, b)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _BREAK.finditer(text, start, end):
        if match.start() < position:
            continue
        head = text[max(position, match.start() - MAX_SENTENCE) : match.start()]
        if _ABBREVIATION.search(head[-12:]) or re.fullmatch(r"[\s\d.]*", head):
            continue
        if match[0].startswith(";") and (_unbalanced(head) or len(head.split()) < 4):
            continue
        keep = len(match[0].rstrip())
        yield position, match.start() + keep
        position = match.end()
    yield position, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at blanks where it is longer than anybody writes: what reads it may take quadratic time."""
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _unbalanced(head: str) -> bool:
    return any(head.count(a) > head.count(b) for a, b in ("()", "{}", "[]"))


def _sentence(
    key: str, text: str, start: int, end: int, kind: Kind, paragraph: int, heading: tuple[str, ...], lead: str = ""
) -> list[Sentence]:
    start, end = _trim(text, start, end)
    words = tuple(tokens(text[start:end], start))
    if _LEAVES_OUT.match(text, start, end) or (key in (REQUIREMENTS, BODY) and _NONE_OF.match(text, start, end)):
        heading, lead = (*heading, *(t.stem for t in tokens(LEFT_OUT) if t.stem)), LEFT_OUT
    return [Sentence(key, start, end, text[start:end], kind, paragraph, words, heading, lead)] if words else []


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
