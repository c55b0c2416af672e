"""The question list: filters from the query string, facets with counts. Reads, never writes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from catalog.models import Question
from catalog.personal import Best
from lib import bands

BEST = (
    ("none", "Not tried"),
    ("low", f"{bands.NOT_YET.name} or {bands.DEVELOPING.name}"),
    ("solid", bands.SOLID.name),
    ("high", f"{bands.STRONG.name} or above"),
)
# Topics that are not simply their slug with a capital letter.
TOPICS = {"cdn": "CDN", "fan-out": "Fan-out", "ids": "IDs", "read-heavy": "Read-heavy", "real-time": "Real-time"}
SORTS = (("title", "Title"), ("difficulty", "Difficulty"), ("best", "My best"), ("newest", "Newest"))


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    legend: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the list shows it."""

    question: Question
    best: Best | None
    sizes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; unknown values are dropped, so no query string can break the page."""

    q: str = ""
    difficulty: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    sort: str = "title"

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filters":
        sort = query.get("sort", "")
        return cls(
            q=query.get("q", "").strip()[:100],
            difficulty=tuple(v for v in query.getlist("difficulty") if v in Question.Difficulty.values),
            tag=tuple(query.getlist("tag"))[:20],
            best=tuple(v for v in query.getlist("best") if v in dict(BEST)),
            sort=sort if sort in dict(SORTS) else "title",
        )


@dataclass(frozen=True, slots=True)
class Listing:
    rows: list[Row]
    total: int
    facets: tuple[Facet, ...]


def build(filters: Filters, best: dict[int, Best]) -> Listing:
    """One query for the questions, one for those that match the words; filtering and counting happen here."""
    every = [Row(q, best.get(q.pk), _sizes(q)) for q in Question.objects.live().select_related("edition")]
    matching = set(Question.objects.live().matching(filters.q).values_list("pk", flat=True)) if filters.q else None
    rows = [row for row in every if matching is None or row.question.pk in matching]
    shown = [row for row in rows if _fits(row, filters)]
    return Listing(_sorted(shown, filters.sort), len(every), _facets(every, rows, filters))


def best_bucket(best: Best | None) -> str:
    if best is None:
        return "none"
    floor = bands.BY_KEY[best.band].floor
    return "high" if floor >= bands.STRONG.floor else "solid" if floor >= bands.SOLID.floor else "low"


def _fits(row: Row, filters: Filters) -> bool:
    return (
        (not filters.difficulty or row.question.difficulty in filters.difficulty)
        and (not filters.tag or bool(set(filters.tag) & set(row.question.tags)))
        and (not filters.best or best_bucket(row.best) in filters.best)
    )


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    keys = {
        "title": lambda row: row.question.title,
        "difficulty": lambda row: (row.question.difficulty_rank, row.question.title),
        "best": lambda row: (row.best.low if row.best else -1.0, row.question.title),
        "newest": lambda row: -row.question.pk,
    }
    return sorted(rows, key=keys[sort])


def _facets(every: Sequence[Row], rows: Sequence[Row], filters: Filters) -> tuple[Facet, ...]:
    """The options of every question, so that none comes and goes while somebody types; counted over `rows`."""
    difficulty = Counter(row.question.difficulty for row in rows)
    best = Counter(best_bucket(row.best) for row in rows)
    tags = Counter(tag for row in rows for tag in row.question.tags)
    topics = sorted({tag for row in every for tag in row.question.tags})
    return (
        _facet("difficulty", "Difficulty", Question.Difficulty.choices, difficulty, filters.difficulty),
        _facet("best", "My best", BEST, best, filters.best),
        _facet("tag", "Topic", [(tag, topic(tag)) for tag in topics], tags, filters.tag),
    )


def _facet(
    name: str, legend: str, choices: Iterable[tuple[str, str]], counts: Counter[str], chosen: tuple[str, ...]
) -> Facet:
    return Facet(name, legend, tuple(Option(value, label, counts[value], value in chosen) for value, label in choices))


def topic(tag: str) -> str:
    """A tag as people write it: `read-heavy` is “Read-heavy”, `cdn` is “CDN”."""
    return TOPICS.get(tag, tag.replace("-", " ").capitalize())


def _sizes(question: Question) -> tuple[tuple[str, str], ...]:
    """The first two givens, each with what it counts: `Daily users`, `100M users`."""
    return tuple((given["label"], given["values"][0]) for given in question.current.content["givens"][:2])
