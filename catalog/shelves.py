"""The library as its pages show it: shelves of topics, one topic, one reference page. Reads, never writes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import Case, Count, F, Q, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from catalog import drawing, links
from catalog.library_spec import LEVELS, SECTION_OF, SECTIONS, Section, words
from catalog.models import Card, Question, Reference, Topic
from lib import markdown
from lib.outline import anchor
from lib.svg import scale

WORDS_A_MINUTE: Final = 180
STUDY_FIRST: Final = 4
PRACTISE: Final = 6
ON_THE_FRONT: Final = 16
# Two topics may have one title.
IN_ORDER: Final = ("place", "title", "slug")
COMMON: Final = ("interview", "principles")
_SOURCE: Final = re.compile(r"(?P<text>.*?)(?:,?\s+(?P<url>https?://\S+))?", re.DOTALL)
_ADDRESS: Final = {"topic": "catalog:topic", "question": "catalog:detail", "reference": "catalog:reference"}
_DRAW: Final = {"mermaid": drawing.draw, "scale": scale.draw}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One section with its topics, from foundation to mastery; `more` is how many of them are not shown."""

    section: Section
    topics: tuple[Topic, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of a page."""

    anchor: str
    title: SafeString
    html: SafeString


@dataclass(frozen=True, slots=True)
class Page:
    """A page, rendered: what stands before the first heading, and its parts."""

    lead: SafeString
    parts: tuple[Part, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page has its facts from; `url` is empty for what is on paper."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A card as a page shows it."""

    key: str
    front: SafeString
    back: SafeString


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic with everything around it; `more_questions` is how many that exercise it are not shown."""

    topic: Topic
    section: Section
    page: Page
    sources: tuple[Source, ...]
    related: tuple[Topic, ...]
    questions: tuple[Question, ...]
    more_questions: int
    cards: tuple[Asked, ...]
    before: Topic | None
    after: Topic | None


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A reference page and the others beside it."""

    reference: Reference
    page: Page
    sources: tuple[Source, ...]
    others: tuple[Reference, ...]


def front() -> list[Shelf]:
    """The shelves as the first page shows them: the beginning of each. Two queries."""
    live = Topic.objects.live()
    nth = Window(RowNumber(), partition_by="section", order_by=IN_ORDER)
    first = live.order_by().annotate(nth=nth).filter(nth__lte=ON_THE_FRONT).values("pk")
    shown = list(Topic.objects.listed().filter(pk__in=first).order_by(*IN_ORDER))
    held = dict(live.order_by().values_list("section").annotate(Count("pk")))
    beginnings = [(one, tuple(t for t in shown if t.section == one.key)) for one in SECTIONS]
    return [Shelf(one, topics, held[one.key] - len(topics)) for one, topics in beginnings if topics]


def whole(section: str) -> Shelf | None:
    """All of one section; None where there is no such section, or nothing in it. One query at most."""
    if section not in SECTION_OF:
        return None
    topics = tuple(Topic.objects.live().listed().filter(section=section).order_by(*IN_ORDER))
    return Shelf(SECTION_OF[section], topics) if topics else None


def reference_pages() -> list[Reference]:
    return list(Reference.objects.live().listed())


def topic_view(topic: Topic) -> TopicView:
    """In five queries, whatever the size of the library: related topics, the ones beside it, questions, cards."""
    spec, live = topic.spec, Topic.objects.live().listed()
    by_slug = {one.slug: one for one in live.filter(slug__in=spec.related)}
    earlier, later = _beside(topic)
    questions, more = _practise(topic.slug, named=spec.questions)
    return TopicView(
        topic=topic,
        section=SECTION_OF[spec.section],
        page=page(topic.content_hash, spec.body),
        sources=_sources(spec.sources),
        related=tuple(by_slug[slug] for slug in spec.related if slug in by_slug),
        questions=questions,
        more_questions=more,
        cards=tuple(_asked(card) for card in topic.cards.live()),
        before=live.filter(earlier).order_by(*(f"-{name}" for name in IN_ORDER)).first(),
        after=live.filter(later).order_by(*IN_ORDER).first(),
    )


def _beside(topic: Topic) -> tuple[Q, Q]:
    """What stands before a topic and what after it; the bound on `place` alone is what an index can use."""
    same = Q(title=topic.title)
    earlier = Q(place__lt=topic.place) | Q(title__lt=topic.title) | same & Q(slug__lt=topic.slug)
    later = Q(place__gt=topic.place) | Q(title__gt=topic.title) | same & Q(slug__gt=topic.slug)
    return earlier & Q(place__lte=topic.place), later & Q(place__gte=topic.place)


def _practise(topic: str, *, named: Sequence[str]) -> tuple[tuple[Question, ...], int]:
    """Questions that exercise a topic, those it names first, and how many there are beside these. One query."""
    by_name = Case(When(slug__in=named, then=0), default=1)
    found = Question.objects.live().exercising(topic, named=named).only("slug", "title")
    # What is annotated is unknown to the type.
    shown: list[Any] = list(found.annotate(held=Window(Count("pk"))).order_by(by_name, "title", "slug")[:PRACTISE])
    return tuple(shown), shown[0].held - len(shown) if shown else 0


def reference_view(reference: Reference) -> ReferenceView:
    """In one query: the other reference pages."""
    spec = reference.spec
    return ReferenceView(
        reference=reference,
        page=page(reference.content_hash, spec.body),
        sources=_sources(spec.sources),
        others=tuple(one for one in reference_pages() if one.slug != reference.slug),
    )


def before(question: Question) -> tuple[Topic, ...]:
    """What to have read before a question: of the topics it exercises a few, from foundation on.

    First those that name the question themselves; what every question asks for comes last.
    """
    exercised = Topic.objects.live().listed().filter(slug__in=question.topics)
    live = list(exercised.annotate(named=F("content__questions")))
    naming = {topic.slug for topic in live if question.slug in topic.named}
    nearest = sorted(_in_order(live), key=lambda topic: (topic.section in COMMON, topic.slug not in naming))
    return _in_order(nearest[:STUDY_FIRST])


@lru_cache(maxsize=256)
def page(content_hash: str, body: str) -> Page:
    """Rendered once per process: `content_hash` names the content, and content does not change."""
    lead, sections = markdown.sections(body, draw=_DRAW, resolve=_address)
    parts = tuple(Part(anchor(part.title), part.heading, part.html) for part in sections)
    return Page(lead, parts, max(1, round(words(body) / WORDS_A_MINUTE)))


def titles(slugs: Sequence[str]) -> dict[str, str]:
    """Topic → its title, for those of these slugs that are live."""
    return dict(Topic.objects.live().filter(slug__in=slugs).values_list("slug", "title"))


def _in_order(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    return tuple(sorted(topics, key=lambda topic: (LEVELS.index(topic.level), topic.title)))


def _asked(card: Card) -> Asked:
    spec = card.spec
    return Asked(card.slug, _line(spec.front), _text(spec.back))


@lru_cache(maxsize=2048)
def _text(text: str) -> SafeString:
    return _html(text)


def _line(text: str) -> SafeString:
    """One paragraph without its tag, for a place that is one already."""
    return mark_safe(_text(text).removeprefix("<p>").removesuffix("</p>"))


def _sources(texts: Iterable[str]) -> tuple[Source, ...]:
    """`Author, Title, 2017, https://…` as words and an address."""
    found = [_SOURCE.fullmatch(text) for text in texts]
    return tuple(Source(match["text"], match["url"] or "") for match in found if match)


def _html(text: str) -> SafeString:
    return markdown.render(text, draw=_DRAW, shift=0, resolve=_address)


def _address(href: str) -> str:
    target = links.target(href)
    return reverse(_ADDRESS[target[0]], args=[target[1]]) if target else href
