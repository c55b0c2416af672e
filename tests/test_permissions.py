"""Who may open what: every URL of the product × every role, and a URL without a rule fails.

A rule says what each role gets: a status, or LOGIN for a redirect to the sign-in page. `owner` is the
candidate whose session it is; `stranger` is another signed-in candidate.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from catalog.models import Question, Reference, Topic
from interview import flow
from interview.models import Session
from scoring.models import Evaluation
from tests.accounts.factories import make_guest, make_operator, make_user
from tests.catalog.factories import make_card, make_reference, make_topic
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
    "catalog:library": everybody(),
    "catalog:topic": everybody(args=("topic",)),
    "catalog:reference": everybody(args=("reference",)),
    "catalog:search": everybody(),
    "scoring:sample": everybody(),
    "interview:list": members(),
    "interview:start": members(302, method="post", args=("slug",), data={"mode": "interview"}),
    "interview:room": owner(args=RUNNING),
    "interview:save": owner(method="post", args=("running", "step"), data=SAVE),
    "interview:save_part": owner(method="post", args=("running", "drawing_step", "part"), data=SAVE),
    "interview:save_estimation": owner(method="post", args=RUNNING, data=SAVE),
    "interview:sheet": owner(method="post", args=RUNNING, data={"sheet": "writes = 5 links/s"}),
    "interview:read_mermaid": owner(method="post", args=RUNNING, data={"text": "flowchart LR\n a[A] --> b[B]"}),
    "interview:write_mermaid": owner(method="post", args=RUNNING, data={"scene": ""}),
    "interview:go": owner(302, method="post", args=RUNNING, data={"step": "estimation"}),
    "interview:clock": owner(args=RUNNING),
    "interview:preview": owner(method="post", args=RUNNING, data={"text": "words"}),
    "interview:ask": owner(302, method="post", args=RUNNING, data={"text": "How many?"}),
    "interview:listen": owner(302, method="post", args=RUNNING, data={"step": "deep_dive", "idle": 9}),
    "interview:hint": owner(args=RUNNING),
    "interview:settle": owner(409, method="post", args=RUNNING, data={"key": "never-asked", "how": "skip"}),
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
# Own pages that take a POST beside the GET their rule names; everything else refuses the other method.
FORMS = {
    "accounts:profile",
    "accounts:delete",
    "interview:hint",
    "account_login",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_confirm_email",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_from_key",
}

# --- Django's administration. Whoever is not an operator learns nothing about it; a clerk is an operator to
# whom nobody has given anything yet.

READ_ONLY = ("catalog_question", "catalog_topic", "catalog_reference", "catalog_card", "scoring_evaluation")
EDITABLE = ("accounts_user", "account_emailaddress", "auth_group")
# Name to: arguments, what a clerk gets, what a superuser gets.
ADMIN: dict[str, tuple[tuple[str, ...], int, int]] = {
    "index": ((), 200, 200),
    "login": ((), 302, 302),
    "logout": ((), 200, 200),
    "password_change": ((), 200, 200),
    "password_change_done": ((), 200, 200),
    "jsi18n": ((), 200, 200),
    "autocomplete": ((), 403, 403),  # nothing has a field that asks it
    "view_on_site": (("content_type", "accounts_user"), 404, 404),  # nothing has a page to view
    "app_list": (("app",), 404, 200),
    "auth_user_password_change": (("accounts_user",), 403, 200),
}
for _model in EDITABLE + READ_ONLY:
    _edits = 403 if _model in READ_ONLY else 200
    ADMIN |= {
        f"{_model}_changelist": ((), 403, 200),
        f"{_model}_add": ((), 403, _edits),
        f"{_model}_change": ((_model,), 403, 200),
        f"{_model}_delete": ((_model,), 403, _edits),
        f"{_model}_history": ((_model,), 403, 200),
    }
# Patterns without a name: the old address of a change form, and whatever else somebody types.
ADMIN_UNNAMED = {"unnamed <path:object_id>/", "unnamed (?P<url>.*)$"}


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
        "topic": make_topic().slug,
        "reference": make_reference().slug,
        "running": running.pk,
        "finished": finished.pk,
        "step": "requirements",
        "drawing_step": "high_level_design",
        "part": "board",
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


@pytest.mark.parametrize("name", [name for name in sorted(RULES) if RULES[name].method == "get" and name not in FORMS])
def test_what_only_shows_something_answers_only_to_get(name: str, world: dict[str, Any]) -> None:
    client = client_of(world["people"]["owner"])
    url = reverse(name, args=[world[arg] for arg in RULES[name].args])
    assert client.post(url).status_code == 405


def test_every_url_of_the_administration_has_a_rule_and_every_rule_a_url() -> None:
    found = {name.removeprefix("admin:") for name in every_url() if name.startswith("admin:")}
    assert found == set(ADMIN) | ADMIN_UNNAMED


@pytest.fixture
def office(world: dict[str, Any]) -> dict[str, Any]:
    """What the administration shows, and an operator without permissions."""
    owner = world["people"]["owner"]
    return {
        "clerk": make_operator("clerk@example.com", is_superuser=False),
        "content_type": ContentType.objects.get_for_model(User).pk,
        "app": "accounts",
        "accounts_user": world["people"]["operator"].pk,
        "account_emailaddress": EmailAddress.objects.get(user=owner).pk,
        "auth_group": Group.objects.create(name="Editors").pk,
        "catalog_question": Question.objects.get(slug="lamps").pk,
        "catalog_topic": Topic.objects.get().pk,
        "catalog_reference": Reference.objects.get().pk,
        "catalog_card": make_card(Topic.objects.get()).pk,
        "scoring_evaluation": Evaluation.objects.get().pk,
    }


def admin_url(name: str, office: dict[str, Any]) -> str:
    return reverse(f"admin:{name}", args=[office[arg] for arg in ADMIN[name][0]])


@pytest.mark.parametrize("role", ["anonymous", "guest", "owner", "stranger"])
def test_the_administration_does_not_exist_for_others(role: str, world: dict[str, Any], office: dict[str, Any]) -> None:
    client = client_of(world["people"][role])
    typed = [f"/admin/accounts/user/{office['accounts_user']}/", "/admin/no/such/page/"]
    for url in [*(admin_url(name, office) for name in sorted(ADMIN)), *typed]:
        for answer in (client.get(url, follow=True), client.post(url, follow=True)):
            if role == "anonymous":
                assert answer.redirect_chain[-1][0].startswith(reverse("account_login")), url
            else:
                assert answer.status_code == 404, url


@pytest.mark.parametrize("name", sorted(ADMIN))
def test_an_operator_sees_what_was_given_to_them(name: str, world: dict[str, Any], office: dict[str, Any]) -> None:
    _, clerk, superuser = ADMIN[name]
    url = admin_url(name, office)
    assert client_of(office["clerk"]).get(url).status_code == clerk
    assert client_of(world["people"]["operator"]).get(url).status_code == superuser


@pytest.mark.parametrize("name", sorted(name for name in ADMIN if ADMIN[name][1] == 403 and name != "autocomplete"))
def test_an_operator_without_permissions_changes_nothing_by_post_either(name: str, office: dict[str, Any]) -> None:
    before = User.objects.count()
    sent = {"post": "yes", "email": "x@example.com", "password1": "a b c d e f 1", "password2": "a b c d e f 1"}
    assert client_of(office["clerk"]).post(admin_url(name, office), sent).status_code == 403
    assert User.objects.count() == before


@pytest.mark.parametrize("model", READ_ONLY)
def test_questions_and_marks_are_only_looked_at(model: str, world: dict[str, Any], office: dict[str, Any]) -> None:
    """Not even a superuser edits them: questions come from files, marks from graders."""
    client = client_of(world["people"]["operator"])
    for verb in ("add", "change", "delete"):
        assert client.post(admin_url(f"{model}_{verb}", office), {"post": "yes"}).status_code == 403, verb
    chosen = {"action": "delete_selected", "_selected_action": [str(office[model])], "post": "yes"}
    client.post(admin_url(f"{model}_changelist", office), chosen)
    assert client.get(admin_url(f"{model}_change", office)).status_code == 200


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
