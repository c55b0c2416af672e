"""What the tests arrange and look up behind the curtain, with the site's own code: `site.ask("texts", email)`."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from catalog import answer_file
from catalog.models import Question
from catalog.variants import fill
from interview import clock, drafts, flow
from interview.clock import Mode
from interview.models import Draft, Exchange, Revision, Session
from jobs.models import Outbox
from scoring.models import Evaluation, StepMark, Submission


def answer_questions() -> None:
    """One a line on standard input, [name of a function here, argument, …]; the answer is a line of JSON, too."""
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(globals()[name](*arguments)), flush=True)


# --- Look up.


def state(email: str) -> str:
    return _session(email).state


def saves(email: str) -> list[str]:
    """When each save of the person's newest session was taken over, in order."""
    rows = Revision.objects.filter(draft__session=_session(email), kind=Revision.Kind.SAVED)
    return [at.isoformat() for at in rows.order_by("pk").values_list("at", flat=True)]


def texts(email: str) -> list[list[str]]:
    """[kind, text] of everything that is kept of the newest session, each version whole."""
    kept: list[list[str]] = []
    for draft in Draft.objects.filter(session=_session(email)):
        for row in draft.revisions.all():
            whole = drafts.text_at(draft, row.version) if row.kind == Revision.Kind.SAVED else row.inserted
            kept.append([row.kind, whole])
    return kept


def submitted(email: str) -> list[str]:
    """The requirements of the person's submissions, oldest first."""
    rows = Submission.objects.filter(user__email=email).order_by("created_at")
    return [row.answer["requirements"] for row in rows]


def handed_in(email: str) -> dict[str, Any]:
    """The newest submission: its answer, and each step's mark, None for all of them until it is scored."""
    handed = Submission.objects.filter(user__email=email).latest("created_at")
    marks = StepMark.objects.filter(evaluation__submission=handed, evaluation__status=Evaluation.Status.DONE)
    return {
        "answer": handed.answer,
        "originals": handed.originals,
        "exchanges": handed.exchanges,
        "marks": dict(marks.values_list("step", "mark")) or None,
    }


# --- Arrange.


def goes_by(email: str, seconds: float) -> None:
    """Let so much time have passed for the newest session, in the step it is in."""
    _shift(_session(email), timedelta(seconds=seconds))


def ends_in(email: str, seconds: float) -> None:
    """Let the newest session have begun so long ago that its time is up in `seconds`."""
    session = _session(email)
    assert session.ends_at
    _shift(session, session.ends_at - _soon(seconds))


def brings_up(email: str) -> None:
    """Let the interviewer have followed up and changed a requirement, in the words of the question's author."""
    session = _session(email)
    question = session.edition.spec
    probe, curveball = question.probes[0], question.curveballs[0]
    for kind, one in ((Exchange.Kind.PROBE, probe), (Exchange.Kind.CURVEBALL, curveball)):
        says = fill(one.says, question, session.variant)
        Exchange.objects.create(session=session, at=60, kind=kind, key=one.key, text=says, step="deep_dive")


def first_step_closes_in(email: str, seconds: float) -> None:
    """Strict: let the first step close in `seconds`."""
    session = _session(email)
    budget = clock.step_budget(session.current_step, session.pace, strict=True)
    assert budget
    _shift(session, session.entered_at + budget - _soon(seconds))


def practise(email: str, slug: str = "url-shortener") -> str:
    """Sit the demo answer through the same verbs as anybody; the session's id."""
    user = User.objects.get(email=email)
    answer = answer_file.steps_of(Path(settings.BASE_DIR, "fixtures/demo/answer.md").read_text(encoding="utf-8"))
    now = timezone.now()
    begun = now - timedelta(minutes=35)
    session = flow.start(user, question=Question.objects.get(slug=slug), mode=Mode.INTERVIEW, now=begun)
    for draft in session.drafts.select_related("session").filter(part="text"):
        drafts.save(draft, text=answer[draft.step], base=0, now=begun)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    return str(session.pk)


def give_up(email: str) -> str:
    """Leave the newest session's evaluation as a worker leaves one that it could not finish; the session's id."""
    session = _session(email)
    evaluation = Evaluation.objects.get(submission=session.submission_id)
    Outbox.objects.filter(object_id=str(evaluation.pk)).delete()
    evaluation.step_marks.all().delete()
    evaluation.criterion_marks.all().delete()
    Evaluation.objects.filter(pk=evaluation.pk).update(
        status=Evaluation.Status.DEAD,
        reason="The disk was full.",
        attempts=5,
        finished_at=None,
        overall=None,
        low=None,
        high=None,
        band="",
        level="",
        lift=None,
    )
    return str(session.pk)


def _session(email: str) -> Session:
    return Session.objects.filter(user__email=email).latest("started_at")


def _soon(seconds: float) -> datetime:
    return timezone.now() + timedelta(seconds=seconds)


def _shift(session: Session, back: timedelta) -> None:
    """Move everything the clock knows of a session into the past."""
    session.opened = [[step, (datetime.fromisoformat(at) - back).isoformat()] for step, at in session.opened]
    for name in ("started_at", "entered_at", "ends_at", "frozen_at"):
        moment = getattr(session, name)
        setattr(session, name, moment and moment - back)
    session.save()
    Outbox.objects.filter(kind=flow.KIND, object_id=str(session.pk)).update(due_at=F("due_at") - back)
