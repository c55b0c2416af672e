"""What an answer makes of the points of a criterion: what was found, what is nearly there, what is missing.

Of alternative designs only the one that the answer makes best is spoken of; where none is begun, one of each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from catalog import spec
from scoring import quotes
from scoring.models import CriterionMark
from scoring.quotes import Quote

STATES: Final = {"made": "Found", "partly": "In part", "unsure": "Perhaps there"}


@dataclass(frozen=True, slots=True)
class PointView:
    """What is asked for, how far it is there, and the nearest words; points that share these stand together."""

    asks: tuple[str, ...]
    state: str
    quotes: tuple[Quote, ...]

    @property
    def label(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Points:
    """`one_of` asks for the beginning of any one design, where none is begun; `also` are quotes of no single point."""

    found: tuple[PointView, ...]
    nearly: tuple[PointView, ...]
    missing: tuple[str, ...]
    one_of: tuple[str, ...]
    also: tuple[Quote, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """What is still asked for, what is clearly not there first; of several designs only one."""
        return (*self.missing, *self.one_of[:1], *(asks for point in self.nearly for asks in point.asks))


def read(mark: CriterionMark, criterion: spec.Criterion) -> Points:
    """Marks of earlier engines have no points of their own: their quotes then stand by themselves."""
    rows = {row["key"]: row for row in mark.points}
    ranked = sorted(criterion.points, key=lambda point: -point.weight)
    found = _together(_view(p.missing, rows[p.key]) for p in ranked if _state(rows, p) == "made")
    nearly = _nearly(mark.unsure, ranked, rows)
    missing, one_of = _missing(mark, criterion)
    shown = [quote for point in (*found, *nearly) for quote in point.quotes]
    also = [quotes.stored(evidence) for evidence in mark.evidence]
    return Points(found, nearly, missing, one_of, tuple(q for q in also if not any(q.overlaps(s) for s in shown)))


def _state(rows: Mapping[str, Mapping[str, Any]], point: spec.Point) -> str:
    return str(rows[point.key]["state"]) if point.key in rows else ""


def _view(asks: str, row: Mapping[str, Any]) -> PointView:
    return PointView((asks,), row["state"], tuple(quotes.stored(evidence) for evidence in row["evidence"]))


def _nearly(
    asked: Iterable[str], points: Sequence[spec.Point], rows: Mapping[str, Mapping[str, Any]]
) -> tuple[PointView, ...]:
    """What is there in part comes before what may be there."""
    left = [point for point in points if _state(rows, point) in ("partly", "unsure")]
    found = []
    for text in asked:
        # Points of several designs may ask for the same.
        point = next((point for point in left if point.missing == text), None)
        if point:
            left.remove(point)
        found.append(_view(text, rows[point.key]) if point else PointView((text,), "unsure", ()))
    return _together(sorted(found, key=lambda view: view.state != "partly"))


def _together(views: Iterable[PointView]) -> tuple[PointView, ...]:
    """The same words are quoted once, for all the points that they serve."""
    found: dict[tuple[str, tuple[Quote, ...]], list[str]] = {}
    for view in views:
        found.setdefault((view.state, view.quotes), []).extend(view.asks)
    return tuple(PointView(_unique(asks), state, own) for (state, own), asks in found.items())


def _missing(mark: CriterionMark, criterion: spec.Criterion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is clearly not there, and apart from it what any one of several designs would begin with."""
    known = {point.missing for point in criterion.points}
    plain = [text for text in mark.missing if text in known]
    one_of: list[str] = []
    for text in mark.missing:
        if text not in known:
            # The engine asks for several designs in one breath; here each has a line.
            choices = [point.missing for point in criterion.points if point.missing in text]
            (one_of if len(set(choices)) > 1 else plain).extend(choices or [text])
    designs = {point.design for point in criterion.points if point.design and point.missing in plain}
    if len(designs) > 1:
        plain, one_of = _of_one_design(mark, criterion, plain)
    return _unique(plain), _unique(one_of)


def _of_one_design(
    mark: CriterionMark, criterion: spec.Criterion, missing: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Where points of several designs are missing: those of the design that is begun, else the first of each."""
    of_designs = sorted((point for point in criterion.points if point.design), key=lambda point: -point.weight)
    there = {point.key: mark.mark is not None and point.missing not in missing for point in of_designs}
    shares: dict[str, float] = {}
    for design in dict.fromkeys(str(point.design) for point in of_designs):
        own = [point for point in of_designs if point.design == design]
        shares[design] = sum(p.weight for p in own if there[p.key]) / sum(p.weight for p in own)
    begun = max(shares, key=lambda design: shares[design])
    others = {p.missing for p in of_designs if not shares[begun] or p.design != begun}
    others -= {p.missing for p in criterion.points if not p.design or (shares[begun] and p.design == begun)}
    first = [next(p.missing for p in of_designs if p.design == design) for design in shares]
    plain = [text for text in missing if text not in others]
    if shares[begun]:
        return plain, []
    # Designs that begin with the same thing ask for it together.
    return (plain, first) if len(set(first)) > 1 else ([*plain, first[0]], [])


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
