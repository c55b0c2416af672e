"""Who may open what: every URL of the product × every role, and a URL without a rule fails.

A rule says what each role gets: a status, or LOGIN for a redirect to the sign-in page. `owner` is the
candidate whose session it is; `stranger` is another signed-in candidate.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from interview import flow
from interview.models import Session
from tests.accounts.factories import make_guest, make_operator, make_user
from tests.interview.factories import make_session

pytestmark = pytest.mark.django_db

LOGIN = "login"
ASKS_FIRST = {"account_logout"}  # a GET shows the question, the POST does it
ROLES = ("anonymous", "guest", "owner", "stranger", "operator")


@dataclass(frozen=True)
class Rule:
    """What anonymous, guest, owner, stranger and operator get."""

    answers: tuple[int | str, int | str, int | str, int | str, int | str]
    method: str = "get"
    args: tuple[str, ...] = ()  # names of things in the world below
    data: dict[str, Any] = field(default_factory=dict)


def everybody(status: int = 200, **fields: Any) -> Rule:
    return Rule((status,) * 5, **fields)


def members(status: int = 200, **fields: Any) -> Rule:
    return Rule((LOGIN, status, status, status, status), **fields)


def accounts(status: int = 200, **fields: Any) -> Rule:
    return Rule((LOGIN, 302, status, status, status), **fields)


def owner(status: int = 200, **fields: Any) -> Rule:
    """Only whose it is; for everybody else, operators included, it does not exist."""
    return Rule((LOGIN, 404, status, 404, 404), **fields)


RUNNING, FINISHED = ("running",), ("finished",)
SAVE = {"text": "words", "base": 0}

RULES: dict[str, Rule] = {
    "landing": Rule((200, 302, 302, 302, 302)),
    "privacy": everybody(),
    "accessibility": everybody(),
    "healthz": everybody(),
    "readyz": everybody(),
    "catalog:list": everybody(),
    "catalog:detail": everybody(args=("slug",)),
    "scoring:sample": everybody(),
    "interview:list": members(),
    "interview:start": members(302, method="post", args=("slug",), data={"mode": "interview"}),
    "interview:room": owner(args=RUNNING),
    "interview:save": owner(method="post", args=("running", "step"), data=SAVE),
    "interview:go": owner(302, method="post", args=RUNNING, data={"step": "estimation"}),
    "interview:clock": owner(args=RUNNING),
    "interview:preview": owner(method="post", args=RUNNING, data={"text": "words"}),
    "interview:finish": owner(302, method="post", args=RUNNING),
    "interview:result": owner(args=FINISHED),
    "interview:score": owner(args=FINISHED),
    "interview:retry": owner(302, method="post", args=FINISHED),
    "interview:export": owner(args=FINISHED),
    "accounts:guest": Rule((302, 302, 302, 302, 302), method="post"),
    "accounts:profile": members(),
    "accounts:export": members(),
    "accounts:delete": members(),
    "accounts:mail": Rule((404, 404, 404, 404, 200)),
    "account_login": Rule((200, 200, 302, 302, 302)),
    "account_signup": Rule((200, 200, 302, 302, 302)),
    # A guest who signs out cannot come back, so they are asked first.
    "account_logout": Rule((302, 200, 302, 302, 302), method="post"),
    "account_inactive": everybody(),
    "account_reauthenticate": accounts(),
    "account_email": accounts(),
    "account_email_verification_sent": everybody(),
    "account_confirm_email": everybody(args=("key",)),
    "account_change_password": accounts(),
    "account_reset_password": everybody(),
    "account_reset_password_done": everybody(),
    "account_reset_password_from_key": everybody(args=("uidb36", "key")),
    "account_reset_password_from_key_done": everybody(),
}
# Django's administration: one rule for all of it. Whoever is not an operator learns nothing about it.
ADMIN_ANSWERS = {"anonymous": {302, 404}, "guest": {302, 404}, "owner": {302, 404}, "stranger": {302, 404}}


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """People, a running and a finished session of the owner."""
    now = timezone.now()
    people: dict[str, User | None] = {
        "anonymous": None,
        "guest": make_guest(),
        "owner": make_user("owner@example.com"),
        "stranger": make_user("stranger@example.com"),
        "operator": make_operator("operator@example.com"),
    }
    mine = people["owner"]
    assert mine is not None
    finished = make_session(mine, now=now)
    flow.finish(finished, by=Session.EndedBy.CANDIDATE, now=now)
    running = make_session(mine, now=now)
    return {
        "people": people,
        "slug": "lamps",
        "running": running.pk,
        "finished": finished.pk,
        "step": "requirements",
        "key": "no-such-key",
        "uidb36": "0",
    }


def every_url(patterns: list[Any] | None = None, namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Full names of all URL patterns; a pattern without a name comes as its route, and fails below."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from every_url(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, pattern.name or f"unnamed {pattern.pattern}"))


def own_urls() -> list[str]:
    return sorted({name for name in every_url() if not name.startswith("admin:")})


def test_every_url_has_a_rule_and_every_rule_a_url() -> None:
    assert set(own_urls()) == set(RULES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_holds(name: str, role: str, world: dict[str, Any]) -> None:
    rule = RULES[name]
    client = client_of(world["people"][role])
    url = reverse(name, args=[world[arg] for arg in rule.args])
    response = getattr(client, rule.method)(url, rule.data)
    expected = rule.answers[ROLES.index(role)]
    if expected == LOGIN:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))
    else:
        assert response.status_code == expected, f"{name} for {role}"


@pytest.mark.parametrize("name", [name for name in sorted(RULES) if RULES[name].method == "post"])
def test_what_changes_something_answers_only_to_post(name: str, world: dict[str, Any]) -> None:
    client = client_of(world["people"]["owner"])
    url = reverse(name, args=[world[arg] for arg in RULES[name].args])
    assert client.get(url).status_code == (200 if name in ASKS_FIRST else 405)


@pytest.mark.parametrize("role", ["anonymous", "guest", "owner", "stranger"])
def test_administration_is_for_operators(role: str, world: dict[str, Any]) -> None:
    client = client_of(world["people"][role])
    for name in ("admin:index", "admin:accounts_user_changelist", "admin:scoring_evaluation_changelist"):
        response = client.get(reverse(name))
        assert response.status_code in ADMIN_ANSWERS[role]


def test_operators_see_the_administration_and_cannot_edit_questions_or_evaluations(world: dict[str, Any]) -> None:
    client = client_of(world["people"]["operator"])
    for name in (
        "admin:index",
        "admin:accounts_user_changelist",
        "admin:auth_group_changelist",
        "admin:catalog_question_changelist",
        "admin:scoring_evaluation_changelist",
    ):
        assert client.get(reverse(name)).status_code == 200, name
    for name in ("admin:catalog_question_add", "admin:scoring_evaluation_add"):
        assert client.get(reverse(name)).status_code == 403, name


def test_a_stranger_cannot_tell_a_session_from_none(world: dict[str, Any]) -> None:
    client = client_of(world["people"]["stranger"])
    real = client.get(reverse("interview:result", args=[world["finished"]]))
    absent = client.get(reverse("interview:result", args=["00000000-0000-4000-8000-000000000000"]))
    assert (real.status_code, absent.status_code) == (404, 404)
    assert len(real.content) == len(absent.content)


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
