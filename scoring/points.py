"""What an answer makes of the points of a criterion: what was found, what is nearly there, what is missing.

Of alternative designs only the one that the answer makes best is spoken of; where none is begun, one of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from catalog import spec
from scoring import quotes
from scoring.models import CriterionMark
from scoring.quotes import Quote, Reply

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


def read(mark: CriterionMark, criterion: spec.Criterion, replies: Iterable[Reply] = ()) -> Points:
    """Marks of earlier engines have no points: what they ask for and their quotes then stand by themselves."""
    prompted = tuple(replies)
    quoted = tuple(quotes.stored(evidence, prompted) for evidence in mark.evidence)
    if not mark.points:
        nearly = tuple(PointView((asks,), "unsure", ()) for asks in mark.unsure)
        return Points((), nearly, _unique(mark.missing), (), quoted)
    asks = {point.key: point.missing for point in criterion.points}
    of_state: dict[str, list[PointView]] = {}
    for row in mark.points:
        own = tuple(quotes.stored(evidence, prompted) for evidence in row["evidence"])
        of_state.setdefault(row["state"], []).append(PointView((asks[row["key"]],), row["state"], own))
    found = _together(of_state.get("made", ()))
    # What is there in part comes before what may be there.
    nearly = _together([*of_state.get("partly", ()), *of_state.get("unsure", ())])
    missing, one_of = (
        _unique(text for view in of_state.get(s, ()) for text in view.asks) for s in ("missing", "choice")
    )
    shown = [quote for point in (*found, *nearly) for quote in point.quotes]
    return Points(found, nearly, missing, one_of, tuple(q for q in quoted if not any(q.overlaps(s) for s in shown)))


def _together(views: Iterable[PointView]) -> tuple[PointView, ...]:
    """The same words are quoted once, for all the points that they serve."""
    found: dict[tuple[str, tuple[Quote, ...]], list[str]] = {}
    for view in views:
        found.setdefault((view.state, view.quotes), []).extend(view.asks)
    return tuple(PointView(_unique(asks), state, own) for (state, own), asks in found.items())


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
