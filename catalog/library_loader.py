"""Topics, cards and reference pages → rows. The only code that writes them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from catalog import library_folder, library_rules, matching
from catalog.folder import Problem
from catalog.library_folder import Entries, Library
from catalog.library_rules import Known
from catalog.library_spec import Card as CardSpec
from catalog.library_spec import Reference as ReferenceSpec
from catalog.library_spec import Topic as TopicSpec
from catalog.library_spec import place
from catalog.loader import Taken, content_hash
from catalog.models import Card, EntryQuerySet, Question, Reference, Topic

Model = type[Topic] | type[Reference] | type[Card]
Columns = Callable[[Any], dict[str, object]]


@dataclass(slots=True)
class Shelved:
    """How many entries one load changed, and what is wrong with the rest."""

    published: int = 0
    unchanged: int = 0
    retired: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.published + self.unchanged + self.retired


@transaction.atomic
def load(library: Library, *, source: str, now: datetime, broken: Collection[str] = ()) -> Shelved:
    """Publish what is new and sound, retire what is gone, leave alone what has a problem.

    `broken` are the slugs of questions beside it that cannot be read: to name one is no mistake. What is gone is
    told by the names of files, so that a problem in one topic holds back no other. Cards share their files: while
    one of them cannot be read, none is taken for gone.
    """
    shelved = Shelved(problems=_problems(library, source, broken))
    left_alone = {problem.file for problem in shelved.problems}
    for model, entries in _kinds(library):
        sound = _sound(entries, left_alone)
        changed = publish(model, sound, source=source)
        shelved.published += changed
        shelved.unchanged += len(sound) - changed
    gone = [_gone(Topic, _topics(library), source), _gone(Reference, _pages(library), source)]
    if not library.unread(library_folder.CARDS):
        gone.append(_gone(Card, {card.item.slug for card in library.cards}, source))
    shelved.retired = sum(rows.update(retired_at=now) for rows in gone)
    return shelved


def publish(model: Model, items: Sequence[Any], *, source: str) -> int:
    """Make items of one kind live, as they are; how many rows that changed. A card needs its topic to have a row."""
    stored, columns = {row.slug: row for row in model.objects.all()}, _columns(model)
    changed = 0
    for item in items:
        content = item.model_dump(mode="json")
        values = {
            **columns(item),
            "source": source,
            "content": content,
            "content_hash": content_hash(content),
            "retired_at": None,
        }
        row = stored.get(item.slug) or model(slug=item.slug)
        if row.pk and all(getattr(row, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        changed += 1
    return changed


def _problems(library: Library, source: str, broken: Collection[str]) -> list[Problem]:
    """What is wrong with it, seen beside what will be live once it is loaded.

    An entry that is refused and has no row of old is not there for those that refer to it, so these are asked again.
    """
    questions = {
        q.slug: {criterion.key for _, criterion in q.current.spec.criteria()}
        for q in Question.objects.live().select_related("edition")
    }
    staying_topics = _live(Topic) - _slugs(_gone(Topic, _topics(library), source))
    staying_pages = _live(Reference) - _slugs(_gone(Reference, _pages(library), source))
    found = {*library.problems, *_taken(library, source)}
    while True:
        left_alone = {problem.file for problem in found}
        known = Known(
            topics=staying_topics | {topic.slug for topic in _sound(library.topics, left_alone)},
            reference=staying_pages | {page.slug for page in _sound(library.reference, left_alone)},
            questions={**dict.fromkeys(broken), **questions},
        )
        more = {*library_rules.problems(library, known)} - found
        if not more:
            return sorted(found)
        found |= more


def _taken(library: Library, source: str) -> Iterator[Problem]:
    """Names that live rows of other sources have."""
    for model, entries in _kinds(library):
        others = dict(model.objects.live().exclude(source=source).values_list("slug", "source"))
        for entry in entries:
            if owner := others.get(entry.item.slug):
                yield entry.problem(("slug",), str(Taken(entry.item.slug, owner)))


def _kinds(library: Library) -> tuple[tuple[Model, Entries], ...]:
    """In the order in which they refer to rows: cards to topics."""
    return ((Topic, library.topics), (Reference, library.reference), (Card, library.cards))


def _sound(entries: Entries, left_alone: Collection[str]) -> list[Any]:
    return [entry.item for entry in entries if entry.file not in left_alone]


def _topics(library: Library) -> set[str]:
    """The slugs of all that have a file, whether or not it can be read."""
    return {topic.item.slug for topic in library.topics} | library.unread(library_folder.TOPICS)


def _pages(library: Library) -> set[str]:
    """The same of reference pages."""
    return {page.item.slug for page in library.reference} | library.unread(library_folder.REFERENCE)


def _gone(model: Model, present: Collection[str], source: str) -> EntryQuerySet:
    """Live rows of this source without a file."""
    return model.objects.live().filter(source=source).exclude(slug__in=present)


def _live(model: Model) -> set[str]:
    return _slugs(model.objects.live())


def _slugs(rows: EntryQuerySet) -> set[str]:
    return set(rows.values_list("slug", flat=True))


def _columns(model: Model) -> Columns:
    """What the lists, the order and the search of one kind need."""
    if model is Card:
        return partial(_card, topics=dict(Topic.objects.values_list("slug", "pk")))
    return _topic if model is Topic else _reference


def _topic(topic: TopicSpec) -> dict[str, object]:
    return {
        "title": topic.title,
        "section": topic.section,
        "level": topic.level,
        "place": place(topic.section, topic.level),
        "summary": topic.summary,
        "search_text": matching.index(
            title=topic.title, also=(*topic.also, topic.slug), summary=topic.summary, body=topic.body
        ),
    }


def _reference(page: ReferenceSpec) -> dict[str, object]:
    return {
        "title": page.title,
        "summary": page.summary,
        "search_text": matching.index(
            title=page.title, also=(*page.also, page.slug), summary=page.summary, body=page.body
        ),
    }


def _card(card: CardSpec, *, topics: Mapping[str, int]) -> dict[str, object]:
    return {
        "topic_id": topics[card.topic],
        "kind": card.kind,
        "search_text": matching.index(title="", summary=card.front, body=card.back),
    }
