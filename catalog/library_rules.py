"""What must hold in topics, cards and reference pages beyond their form. Pure; one generator per rule.

`Known` says what the rest of the catalog holds, so that a private pack may refer to ours.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from catalog import drawing, links
from catalog.folder import Problem
from catalog.library_folder import Library, Placed
from catalog.library_spec import BACK_WORDS, FRONT_WORDS, SUMMARY_WORDS, TOPIC_WORDS, Reference, Topic, words
from lib import outline

_FIRST_LEVEL: Final = re.compile(r"#(?!#)")
NEEDED: Final = ("Worked numbers", "When not to")


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to refer to: slugs of topics and reference pages; question → its criteria.

    None for a question that cannot be read: that is said once, and not of everything that refers to it.
    """

    topics: Collection[str]
    reference: Collection[str]
    questions: Mapping[str, Collection[str] | None]


Rule = Callable[[Library, Known], Iterator[Problem]]


def problems(library: Library, known: Known) -> list[Problem]:
    return sorted({problem for rule in _RULES for problem in rule(library, known)})


def topics_have_their_length(library: Library, known: Known) -> Iterator[Problem]:
    least, most = TOPIC_WORDS
    for topic in library.topics:
        count = outline.read(topic.item.body).words
        if not least <= count <= most:
            yield topic.problem(
                ("body",), f"has {count} words; write {least} to {most}, tables and drawings not counted"
            )


def topics_are_complete(library: Library, known: Known) -> Iterator[Problem]:
    for topic in library.topics:
        built = outline.read(topic.item.body)
        for title in NEEDED:
            if title not in built.titles:
                yield topic.problem(("body",), f"has no section “## {title}”")
        if not built.has_table:
            yield topic.problem(("body",), "has no table; compare the choices in one")
        if not any(fence.language == "mermaid" and drawing.draw(fence.code) for fence in built.fences):
            yield topic.problem(("body",), "has no drawing; add a ```mermaid fence with a flowchart that can be read")


def pages_begin_below_the_title(library: Library, known: Known) -> Iterator[Problem]:
    for page in _pages(library):
        for number, line in enumerate(outline.without_fences(page.item.body).split("\n")):
            if _FIRST_LEVEL.match(line):
                yield page.problem_in_body(number, "is a heading of the first level; the title is that, begin with ##")


def parts_can_be_linked_to(library: Library, known: Known) -> Iterator[Problem]:
    for page in _pages(library):
        titles = outline.read(page.item.body).titles
        for anchor, count in Counter(map(outline.anchor, titles)).items():
            named = ", ".join(f"“{title}”" for title in titles if outline.anchor(title) == anchor)
            if not anchor:
                yield page.problem(("body",), f"has parts without a letter or a digit in their titles: {named}")
            elif count > 1:
                yield page.problem(("body",), f"has {count} parts with the address #{anchor}: {named}")


def summaries_are_short(library: Library, known: Known) -> Iterator[Problem]:
    for page in _pages(library):
        if (count := words(page.item.summary)) > SUMMARY_WORDS:
            yield page.problem(("summary",), f"has {count} words; {SUMMARY_WORDS} fit the list")


def cards_are_short(library: Library, known: Known) -> Iterator[Problem]:
    for card in library.cards:
        for field, text, most in (("front", card.item.front, FRONT_WORDS), ("back", card.item.back, BACK_WORDS)):
            if (count := words(text)) > most:
                yield card.problem((field,), f"has {count} words; a card holds {most}")


def keys_differ(library: Library, known: Known) -> Iterator[Problem]:
    seen: set[str] = set()
    for card in library.cards:
        if card.item.key in seen:
            yield card.problem(("key",), f"“{card.item.key}” is the key of another card as well")
        seen.add(card.item.key)


def fronts_are_one_paragraph(library: Library, known: Known) -> Iterator[Problem]:
    for card in library.cards:
        if outline.read(card.item.front).blocks != ("p",):
            yield card.problem(("front",), "is more or other than one paragraph, and only that fits where it is shown")


def links_lead_somewhere(library: Library, known: Known) -> Iterator[Problem]:
    for page in _pages(library):
        built = outline.read(page.item.body)
        parts = {f"#{outline.anchor(title)}" for title in built.titles}
        for link in built.links:
            if link.href not in parts and (message := _astray(link.href, known)):
                yield page.problem_in_body(link.line, message)
    for card in library.cards:
        for field, text in (("front", card.item.front), ("back", card.item.back)):
            for link in outline.read(text).links:
                if message := _astray(link.href, known):
                    yield card.problem((field,), message)


def _astray(href: str, known: Known) -> str:
    """What is wrong with where a link leads; empty for nothing."""
    if links.leads_elsewhere(href):
        return ""
    target = links.target(href)
    if target is None:
        return f"links to “{href}”; write {', '.join(f'{kind}:slug' for kind in links.KINDS)}, or a whole address"
    kind, slug = target
    there = {"topic": known.topics, "question": known.questions, "reference": known.reference}[kind]
    return "" if slug in there else f"links to the {kind} “{slug}”, which there is not"


def topics_refer_to_what_there_is(library: Library, known: Known) -> Iterator[Problem]:
    for topic in library.topics:
        for index, slug in enumerate(topic.item.related):
            if slug not in known.topics or slug == topic.item.slug:
                yield topic.problem(("related", index), f"names the topic “{slug}”, which there is not, or is this one")
        for index, slug in enumerate(topic.item.questions):
            if slug not in known.questions:
                yield topic.problem(("questions", index), f"names the question “{slug}”, which there is not")


def cards_refer_to_what_there_is(library: Library, known: Known) -> Iterator[Problem]:
    for card in library.cards:
        if card.item.topic not in known.topics:
            yield card.problem(("topic",), f"names the topic “{card.item.topic}”, which there is not")
        for index, ref in enumerate(card.item.criteria):
            question, _, criterion = ref.partition(".")
            criteria = known.questions.get(question, ())
            if criteria is not None and criterion not in criteria:
                yield card.problem(("criteria", index), f"names the criterion “{ref}”, which there is not")


def _pages(library: Library) -> Iterator[Placed[Topic] | Placed[Reference]]:
    yield from library.topics
    yield from library.reference


_RULES: Final[tuple[Rule, ...]] = (
    topics_have_their_length,
    topics_are_complete,
    pages_begin_below_the_title,
    parts_can_be_linked_to,
    summaries_are_short,
    cards_are_short,
    keys_differ,
    fronts_are_one_paragraph,
    links_lead_somewhere,
    topics_refer_to_what_there_is,
    cards_refer_to_what_there_is,
)
