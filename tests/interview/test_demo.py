"""Demo people: made once, printed truly."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from interview import demo
from interview.models import Session
from jobs.models import Outbox
from tests.catalog.factories import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _question() -> None:
    make_question(slug=demo.SLUG)


def load() -> dict[str, tuple[str, str]]:
    """Run the command; role → address and password as printed."""
    out = StringIO()
    call_command("load_demo", stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines()]
    return {role: (email, password) for role, email, password in lines}


def signs_in(email: str, password: str) -> bool:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_twice_is_as_good_as_once() -> None:
    first, second = load(), load()
    assert first == second
    assert set(first) == {"candidate", "operator"}
    assert User.objects.count() == 2
    session = Session.objects.get()
    assert session.state == Session.State.FINISHED
    assert session.user.email == first["candidate"][0]
    assert all(draft.text for draft in session.drafts.filter(part="text"))
    # The demo answer and the public sample wait to be scored, once each.
    assert Outbox.objects.filter(kind="score").count() == 2


def test_the_printed_passwords_open_the_accounts() -> None:
    printed = load()
    assert all(signs_in(*account) for account in printed.values())
    operator = User.objects.get(email=printed["operator"][0])
    assert (operator.is_staff, operator.is_superuser) == (True, True)
    assert not User.objects.get(email=printed["candidate"][0]).is_staff


def test_a_password_that_was_changed_is_neither_printed_nor_put_back() -> None:
    email, old = load()["operator"]
    operator = User.objects.get(email=email)
    operator.set_password("a quiet harbour at 6")
    operator.save()
    assert load()["operator"] == (email, "(changed)")
    assert not signs_in(email, old)
    assert signs_in(email, "a quiet harbour at 6")
