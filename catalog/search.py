"""One search over questions, topics, reference pages and cards. Reads, never writes."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.urls import reverse

from catalog import matching, spelling
from catalog.matching import Term
from catalog.models import Card, Question, Reference, Topic

SHOWN: Final = 6
# Of what holds only some of the words: more is noise.
SHOWN_LOOSE: Final = 3
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
    """What holds all the `words`.

    Where nothing does, it is what holds all the words that were probably `meant`, as text; where there is none of that
    either, what holds `some` of them, which are those found at all.
    """

    words: str
    groups: tuple[Group, ...] = ()
    meant: str = ""
    some: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(len(group.hits) + group.more for group in self.groups)


def search(words: str, *, shown: int = SHOWN) -> Found:
    """One query; where nothing holds every word, up to three more."""
    words = matching.typed(words)
    wanted = matching.terms(words)
    if not wanted:
        return Found(words)
    if groups := _groups(_rows(wanted, matching.every(wanted)), shown):
        return Found(words, groups)
    if meant := spelling.meant(words, _named()):
        nearest = matching.terms(meant)
        if groups := _groups(_rows(nearest, matching.every(nearest)), shown):
            return Found(words, groups, meant=meant)
    return _some(words, wanted) if len(wanted) > 1 else Found(words)


def _some(words: str, wanted: Sequence[Term]) -> Found:
    fewer = matching.longest(wanted)
    rows = _rows(fewer, matching.some(fewer))
    held = reduce(or_, (row.which for row in rows), 0)
    some = tuple(term.word for bit, term in enumerate(fewer) if held >> bit & 1)
    return Found(words, tuple(replace(group, more=0) for group in _groups(rows, SHOWN_LOOSE)), some=some)


class _Row(NamedTuple):
    """Something that fits, as the database gives it; `found` is its kind, `which` the words that it holds, as bits."""

    found: str
    points: int
    which: int
    heading: str
    about: str
    target: str
    key: str


def _rows(wanted: Sequence[Term], fits: Q) -> list[_Row]:
    alike = {"points": matching.score(wanted), "which": matching.which(wanted)}
    first, *rest = (kind.filter(fits).annotate(**alike).values_list(*_Row._fields) for kind in _kinds())
    return [_Row(*row) for row in first.union(*rest, all=True)]


def _named() -> tuple[QuerySet[Any], ...]:
    """What has a title and other names."""
    return Question.objects.live(), Topic.objects.live(), Reference.objects.live()


def _kinds() -> Iterator[QuerySet[Any, Any]]:
    """Everything there is, in the same columns, so that it can be joined."""
    page = {"heading": F("title"), "about": F("summary"), "target": F("slug")}
    card = {"heading": KT("content__front"), "about": F("topic__title"), "target": F("topic__slug")}
    for kind, rows in zip(("question", "topic", "reference"), _named(), strict=True):
        yield _kind(kind, rows, page)
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
