"""How often one person may do one thing."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts.limits import rate_limited
from accounts.models import User
from tests.services import free_port

pytestmark = pytest.mark.django_db  # the page says who is signed in


@rate_limited("knock", "3/m")
def knock(request):
    return HttpResponse("come in")


@rate_limited("ring", "3/m")
def ring(request):
    return HttpResponse("come in")


def ask(view, person: User, **headers: str):
    request = RequestFactory().post("/", headers=headers)
    request.user = person
    request.session = {}  # type: ignore[assignment]
    return view(request)


@pytest.fixture
def ada() -> User:
    return User(email="ada@example.com")


def test_beyond_the_rate_somebody_waits_and_may_again_afterwards(ada: User, settings) -> None:
    # Redis keeps time by its own clock, which no test can move.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert [ask(knock, ada).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
        clock.shift(timedelta(seconds=61))
        assert ask(knock, ada).status_code == 200


def test_people_and_actions_are_counted_apart(ada: User) -> None:
    for _ in range(4):
        ask(knock, ada)
    assert ask(knock, ada).status_code == 429
    assert ask(ring, ada).status_code == 200
    assert ask(knock, User(email="bob@example.com")).status_code == 200


def test_the_refusal_is_a_page_for_people_and_json_for_scripts(ada: User) -> None:
    for _ in range(3):
        ask(knock, ada)
    page, answer = ask(knock, ada), ask(knock, ada, accept="application/json")
    assert b"Too many tries" in page.content
    assert page["Retry-After"] == "60"
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/json"


def test_without_a_cache_nobody_is_refused(settings, ada: User) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "lib.cache.OptionalRedisCache", "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    }
    assert {ask(knock, ada).status_code for _ in range(9)} == {200}
