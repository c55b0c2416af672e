"""Topics, cards and reference pages → rows. The only code that writes them."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog import library_rules, matching
from catalog.folder import Problem
from catalog.library_folder import Library, Placed
from catalog.library_rules import Known
from catalog.library_spec import Card as CardSpec
from catalog.library_spec import Reference as ReferenceSpec
from catalog.library_spec import Topic as TopicSpec
from catalog.library_spec import place
from catalog.models import Card, Question, Reference, Topic

Row = type[Topic] | type[Reference] | type[Card]


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


def known(library: Library) -> Known:
    """What a folder may refer to: itself, and all that is live."""
    questions = {
        q.slug: {criterion.key for _, criterion in q.current.spec.criteria()}
        for q in Question.objects.live().select_related("edition")
    }
    return Known(
        topics={t.item.slug for t in library.topics} | _live(Topic),
        reference={r.item.slug for r in library.reference} | _live(Reference),
        questions=questions,
    )


@transaction.atomic
def load(library: Library, *, source: str, now: datetime) -> Shelved:
    """Publish what is new and sound, retire what is gone, leave alone what has a problem."""
    problems = sorted({*library.problems, *library_rules.problems(library, known(library))})
    shelved, broken = Shelved(problems=problems), {problem.file for problem in problems}
    _shelve(Topic, library.topics, _topic, shelved, broken, source, now)
    _shelve(Reference, library.reference, _reference, shelved, broken, source, now)
    topics = dict(Topic.objects.values_list("slug", "pk"))
    sound = [card for card in library.cards if card.item.topic in topics]
    _shelve(Card, sound, lambda card: _card(card, topics), shelved, broken, source, now)
    return shelved


def _shelve(
    model: Row,
    items: Sequence[Placed[Any]],
    fields: Any,
    shelved: Shelved,
    broken: Collection[str],
    source: str,
    now: datetime,
) -> None:
    stored = {row.slug: row for row in model.objects.all()}
    changed = []
    present = set()
    for placed in items:
        slug = _slug(placed.item)
        present.add(slug)
        if placed.file in broken:
            continue
        content = placed.item.model_dump(mode="json")
        values = {
            **fields(placed.item),
            "source": source,
            "content": content,
            "content_hash": _hash(content),
            "retired_at": None,
        }
        row = stored.get(slug)
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            shelved.unchanged += 1
            continue
        row = row or model(slug=slug)
        for name, value in values.items():
            setattr(row, name, value)
        changed.append(row)
    for row in changed:
        row.save()
    shelved.published += len(changed)
    # What cannot be read may be any of those that seem to be gone.
    if not broken:
        shelved.retired += model.objects.live().filter(source=source).exclude(slug__in=present).update(retired_at=now)


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


def _card(card: CardSpec, topics: dict[str, int]) -> dict[str, object]:
    return {
        "topic_id": topics[card.topic],
        "kind": card.kind,
        "search_text": matching.index(title="", summary=card.front, body=card.back),
    }


def _slug(item: TopicSpec | ReferenceSpec | CardSpec) -> str:
    return item.key if isinstance(item, CardSpec) else item.slug


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _live(model: type[Topic] | type[Reference]) -> set[str]:
    return set(model.objects.live().values_list("slug", flat=True))
