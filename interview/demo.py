"""Demo people and their practice, for trying the product on one machine."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from catalog import answer_file
from catalog.models import Question
from catalog.steps import READ_MINUTES, STEPS
from interview import drafts, flow
from interview.clock import Mode
from interview.models import Session
from interview.parts import Part

SLUG = "url-shortener"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to sign in as. `password` is None when it is no longer the one made here."""

    role: str
    email: str
    password: str | None


def people() -> tuple[Person, ...]:
    """As they are made the first time."""
    return (
        Person("candidate", "candidate@fortyfive.example", _password("candidate")),
        Person("operator", "operator@fortyfive.example", _password("operator")),
    )


@transaction.atomic
def load(*, now: datetime) -> tuple[Person, ...]:
    """Make the people that are not there yet, and the candidate's finished session; safe to repeat."""
    found = []
    for person in people():
        user = User.objects.filter(email=person.email).first()
        if user is None:
            make = User.objects.create_superuser if person.role == "operator" else User.objects.create_user
            user = make(person.email, person.password, display_name=f"Demo {person.role}")
        if person.role == "candidate" and not user.interview_sessions.exists():
            _practise(user, now=now)
        found.append(person if user.check_password(person.password or "") else replace(person, password=None))
    return tuple(found)


def _practise(user: User, *, now: datetime) -> None:
    """Sit the demo answer through the same verbs as anybody, an hour ago."""
    question = Question.objects.live().filter(slug=SLUG).first()
    if question is None:
        return
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / "answer.md"
    texts = answer_file.steps_of(path.read_text(encoding="utf-8"))
    moment = now - timedelta(hours=1)
    session = flow.start(user, question=question, mode=Mode.INTERVIEW, now=moment)
    moment += timedelta(minutes=READ_MINUTES)
    for step in STEPS:
        flow.go_to(session, step=step.key, now=moment)
        moment += timedelta(minutes=step.minutes) * 0.95
        draft = session.drafts.select_related("session").get(step=step.key, part=Part.TEXT)
        drafts.save(draft, text=texts[step.key], base=0, now=moment)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=moment)


def _password(role: str) -> str:
    """The same on every start of one installation, and different on every other."""
    return salted_hmac("fortyfive.demo", role).hexdigest()[:12]
