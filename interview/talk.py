"""ask · listen · offer_hint · take_hint · settle: the only code that writes down what is said in a session.

What is said, interview.interviewer decides; here it is told how the session stands, and its word is kept. Each write
holds the session's row, so that two tabs speak one after the other: what one brought up, the other finds there. The
constraints of Exchange are the last word that nothing is brought up twice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from catalog import modes
from catalog.spec import Question
from catalog.steps import REQUIREMENTS
from interview import clock, estimate, interviewer, room
from interview.interviewer import Hint, Link, Row, State
from interview.interviewer import Part as Box
from interview.models import Exchange, Session
from interview.parts import BOARD_STEPS, SHEET_STEP, Part
from scoring.engine.graph import mermaid, scene
from scoring.engine.graph.types import Graph

MAX_QUESTIONS: Final = 60
# The same words so soon after are a second click.
TWICE: Final = 5.0

ENOUGH: Final = f"You have asked {MAX_QUESTIONS} questions. What you know by now has to do."
CLOSED: Final = "All five steps are closed. Hand in when you are ready."
OVER: Final = "The session is over, and the interviewer has left. Nothing was added."
ANOTHER_HINT: Final = "Your answer has changed since, and that hint is not on offer any more. It cost you nothing."
NOT_BROUGHT_UP: Final = "The interviewer has not asked that."

_SPOKEN: Final = (Exchange.Kind.PROBE, Exchange.Kind.CURVEBALL)
_SETTLING: Final = {"answered": Exchange.Kind.PROBE_REPLY, "skip": Exchange.Kind.SKIP}
_FLOWCHART: Final = re.compile(r"^```mermaid[ \t]*\n(.*?)(?:^```|\Z)", re.MULTILINE | re.DOTALL)
# Nobody draws more of them in a text; what is beyond is still read as words.
_MAX_FLOWCHARTS: Final = 4
_MAX_FLOWCHART_CHARS: Final = 20_000


class Refused(Exception):
    """It cannot be done now; the message says why, to whoever wanted it."""


def ask(session: Session, *, text: str, now: datetime) -> None:
    """Put a question and keep the reply; Refused when it is one too many, or too late."""
    step = session.open_step(now)
    if step is None:
        raise Refused(CLOSED)
    said = list(session.exchanges.all())
    at = _since_start(session, now)
    reply = interviewer.answer(session.edition.spec, session.variant, text, [one.said for one in said])
    with _speaking(session, now) as running:
        if not running:
            raise Refused(OVER)
        asked = list(session.exchanges.filter(kind=Exchange.Kind.QUESTION))
        if asked and asked[-1].text == text and abs(at - asked[-1].at) < TWICE:
            return
        if len(asked) >= MAX_QUESTIONS:
            raise Refused(ENOUGH)
        Exchange.objects.bulk_create(
            Exchange(session=session, at=one.at, kind=one.kind, key=one.key, text=one.text, step=one.step)
            for one in interviewer.exchanges(at, step, text, reply)
        )


def listen(session: Session, *, step: str, idle: float, now: datetime) -> Exchange | None:
    """What the interviewer brings up by itself now, a change of requirement before a follow-up; mostly nothing."""
    heard_in = _step(session, step, now)
    mode = modes.BY_KEY[session.mode]
    if heard_in is None or heard_in == REQUIREMENTS or not session.is_running or session.is_over(now):
        return None
    bare = _timed(session, heard_in, now, idle)
    # Nearly always the moment is wrong, and then no draft is read.
    changes = mode.curveball and interviewer.curveball_is_due(bare)
    follows = mode.follow_ups and interviewer.may_speak(
        bare.exchanges, step=bare.step, at=bare.at, spent=bare.spent, idle=bare.idle, left=bare.left
    )
    if changes and (thrown := _thrown(session)):
        return _bring(session, bare, Exchange.Kind.CURVEBALL, thrown.key, thrown.says, now)
    if follows and (probe := interviewer.next_probe(_read(session, bare))):
        return _bring(session, bare, Exchange.Kind.PROBE, probe.key, probe.says, now)
    return None


def offer_hint(session: Session, *, step: str, now: datetime) -> Hint | None:
    """The hint that may be had in this step; its `offer` names the price. None when there is none left."""
    heard_in = _step(session, step, now)
    return None if heard_in is None else interviewer.hint(state(session, step=heard_in, now=now))


def take_hint(session: Session, *, step: str, criterion: str, now: datetime) -> Exchange:
    """Give the hint that was offered, once; Refused when another one, or none, would be offered by now."""
    given = session.exchanges.filter(kind=Exchange.Kind.HINT, key=criterion)
    if before := given.first():
        return before
    offered = offer_hint(session, step=step, now=now)
    if offered is None or offered.criterion != criterion:
        # Another tab may have taken it meanwhile.
        if before := given.first():
            return before
        raise Refused(ANOTHER_HINT)
    heard_in = _step(session, step, now) or step
    with _speaking(session, now) as running:
        if not running:
            raise Refused(OVER)
        return _keep(session, Exchange.Kind.HINT, criterion, offered.says, heard_in, now)


def settle(session: Session, *, key: str, how: str, now: datetime) -> None:
    """A follow-up is answered in the text, or skipped: whichever comes first. A change of requirement stays one."""
    with _speaking(session, now) as running:
        if not running:
            raise Refused(OVER)
        said = session.exchanges.filter(key=key)
        brought = said.filter(kind__in=_SPOKEN if how == "answered" else [Exchange.Kind.PROBE]).first()
        if brought is None:
            raise Refused(NOT_BROUGHT_UP)
        if not said.filter(kind__in=_SETTLING.values()).exists():
            _keep(session, _SETTLING[how], key, "", brought.step, now)


def state(session: Session, *, step: str, now: datetime, idle: float = 0.0) -> State:
    """The session as the interviewer is told of it: what is saved, what was said, how the time stands."""
    return _read(session, _timed(session, step, now, idle))


# --- keeping


@contextmanager
def _speaking(session: Session, now: datetime) -> Iterator[bool]:
    """One at a time in a session, by its row; whether it still runs. SQLite has one writer as it is."""
    with transaction.atomic():
        running = Session.objects.running().select_for_update().only("pk").filter(pk=session.pk).first()
        yield running is not None and not session.is_over(now)


def _keep(session: Session, kind: str, key: str, text: str, step: str, now: datetime) -> Exchange:
    """Write it down, once: if it is there, it is as if it had been."""
    try:
        with transaction.atomic():
            return Exchange.objects.create(
                session=session, at=_since_start(session, now), kind=kind, key=key, text=text, step=step
            )
    except IntegrityError:
        # Of a curveball there is one, whatever its key.
        there = session.exchanges.filter(kind=kind)
        return there.get() if kind == Exchange.Kind.CURVEBALL else there.get(key=key)


def _bring(session: Session, heard: State, kind: str, key: str, says: str, now: datetime) -> Exchange | None:
    """Bring it up, unless another tab was spoken to meanwhile: then this is not the moment any more."""
    with _speaking(session, now) as running:
        spoken = session.exchanges.filter(kind__in=_SPOKEN).count()
        if not running or spoken != sum(one.kind in _SPOKEN for one in heard.exchanges):
            return None
        return _keep(session, kind, key, says, heard.step, now)


# --- how it stands


def _step(session: Session, shown: str, now: datetime) -> str | None:
    """The step that is talked about: the one in front, but in a strict session the open one, if any is."""
    return session.open_step(now) if session.is_strict or shown not in {s.key for s in session.steps} else shown


def _timed(session: Session, step: str, now: datetime, idle: float) -> State:
    """The state without what is written: enough to know whether the moment is right. One query."""
    return State(
        question=session.edition.spec,
        variant=session.variant,
        step=step,
        texts={},
        at=_since_start(session, now),
        spent=session.seconds_in(step, now),
        idle=idle,
        left=_left(session, step, now),
        exchanges=[one.said for one in session.exchanges.all()],
        frozen=session.frozen_text if session.frozen_at else None,
    )


def _since_start(session: Session, now: datetime) -> float:
    return max((now - session.started_at).total_seconds(), 0.0)


def _left(session: Session, step: str, now: datetime) -> float | None:
    """Seconds that remain of the step, and never more than of the session; None where there is no limit."""
    if session.is_strict:
        _, closes = clock.strict_walk(session.opened_steps, session.pace, session.ends_at, now)
        return None if closes is None else (closes - now).total_seconds()
    budget, remaining = room.budget_seconds(session, step), session.remaining(now)
    limits = [] if budget is None else [budget - session.seconds_in(step, now)]
    return min([*limits, remaining.total_seconds()]) if remaining is not None else min(limits, default=None)


def _thrown(session: Session) -> interviewer.Thrown | None:
    frozen = session.frozen_text if session.frozen_at else None
    return interviewer.curveball(session.edition.spec, session.variant, seed=session.variant, frozen=frozen)


def _read(session: Session, bare: State) -> State:
    """The same with what is written and drawn, as saved. One query."""
    drafts = {(draft.step, draft.part): draft.text for draft in session.drafts.all()}
    texts = {step: text for (step, part), text in drafts.items() if part == Part.TEXT}
    board = next((text for (_, part), text in drafts.items() if part == Part.BOARD), "")
    graphs = list(_graphs(board, texts))
    return replace(
        bare,
        texts=texts,
        parts=[Box(node.label, node.kind) for graph in graphs for node in graph.parts.values()],
        links=[link for graph in graphs for link in _links(graph)],
        rows=_rows(bare.question, bare.variant, drafts.get((SHEET_STEP, Part.SHEET), ""), texts, board),
    )


def _graphs(board: str, texts: Mapping[str, str]) -> Iterator[Graph]:
    """The board, and flowcharts that somebody wrote instead."""
    if board:
        yield scene.read(board).graph
    for step in BOARD_STEPS:
        for flowchart in list(_FLOWCHART.finditer(texts.get(step, "")))[:_MAX_FLOWCHARTS]:
            yield mermaid.read(flowchart[1][:_MAX_FLOWCHART_CHARS])


def _links(graph: Graph) -> Iterator[Link]:
    for edge in graph.edges:
        source, target = graph.place(edge.source), graph.place(edge.target)
        if source and target:
            yield Link(source.label, target.label, edge.label)


def _rows(question: Question, variant: int, lines: str, texts: Mapping[str, str], board: str) -> Sequence[Row]:
    """The named lines of the sheet, and whether a later line or step speaks of each."""
    if not lines.strip():
        return ()
    read = estimate.read(lines, question=question, variant=variant, texts=texts, board=board)
    return [
        # What was taken from the brief needs no use, as what was assumed.
        Row(one.row.name, one.row.shown, one.row.kind != "worked out", bool(one.used or one.feeds))
        for one in read.named
    ]
