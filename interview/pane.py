"""What the interviewer's pane shows: what was said so far, and what waits for a reply. Reads, never writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from catalog import modes
from catalog.spec import Question
from catalog.steps import DEEP_DIVE, REQUIREMENTS
from catalog.variants import fill
from interview import cause, prompted
from interview.interviewer import hints, moments
from interview.models import Exchange, Session

_SETTLED: Final = {Exchange.Kind.PROBE_REPLY: "answered", Exchange.Kind.SKIP: "skipped"}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something the interviewer brought up: a follow-up, or the change of a requirement.

    state: open · answered · skipped.  cause: the words that it was asked for, where they are known.
    before: what held until the requirement changed, "" where that is not said.
    """

    key: str
    at: float
    text: str
    state: str
    cause: str = ""
    before: str = ""

    @property
    def quote(self) -> str:
        """What the reply is written below."""
        return prompted.quote(self.text)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the candidate's, and what was said to it."""

    at: float
    text: str
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A hint that was taken, and what it costs: a share of what its criterion counts."""

    at: float
    text: str
    criterion: str
    cost: str


@dataclass(frozen=True, slots=True)
class Pane:
    """live: the session runs and something may still be written.  known: how much was said, to tell what is new.

    count: follow-ups in the step that is shown, of at most `most`; None where the interviewer only answers.
    announced: a requirement may change yet.
    """

    session: Session
    step: str
    live: bool
    known: int
    count: int | None
    announced: bool
    open: tuple[FollowUp, ...]
    settled: tuple[FollowUp, ...]
    change: FollowUp | None
    asked: tuple[Asked, ...]
    hints: tuple[Given, ...]
    most: int = moments.PER_STEP


def build(session: Session, question: Question, *, step: str, live: bool, texts: Mapping[str, str]) -> Pane:
    """The pane beside `step`. One query: what was said."""
    said = list(session.exchanges.all())
    mode = modes.BY_KEY[session.mode]
    change = next(iter(_brought(Exchange.Kind.CURVEBALL, said, session, question, texts)), None)
    probes = list(_brought(Exchange.Kind.PROBE, said, session, question, texts))
    changes = mode.curveball and question.curveballs and DEEP_DIVE in {one.key for one in session.steps}
    speaks = mode.follow_ups and step != REQUIREMENTS
    return Pane(
        session=session,
        step=step,
        live=live,
        known=len(said),
        count=sum(one.kind == Exchange.Kind.PROBE and one.step == step for one in said) if speaks else None,
        announced=bool(changes) and live and change is None,
        open=tuple(one for one in probes if one.state == "open"),
        settled=tuple(one for one in probes if one.state != "open"),
        change=change,
        asked=tuple(_asked(said)),
        hints=tuple(_given(said, question)),
    )


def _brought(
    kind: str, said: Sequence[Exchange], session: Session, question: Question, texts: Mapping[str, str]
) -> Iterator[FollowUp]:
    state = {one.key: _SETTLED[Exchange.Kind(one.kind)] for one in said if one.kind in _SETTLED}
    before = {one.key: fill(one.requirement or "", question, session.variant) for one in question.curveballs}
    for one in said:
        if one.kind == kind:
            yield FollowUp(
                one.key,
                one.at,
                one.text,
                state.get(one.key, "open"),
                cause=_cause(one, question, texts) if kind == Exchange.Kind.PROBE and one.key not in state else "",
                before=before.get(one.key, "") if kind == Exchange.Kind.CURVEBALL else "",
            )


def _cause(one: Exchange, question: Question, texts: Mapping[str, str]) -> str:
    """From the step in which it was asked before any other."""
    return cause.of(question, one.key, [texts.get(one.step, ""), *texts.values()])


def _asked(said: Sequence[Exchange]) -> Iterator[Asked]:
    """Each question with the replies behind it: they were kept together."""
    for place, one in enumerate(said):
        if one.kind == Exchange.Kind.QUESTION:
            behind = said[place + 1 :]
            ends = next((n for n, other in enumerate(behind) if other.kind == Exchange.Kind.QUESTION), len(behind))
            replies = [other.text for other in behind[:ends] if other.kind == Exchange.Kind.REPLY]
            yield Asked(one.at, one.text, tuple(replies))


def _given(said: Sequence[Exchange], question: Question) -> Iterator[Given]:
    titles = {criterion.key: criterion.title for _, criterion in question.criteria()}
    for one in said:
        if one.kind == Exchange.Kind.HINT:
            yield Given(one.at, one.text, titles.get(one.key, ""), f"{hints.COST * 100:g} %")
