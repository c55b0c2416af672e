"""The question list: filters from the query string, facets with counts, one page at a time. Reads, never writes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from catalog.models import Edition, Question
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
PAGE = 50
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
    """A question as the list shows it. `level` is the competency it trains, "" where its file names none."""

    question: Question
    best: Best | None
    level: str = ""
    sizes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; unknown values are dropped, so no query string can break the page."""

    q: str = ""
    kind: tuple[str, ...] = ()
    difficulty: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    sort: str = "title"
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filters":
        sort = query.get("sort", "")
        return cls(
            q=query.get("q", "").strip()[:100],
            kind=tuple(v for v in query.getlist("kind") if v in Question.Kind.values),
            difficulty=tuple(v for v in query.getlist("difficulty") if v in Question.Difficulty.values),
            tag=tuple(query.getlist("tag"))[:20],
            best=tuple(v for v in query.getlist("best") if v in dict(BEST)),
            sort=sort if sort in dict(SORTS) else "title",
            page=int(page) if (page := query.get("page", "")).isdecimal() and len(page) < 5 else 1,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """`rows` is one page of the `found` questions; `before` and `after` are the pages beside it, 0 where none is."""

    rows: list[Row]
    found: int
    total: int
    before: int
    after: int
    facets: tuple[Facet, ...]


def build(filters: Filters, best: dict[int, Best]) -> Listing:
    """A query for the questions, one for those that match the words, one for what is written on the rows shown.

    Filtering and counting happen here, over rows without their content: that of five hundred is fifty megabytes.
    """
    every = [Row(q, best.get(q.pk)) for q in Question.objects.live().defer("search_text")]
    matching = set(Question.objects.live().matching(filters.q).values_list("pk", flat=True)) if filters.q else None
    rows = [row for row in every if matching is None or row.question.pk in matching]
    shown = [row for row in rows if _fits(row, filters)]
    last = max(1, -(-len(shown) // PAGE))
    page = min(max(filters.page, 1), last)
    return Listing(
        rows=_written(_sorted(shown, filters.sort)[PAGE * (page - 1) : PAGE * page]),
        found=len(shown),
        total=len(every),
        before=page - 1,
        after=page + 1 if page < last else 0,
        facets=_facets(every, rows, filters),
    )


def best_bucket(best: Best | None) -> str:
    if best is None:
        return "none"
    floor = bands.BY_KEY[best.band].floor
    return "high" if floor >= bands.STRONG.floor else "solid" if floor >= bands.SOLID.floor else "low"


def _fits(row: Row, filters: Filters) -> bool:
    return (
        (not filters.kind or row.question.kind in filters.kind)
        and (not filters.difficulty or row.question.difficulty in filters.difficulty)
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
    kind = Counter(row.question.kind for row in rows)
    difficulty = Counter(row.question.difficulty for row in rows)
    best = Counter(best_bucket(row.best) for row in rows)
    tags = Counter(tag for row in rows for tag in row.question.tags)
    topics = sorted({tag for row in every for tag in row.question.tags})
    return (
        _facet("kind", "Kind", Question.Kind.choices, kind, filters.kind),
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


def _written(rows: list[Row]) -> list[Row]:
    """The rows with their level and the first two givens, each with what it counts: `Daily users`, `100M users`."""
    editions = Edition.objects.filter(pk__in=[row.question.edition_id for row in rows])
    found = {
        pk: (level, givens) for pk, level, givens in editions.values_list("pk", "content__level", "content__givens")
    }
    written = []
    for row in rows:
        level, givens = found[row.question.edition_id or 0]
        sizes = tuple((given["label"], given["values"][0]) for given in givens[:2])
        written.append(Row(row.question, row.best, level or "", sizes))
    return written
