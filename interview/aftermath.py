"""What became of a design when one requirement changed: told after the end, so nothing need be kept back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.steps import DEEP_DIVE, HIGH_LEVEL_DESIGN
from interview import interviewer
from interview.handing_in import BEFORE
from interview.interviewer import Link, Part, Thrown
from interview.models import Session
from scoring import diagrams
from scoring.diagrams import Reading
from scoring.engine.graph import scene
from scoring.engine.graph.types import Graph
from scoring.models import Submission
from scoring.presentation import CriterionView, ResultView

NAMELESS = "a part without a name"


@dataclass(frozen=True, slots=True)
class Change:
    """The change and what was made of it.

    says: what holds from then on.  requirement: what held before, "" where that is not said.  changes, keeps: what a
    good answer changes and what it leaves alone.  at: seconds since the start.  before, after: the boards; `after` is
    None where nothing was changed on it.  told: what became of the drawing, in sentences.  reply: the step in which
    something was written below the change, "" where nothing was.  touches: the criteria it puts in question again.
    """

    key: str
    at: float
    says: str
    requirement: str = ""
    changes: str = ""
    keeps: str = ""
    before: Reading | None = None
    after: Reading | None = None
    told: tuple[str, ...] = ()
    reply: str = ""
    touches: tuple[CriterionView, ...] = ()


def build(session: Session, submission: Submission, view: ResultView) -> Change | None:
    """What the result says of the change of requirement; None where none came."""
    came = next((one for one in submission.exchanges if one["kind"] == "curveball"), None)
    if came is None:
        return None
    thrown = _thrown(session, came["key"])
    before, after = _boards(submission)
    graphs = scene.read(before).graph, scene.read(after).graph
    replied = (row["step"] for row in submission.pieces if row["part"] == "reply" and row["key"] == came["key"])
    touches = thrown.touches if thrown else ()
    return Change(
        key=came["key"],
        at=came["at"],
        says=came["text"],
        requirement=thrown.requirement if thrown else "",
        changes=thrown.changes if thrown else "",
        keeps=thrown.keeps if thrown else "",
        before=diagrams.board(before),
        after=diagrams.board(after) if after != before else None,
        told=tuple(_told(*graphs, was_changed=after != before)) if before or after else (),
        reply=next(replied, ""),
        touches=tuple(row for step in view.steps for row in step.criteria if row.mark.key in touches),
    )


def _thrown(session: Session, key: str) -> Thrown | None:
    """The author's words for the change that came; what is drawn again is the same, as the edition never changes."""
    frozen = session.frozen_text if session.frozen_at else None
    thrown = interviewer.curveball(session.edition.spec, session.variant, seed=session.variant, frozen=frozen)
    return thrown if thrown is not None and thrown.key == key else None


def _boards(submission: Submission) -> tuple[str, str]:
    """The board when the requirement changed, and the last one: handed in with the design where it stayed the same."""
    originals = submission.originals
    last = originals.get(f"{DEEP_DIVE}.board", originals.get(f"{HIGH_LEVEL_DESIGN}.board", ""))
    return originals.get(BEFORE, ""), last


def _told(before: Graph, after: Graph, *, was_changed: bool) -> Iterator[str]:
    """What happened to the drawing, each kind of thing in one sentence."""
    if not was_changed:
        yield "The board was not changed."
        return
    became = interviewer.aftermath(_parts(before), _links(before), _parts(after), _links(after))
    # Arrows to a group lead to all that it holds; those are ways, though nobody drew them.
    ways = interviewer.aftermath(_parts(before), _ways(before), _parts(after), _ways(after))
    yield from _sentence("Added", became.added)
    yield from _sentence("Removed", became.removed)
    yield from _sentence("New arrows", _arrows(became.joined))
    yield from _sentence("Arrows taken away", _arrows(became.parted))
    yield from _sentence("No longer reached", _arrows(ways.broken))
    if not (became.added or became.removed or became.joined or became.parted):
        yield "The same parts and arrows; only places or looks changed."


def _sentence(what: str, names: Sequence[str]) -> Iterator[str]:
    named = list(dict.fromkeys(names))
    if named:
        yield f"{what}: {', '.join(named)}."


def _arrows(links: Sequence[Link]) -> list[str]:
    return [f"{link.source} → {link.target}" for link in links]


def _parts(graph: Graph) -> list[Part]:
    return [Part(part.label or NAMELESS, part.kind) for part in graph.parts.values()]


def _links(graph: Graph) -> list[Link]:
    places = {key: part.label or NAMELESS for key, part in graph.parts.items()}
    return [Link(places[edge.source], places[edge.target], edge.label) for edge in graph.edges]


def _ways(graph: Graph) -> list[Link]:
    labels = {key: part.label or NAMELESS for key, part in graph.parts.items()}
    return [
        Link(labels[source], labels[target])
        for source, targets in graph.neighbours(loose=True).items()
        for target in sorted(targets)
        if source in labels and target in labels
    ]
