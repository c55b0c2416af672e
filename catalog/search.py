"""One search over questions, topics, reference pages and cards. Reads, never writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.urls import reverse

from catalog import matching
from catalog.matching import Term
from catalog.models import Card, Question, Reference, Topic

MAX_CHARS: Final = 100
SHOWN: Final = 6
# Enough for every group to be full; more is not read.
READ: Final = 400
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
        return sum(len(group.hits) for group in self.groups)


def search(words: str, *, shown: int = SHOWN) -> Found:
    """One query, and a second where nothing holds every word."""
    words = words.strip()[:MAX_CHARS]
    wanted = matching.terms(words)
    if not wanted:
        return Found(words)
    if groups := _groups(_rows(wanted, matching.every(wanted)), shown):
        return Found(words, groups)
    if len(wanted) == 1:
        return Found(words)
    return Found(words, _groups(_rows(wanted, matching.some(wanted)), shown), loose=True)


def _rows(wanted: Sequence[Term], fits: Q) -> list[tuple[Any, ...]]:
    kinds: tuple[QuerySet[Any], ...] = (
        _kind("question", Question.objects.live(), F("title"), F("summary"), F("slug"), wanted, fits),
        _kind("topic", Topic.objects.live(), F("title"), F("summary"), F("slug"), wanted, fits),
        _kind("reference", Reference.objects.live(), F("title"), F("summary"), F("slug"), wanted, fits),
        _kind(
            "card",
            Card.objects.live().filter(topic__retired_at=None),
            KT("content__front"),
            F("topic__title"),
            F("topic__slug"),
            wanted,
            fits,
        ),
    )
    first, *rest = kinds
    return list(first.union(*rest, all=True).order_by("-points", "heading")[:READ])


def _kind(
    kind: str, rows: QuerySet[Any], heading: Any, about: Any, target: Any, wanted: Sequence[Term], fits: Q
) -> QuerySet[Any]:
    """(kind, points, heading, about, target, key), the same for every kind, so that they can be joined."""
    found: QuerySet[Any, Any] = rows.filter(fits).order_by()
    found = found.annotate(
        found=Value(kind, output_field=CharField()),
        points=matching.score(wanted),
        heading=heading,
        about=about,
        target=target,
        key=F("slug"),
    )
    return found.values_list("found", "points", "heading", "about", "target", "key")


def _groups(rows: list[tuple[Any, ...]], shown: int) -> tuple[Group, ...]:
    """The group with the best hit comes first; of two that fit alike, the shorter title is nearer."""
    found: dict[str, list[Hit]] = {kind: [] for kind in TITLES}
    for kind, points, heading, about, target, key in rows:
        found[kind].append(Hit(heading.replace("`", ""), about, _address(kind, target, key), points))
    groups = []
    for kind, hits in found.items():
        hits.sort(key=lambda hit: (-hit.points, len(hit.title) if kind != "card" else 0))
        if hits:
            groups.append(Group(kind, TITLES[kind], tuple(hits[:shown]), max(len(hits) - shown, 0)))
    return tuple(sorted(groups, key=lambda group: -group.hits[0].points))


def _address(kind: str, target: str, key: str) -> str:
    names = {"question": "catalog:detail", "topic": "catalog:topic", "reference": "catalog:reference"}
    if kind == "card":
        return f"{reverse('catalog:topic', args=[target])}#card-{key}"
    return reverse(names[kind], args=[target])
