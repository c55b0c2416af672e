"""The question list: filters from the query string, facets with counts, one page at a time. Reads, never writes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.validators import slug_re
from django.db.models import F
from django.http import QueryDict

from catalog import matching, spelling
from catalog.models import Question, Topic
from catalog.personal import Best, Practised
from lib import bands

BEST = (
    ("none", "Not tried"),
    ("practised", "Practised, no band"),
    ("low", f"{bands.NOT_YET.name} or {bands.DEVELOPING.name}"),
    ("solid", bands.SOLID.name),
    ("high", f"{bands.STRONG.name} or above"),
)
# Tags that are not simply their slug with a capital letter.
TAGS = {
    "api-design": "API design",
    "cdn": "CDN",
    "fan-out": "Fan-out",
    "ids": "IDs",
    "read-heavy": "Read-heavy",
    "real-time": "Real-time",
}
PAGE = 25
UNFOLDED = 12
SORTS = (("title", "Title"), ("difficulty", "Difficulty"), ("best", "My best"), ("newest", "Newest"))


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """`options` in the order they are shown; the `rest` is folded away, unless one of it is chosen."""

    name: str
    legend: str
    options: tuple[Option, ...]

    @property
    def first(self) -> tuple[Option, ...]:
        return self.options[:UNFOLDED]

    @property
    def rest(self) -> tuple[Option, ...]:
        return self.options[UNFOLDED:]

    @property
    def unfolds(self) -> bool:
        return any(option.checked for option in self.rest)


@dataclass(frozen=True, slots=True)
class _Known:
    """What filters and facets ask of a question; hundreds are read for a page that shows some."""

    pk: int
    title: str
    kind: str
    difficulty: str
    tags: list[str]
    best: Best | None
    practised: Practised | None


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the list shows it. `level` is the competency it trains, "" where its file names none."""

    question: Question
    best: Best | None
    practised: Practised | None
    level: str = ""
    sizes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; unknown values are dropped, so no query string can break the page.

    Which tags and topics there are is for the database to say: `build` drops the others.
    """

    q: str = ""
    topic: str = ""
    kind: tuple[str, ...] = ()
    difficulty: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    sort: str = "title"
    page: int = 1

    @property
    def has_words_only(self) -> bool:
        return bool(self.q) and not (self.topic or self.kind or self.difficulty or self.tag or self.best)

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filters":
        sort, topic = query.get("sort", ""), query.get("topic", "")
        return cls(
            q=matching.typed(query.get("q", "")),
            topic=topic if slug_re.match(topic) else "",
            kind=tuple(v for v in query.getlist("kind") if v in Question.Kind.values),
            difficulty=tuple(v for v in query.getlist("difficulty") if v in Question.Difficulty.values),
            tag=tuple(query.getlist("tag"))[:20],
            best=tuple(v for v in query.getlist("best") if v in dict(BEST)),
            sort=sort if sort in dict(SORTS) else "title",
            page=int(page) if (page := query.get("page", "")).isdecimal() and len(page) < 5 else 1,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """`rows` is one page of the `found` questions; `before` and `after` are the pages beside it, 0 where none is.

    `topic` is the one that all of them exercise, where one was asked for. `meant` are other words, near to those that
    find nothing, that find something.
    """

    rows: list[Row]
    found: int
    total: int
    before: int
    after: int
    facets: tuple[Facet, ...]
    topic: Topic | None
    meant: str


def build(filters: Filters, best: Mapping[int, Best], practised: Mapping[int, Practised]) -> Listing:
    """A query for what filters ask, one for those that match words or topic, one for the rows shown; one for a topic.

    Words that find nothing take one more, and another where a typing error may explain it.

    Filtering and counting happen here, over rows without their content: that of five hundred is fifty megabytes.
    """
    read = Question.objects.live().values_list("pk", "title", "kind", "difficulty", "tags")
    every = [_Known(*values, best.get(values[0]), practised.get(values[0])) for values in read]
    topic = _topic(filters.topic)
    sought = _sought(filters.q, topic)
    found = [known for known in every if sought is None or known.pk in sought]
    tags = Counter(tag for known in every for tag in known.tags)
    filters = replace(filters, tag=tuple(tag for tag in filters.tag if tag in tags))
    shown = [known for known in found if _fits(known, filters)]
    last = max(1, -(-len(shown) // PAGE))
    page = min(max(filters.page, 1), last)
    return Listing(
        rows=_rows(_sorted(shown, filters.sort)[PAGE * (page - 1) : PAGE * page]),
        found=len(shown),
        total=len(every),
        before=page - 1,
        after=page + 1 if page < last else 0,
        facets=_facets(tags, found, filters),
        topic=topic,
        meant="" if found or not filters.q else _meant(filters, topic, every),
    )


def best_bucket(best: Best | None, practised: Practised | None = None) -> str:
    if best is None:
        return "practised" if practised else "none"
    floor = bands.BY_KEY[best.band].floor
    return "high" if floor >= bands.STRONG.floor else "solid" if floor >= bands.SOLID.floor else "low"


def _topic(slug: str) -> Topic | None:
    """None where no such topic is live; otherwise `named` holds the questions it names."""
    if not slug:
        return None
    named = Topic.objects.live().listed().annotate(named=F("content__questions"))
    found: Topic | None = named.filter(slug=slug).first()
    return found


def _sought(q: str, topic: Any) -> set[int] | None:
    """The questions that hold all the words and exercise the topic; None where neither was asked for."""
    if not (q or topic):
        return None
    questions = Question.objects.live()
    if q:
        questions = questions.matching(q)
    if topic:
        questions = questions.exercising(topic.slug, named=topic.named)
    return set(questions.values_list("pk", flat=True))


def _meant(filters: Filters, topic: Any, every: Iterable[_Known]) -> str:
    """Words near to those asked for that find something under the same filters; "" where there are none."""
    words = spelling.meant(filters.q, [Question.objects.live()])
    sought = _sought(words, topic) if words else None
    return words if sought and any(known.pk in sought and _fits(known, filters) for known in every) else ""


def _fits(known: _Known, filters: Filters) -> bool:
    return (
        (not filters.kind or known.kind in filters.kind)
        and (not filters.difficulty or known.difficulty in filters.difficulty)
        and (not filters.tag or bool(set(filters.tag) & set(known.tags)))
        and (not filters.best or best_bucket(known.best, known.practised) in filters.best)
    )


def _sorted(questions: list[_Known], sort: str) -> list[_Known]:
    ranks = list(Question.Difficulty.values)
    keys: dict[str, Callable[[_Known], Any]] = {
        "title": lambda known: known.title,
        "difficulty": lambda known: (ranks.index(known.difficulty), known.title),
        "best": lambda known: (known.best.low if known.best else -0.5 if known.practised else -1.0, known.title),
        "newest": lambda known: -known.pk,
    }
    return sorted(questions, key=keys[sort])


def _facets(held: Counter[str], found: Sequence[_Known], filters: Filters) -> tuple[Facet, ...]:
    """The options of every question, so that none comes and goes while somebody types; counted over what is found.

    Tags by how many of all questions have them, which is what `held` says.
    """
    kind = Counter(known.kind for known in found)
    difficulty = Counter(known.difficulty for known in found)
    best = Counter(best_bucket(known.best, known.practised) for known in found)
    tags = Counter(tag for known in found for tag in known.tags)
    ordered = sorted(held, key=lambda tag: (-held[tag], tag))
    return (
        _facet("kind", "Kind", Question.Kind.choices, kind, filters.kind),
        _facet("difficulty", "Difficulty", Question.Difficulty.choices, difficulty, filters.difficulty),
        _facet("best", "My best", BEST, best, filters.best),
        _facet("tag", "Tag", [(tag, tag_name(tag)) for tag in ordered], tags, filters.tag),
    )


def _facet(
    name: str, legend: str, choices: Iterable[tuple[str, str]], counts: Counter[str], chosen: tuple[str, ...]
) -> Facet:
    return Facet(name, legend, tuple(Option(value, label, counts[value], value in chosen) for value, label in choices))


def tag_name(tag: str) -> str:
    """A tag as people write it: `read-heavy` is “Read-heavy”, `cdn` is “CDN”."""
    return TAGS.get(tag, tag.replace("-", " ").capitalize())


def _rows(shown: Sequence[_Known]) -> list[Row]:
    """With their level and the first two givens, each with what it counts: `Daily users`, `100M users`."""
    questions = Question.objects.defer("search_text").annotate(
        level=F("edition__content__level"), givens=F("edition__content__givens")
    )
    # What is annotated is unknown to the type.
    found: dict[int, Any] = {q.pk: q for q in questions.filter(pk__in=[known.pk for known in shown])}
    rows = []
    for known in shown:
        question = found[known.pk]
        sizes = tuple((given["label"], given["values"][0]) for given in question.givens[:2])
        rows.append(Row(question, known.best, known.practised, question.level or "", sizes))
    return rows
