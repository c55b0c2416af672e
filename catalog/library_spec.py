"""The format of study topics, cards and reference pages, as types. Pure: no Django, no files.

Topics are written by hand in `fixtures/topics/<slug>.md`, cards in `fixtures/cards/<section>.yaml`, reference pages in
`fixtures/reference/<slug>.md`. docs/content-format.md explains them to authors.
"""

from dataclasses import dataclass
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from catalog.spec import SUMMARY_CHARS, TITLE_CHARS, Level, Part, Slug, Text

Title = Annotated[Text, Field(max_length=TITLE_CHARS)]
Summary = Annotated[Text, Field(max_length=SUMMARY_CHARS)]

SectionKey = Literal[
    "principles",
    "patterns",
    "data",
    "scaling",
    "messaging",
    "apis",
    "reliability",
    "observability",
    "security",
    "cloud",
    "interview",
]
CardKind = Literal["which", "number", "failure", "trade_off"]
# question.criterion
CriterionRef = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9_]*$")]

TOPIC_WORDS: Final = (300, 900)
SUMMARY_WORDS: Final = 25
FRONT_WORDS: Final = 40
BACK_WORDS: Final = 70


@dataclass(frozen=True, slots=True)
class Section:
    """A shelf of the library."""

    key: SectionKey
    title: str
    about: str


SECTIONS: Final = (
    Section("principles", "Principles and estimation", "What every design is measured by, and how to work it out."),
    Section("patterns", "Architectural patterns", "How a system is cut into parts, and how to write down why."),
    Section("data", "The data layer", "Where data lives, how it is found, and what it promises."),
    Section("scaling", "Scaling", "What to do when one machine is not enough, and in which order."),
    Section("messaging", "Messaging", "Work that is done later: queues, streams, and what they guarantee."),
    Section("apis", "APIs", "How parts talk to each other, and how that can change."),
    Section("reliability", "Reliability", "What happens when a part fails, and how to come back."),
    Section("observability", "Observability", "How you notice, and how you find out why."),
    Section("security", "Security", "Who may do what, and what becomes of data."),
    Section("cloud", "Cloud-native", "Running it on machines that are not yours, in more than one place, at a cost."),
    Section("interview", "The interview", "The forty-five minutes themselves."),
)
SECTION_OF: Final = {section.key: section for section in SECTIONS}
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
# Levels of a section lie this far from those of the next.
PLACES: Final = 10


def place(section: SectionKey, level: Level) -> int:
    """Where a topic stands: sections in the order of the library, within each from foundation to mastery."""
    return PLACES * SECTIONS.index(SECTION_OF[section]) + LEVELS.index(level)


class Topic(Part):
    """A study topic. `related` are topics, `questions` those that exercise it; `body` is Markdown."""

    slug: Slug
    title: Title
    section: SectionKey
    level: Level
    summary: Summary
    also: tuple[Text, ...] = ()
    related: tuple[Slug, ...] = Field(min_length=1)
    questions: tuple[Slug, ...] = Field(min_length=1)
    sources: tuple[Text, ...] = Field(min_length=1)
    body: Text


class Reference(Part):
    """A page that people keep open: mostly tables and drawings."""

    slug: Slug
    title: Title
    summary: Summary
    also: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = Field(min_length=1)
    body: Text


class Card(Part):
    """One question to answer in a breath. `criteria` are those it trains, `question.criterion`."""

    key: Slug
    kind: CardKind
    topic: Slug
    criteria: tuple[CriterionRef, ...] = ()
    front: Text
    back: Text

    @property
    def slug(self) -> str:
        """As everything of the library has one."""
        return self.key


def words(text: str) -> int:
    return len(text.split())
