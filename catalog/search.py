"""One search over questions, topics, reference pages and cards. Reads, never writes."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.urls import reverse

from catalog import matching
from catalog.matching import Term
from catalog.models import Card, Question, Reference, Topic

SHOWN: Final = 6
TITLES: Final = {"question": "Questions", "topic": "Topics", "reference": "Reference pages", "card": "Cards"}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found. `about` says in a line what it is."""

    title: str
    about: str
    url: str
    points: int


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, best first; `more` is how many stay unshown."""

    kind: str
    title: str
    hits: tuple[Hit, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """`loose`: nothing holds all the words, so this holds some of them."""

    words: str
    groups: tuple[Group, ...] = ()
    loose: bool = False

    @property
    def total(self) -> int:
        return sum(len(group.hits) + group.more for group in self.groups)


def search(words: str, *, shown: int = SHOWN) -> Found:
    """One query, and a second where nothing holds every word."""
    words = matching.typed(words)
    wanted = matching.terms(words)
    if not wanted:
        return Found(words)
    if groups := _groups(_rows(wanted, matching.every(wanted)), shown):
        return Found(words, groups)
    if len(wanted) == 1:
        return Found(words)
    fewer = matching.longest(wanted)
    return Found(words, _groups(_rows(fewer, matching.some(fewer)), shown), loose=True)


class _Row(NamedTuple):
    """Something that fits, as the database gives it; `found` is its kind."""

    found: str
    points: int
    heading: str
    about: str
    target: str
    key: str


def _rows(wanted: Sequence[Term], fits: Q) -> list[_Row]:
    points = matching.score(wanted)
    first, *rest = (kind.filter(fits).annotate(points=points).values_list(*_Row._fields) for kind in _kinds())
    return [_Row(*row) for row in first.union(*rest, all=True)]


def _kinds() -> Iterator[QuerySet[Any, Any]]:
    """Everything there is, in the same columns, so that it can be joined."""
    page = {"heading": F("title"), "about": F("summary"), "target": F("slug")}
    card = {"heading": KT("content__front"), "about": F("topic__title"), "target": F("topic__slug")}
    yield _kind("question", Question.objects.live(), page)
    yield _kind("topic", Topic.objects.live(), page)
    yield _kind("reference", Reference.objects.live(), page)
    yield _kind("card", Card.objects.live().filter(topic__retired_at=None), card)


def _kind(kind: str, rows: QuerySet[Any], columns: Mapping[str, Any]) -> QuerySet[Any, Any]:
    alike: QuerySet[Any, Any] = rows.order_by().annotate(
        found=Value(kind, output_field=CharField()), key=F("slug"), **columns
    )
    return alike


def _groups(rows: Iterable[_Row], shown: int) -> tuple[Group, ...]:
    """The group with the best hit comes first; of two hits that fit alike, the shorter heading is nearer.

    Sorted and cut here: windows in the database would carry every text that was searched through its sort.
    """
    found: dict[str, list[_Row]] = {kind: [] for kind in TITLES}
    for row in rows:
        found[row.found].append(row)
    groups = []
    for kind, fitting in found.items():
        best = heapq.nsmallest(shown, fitting, key=lambda row: (-row.points, len(row.heading), row.heading, row.key))
        if best:
            groups.append(Group(kind, TITLES[kind], tuple(_hit(row) for row in best), len(fitting) - len(best)))
    return tuple(sorted(groups, key=lambda group: -group.hits[0].points))


def _hit(row: _Row) -> Hit:
    return Hit(row.heading.replace("`", ""), row.about, _address(row), row.points)


def _address(row: _Row) -> str:
    names = {"question": "catalog:detail", "topic": "catalog:topic", "reference": "catalog:reference"}
    if row.found == "card":
        return f"{reverse('catalog:topic', args=[row.target])}#card-{row.key}"
    return reverse(names[row.found], args=[row.target])
