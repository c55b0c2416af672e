"""What must hold in topics, cards and reference pages beyond their form. Pure; one generator per rule.

`Known` says what the rest of the catalog holds, so that a private pack may refer to ours.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from catalog import links
from catalog.folder import Problem
from catalog.library_folder import Library, Placed
from catalog.library_spec import BACK_WORDS, FRONT_WORDS, SUMMARY_WORDS, TOPIC_WORDS, Reference, Topic, words

_FENCED: Final = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_TABLE: Final = re.compile(r"^\|.*\|[ \t]*$", re.MULTILINE)
_TABLE_RULE: Final = re.compile(r"^\|?[ \t]*:?-{3,}", re.MULTILINE)
_DRAWING: Final = re.compile(r"^```mermaid\s*\n\s*(?:flowchart|graph)\b", re.MULTILINE)
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
        count = words(_prose(topic.item.body))
        if not least <= count <= most:
            yield topic.problem(
                ("body",), f"has {count} words; write {least} to {most}, tables and drawings not counted"
            )


def topics_are_complete(library: Library, known: Known) -> Iterator[Problem]:
    for topic in library.topics:
        body = topic.item.body
        for heading in NEEDED:
            if not re.search(rf"^## {heading}[ \t]*$", body, re.MULTILINE):
                yield topic.problem(("body",), f"has no section “## {heading}”")
        if not _TABLE_RULE.search(body):
            yield topic.problem(("body",), "has no table; compare the choices in one")
        if not _DRAWING.search(body):
            yield topic.problem(("body",), "has no drawing; add a ```mermaid fence with a flowchart")


def pages_begin_below_the_title(library: Library, known: Known) -> Iterator[Problem]:
    for page in _pages(library):
        text = _FENCED.sub(lambda match: "\n" * match[0].count("\n"), page.item.body)
        for number, line in enumerate(text.split("\n")):
            if line.startswith("# "):
                yield page.problem_in_body(number, "is a heading of the first level; the title is that, begin with ##")


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


def links_lead_somewhere(library: Library, known: Known) -> Iterator[Problem]:
    targets = {"topic": known.topics, "question": known.questions, "reference": known.reference}
    for page in _pages(library):
        for link in links.find(page.item.body):
            if link.slug not in targets[link.kind]:
                yield page.problem_in_body(link.line, f"links to the {link.kind} “{link.slug}”, which there is not")


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


def _prose(body: str) -> str:
    return _TABLE.sub("", _FENCED.sub("", body))


_RULES: Final[tuple[Rule, ...]] = (
    topics_have_their_length,
    topics_are_complete,
    pages_begin_below_the_title,
    summaries_are_short,
    cards_are_short,
    keys_differ,
    links_lead_somewhere,
    topics_refer_to_what_there_is,
    cards_refer_to_what_there_is,
)
