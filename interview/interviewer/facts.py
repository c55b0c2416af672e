"""What an answer shows so far: the facts that probes are triggered by.

A part that is ruled out (“we need no cache”) is not there, and yet it was thought of: it triggers neither what asks
about a cache nor what asks why there is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from catalog.spec import Component, Point, Question
from interview.interviewer import words
from interview.interviewer.types import Row, State

PREFIXES: Final = ("kind", "point", "criterion", "words", "shape", "sheet")
_PREFIX: Final = re.compile(r"^(" + "|".join(PREFIXES) + r"):(.*)$", re.DOTALL)
_PIECE: Final = re.compile(
    r"[.;:!?\n|,()]+|\b(?=(?:but|because|since|so|instead|rather|not|no|without|never|neither|nor|reject(?:ed)?|"
    r"avoid|skip)\b)",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"^\s*(?:instead of|rather than|not|no|without|never|neither|nor|reject(?:ed)?|avoid|skip)\b", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
# Nobody writes more in a step, and nobody else is read further.
MOST: Final = 40_000
# So many of a statement's words in one sentence, and it may be said.
NEARLY, FEWEST = 0.4, 3
_SEVERAL: Final = re.compile(
    r"[x×*]\s?\d|\b\d+\s?[x×]|cluster|shards|replicas|nodes|\(\d+\)|primary|standby|follower", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer, read once. Texts are rows of stems with a space at either end; `thought` holds what is denied too."""

    question: Question
    said: str
    thought: str
    sentences: tuple[frozenset[str], ...]
    stands: frozenset[str]
    named: frozenset[str]
    kinds: frozenset[str]
    shapes: dict[str, str]
    sheet: dict[str, Row | None]


def read(state: State) -> Seen:
    texts = [text[:MOST] for text in state.texts.values()]
    rows = [_rows(text) for text in texts]
    naming = _naming(state.question.components)
    drawn = {key for part in state.parts for key in part.components or naming.named(phrase(part.label))}
    stands = {key for said, _ in rows for key in naming.named(said)} | drawn
    kinds = {part.kind for part in state.parts if part.kind}
    kinds |= {c.kind for c in state.question.components if c.key in stands}
    return Seen(
        state.question,
        said=".".join(said for said, _ in rows),
        thought=".".join(thought for _, thought in rows),
        sentences=tuple(sentence for text in texts for sentence in _sentences(text)),
        stands=frozenset(stands),
        named=frozenset(stands | {key for _, thought in rows for key in naming.named(thought)}),
        kinds=frozenset(kinds),
        shapes=dict(_shapes(state)),
        sheet=dict(_sheet(state.rows)),
    )


def alternatives(fact: str) -> Iterator[tuple[str, str]]:
    """(prefix, rest) of each alternative; without a prefix it is a component. A prefix holds until the next one."""
    prefix = "component"
    for written in fact.split("|"):
        match = _PREFIX.match(written.strip())
        prefix, rest = (match[1], match[2]) if match else (prefix, written)
        yield prefix, rest.strip()


def holds(fact: str, seen: Seen) -> bool:
    """Whether the answer shows it: stated or drawn, and not only to be ruled out."""
    return any(_shows(prefix, rest, seen, seen.said, seen.stands) for prefix, rest in alternatives(fact))


def was_thought_of(fact: str, seen: Seen) -> bool:
    """Whether it comes up at all."""
    for prefix, rest in alternatives(fact):
        if _shows(prefix, rest, seen, seen.thought, seen.named):
            return True
        if prefix == "point" and any(
            _is_nearly(statement, seen) for p in _points(rest, seen) for statement in p.statements
        ):
            return True
    return False


def phrase(text: str) -> str:
    return f" {' '.join(words.stems(text))} "


def makes(point: Point, seen: Seen) -> bool:
    """Whether a point of the rubric is at least touched upon. It is no mark: the engine alone gives marks."""
    if point.terms:
        return any(phrase(term) in seen.thought for term in point.terms) or _is_said(point, seen)
    if key := point.component or point.replicated:
        return key in seen.named
    if point.flow:
        path = next((flow.path for flow in seen.question.flows if flow.key == point.flow), ())
        return all(any(key.strip() in seen.stands for key in place.split("|")) for place in path)
    if point.quantity:
        expected = next((q for q in seen.question.quantities if q.key == point.quantity), None)
        return expected is not None and any(phrase(cue) in seen.thought for cue in expected.cues)
    return _is_said(point, seen)


def _shows(prefix: str, rest: str, seen: Seen, text: str, components: frozenset[str]) -> bool:
    if prefix == "component":
        return rest in components
    if prefix == "kind":
        return rest in seen.kinds
    if prefix == "words":
        return phrase(rest) in text
    if prefix == "shape":
        return rest in seen.shapes
    if prefix == "sheet":
        return rest in seen.sheet
    return any(phrase(term) in text for point in _points(rest, seen) for term in point.terms)


def _points(reference: str, seen: Seen) -> list[Point]:
    """`criterion.point`, or all of a criterion."""
    key, _, of = reference.partition(".")
    criterion = next((c for _, c in seen.question.criteria() if c.key == key), None)
    return [point for point in criterion.points if not of or point.key == of] if criterion else []


def _is_said(point: Point, seen: Seen) -> bool:
    return any(_is_nearly(statement, seen) for statement in point.statements)


def _is_nearly(statement: str, seen: Seen) -> bool:
    """Whether one sentence holds most of the words that tell."""
    telling = _telling(statement)
    needed = max(FEWEST, NEARLY * len(telling))
    return any(len(telling & sentence) >= needed for sentence in seen.sentences)


@lru_cache(maxsize=8192)
def _telling(statement: str) -> frozenset[str]:
    return frozenset(word.stem for word in words.words(statement))


@lru_cache(maxsize=32)
def _sentences(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words.stems(row)) for row in _SENTENCE.split(text) if row and row.strip())


@lru_cache(maxsize=32)
def _rows(text: str) -> tuple[str, str]:
    """What a text says, and all that was thought of in it, as rows of stems; two clauses never run into each other."""
    said, thought = [], []
    for piece in _PIECE.split(text):
        if piece and (row := " ".join(words.stems(piece))):
            thought.append(row)
            if not _DENIED.match(piece):
                said.append(row)
    # Names may run over a comma or a bracket, so that all is there once more without them.
    return f" {' . '.join(said)} ", f" {' . '.join((*thought, ' '.join(words.stems(text))))} "


class _Naming:
    """Which components a row of stems names. All names are one pattern, the longest first, so that “API gateway” is not
    also an API."""

    def __init__(self, components: Sequence[Component]) -> None:
        found: dict[str, set[str]] = {}
        for component in components:
            for name in component.names:
                if row := " ".join(words.stems(name)):
                    found.setdefault(row, set()).add(component.key)
        ordered = sorted(found, key=lambda row: (-len(row), row))
        self._keys = found
        self._pattern = re.compile(r"(?<= )(?:" + "|".join(map(re.escape, ordered)) + r")(?= )")
        self.named = lru_cache(maxsize=256)(self._named)

    def _named(self, row: str) -> frozenset[str]:
        return frozenset(key for match in self._pattern.finditer(row) for key in self._keys[match[0]])


@lru_cache(maxsize=64)
def _naming(components: tuple[Component, ...]) -> _Naming:
    return _Naming(components)


def _shapes(state: State) -> Iterator[tuple[str, str]]:
    """What a drawing looks like, with the label that shows it."""
    leaving, entered = ({link.source for link in state.links}, {link.target for link in state.links})
    stores = [part for part in state.parts if part.kind == "database"]
    if len(stores) == 1 and not _SEVERAL.search(stores[0].label):
        yield "one_store", stores[0].label
    for kind in ("queue", "cache"):
        if labelled := next((part.label for part in state.parts if part.kind == kind), None):
            yield kind, labelled
    for part in state.parts:
        if part.kind == "queue" and part.label in entered and part.label not in leaving:
            yield "unread_queue", part.label
        if len(state.parts) >= 3 and state.links and part.label not in leaving | entered:
            yield "alone", part.label
    yield ("number" if re.search(r"\d", state.texts.get(state.step, "")) else "no_number"), ""


def _sheet(rows: Sequence[Row]) -> Iterator[tuple[str, Row | None]]:
    if unused := next((row for row in rows if not row.is_used and not row.is_assumed), None):
        yield "unused", unused
