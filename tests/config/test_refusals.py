"""A form whose token does not fit is refused on a page of ours."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import make_user
from tests.config.test_security import settings_say

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_stale_form_is_refused_on_our_page_which_says_what_to_do(strict: Client) -> None:
    answer = strict.post(reverse("accounts:profile"), {"display_name": "Ada"})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Go back, reload, and send again; what you typed is still there." in html
    assert 'class="errorpage"' in html
    assert not re.search(r"\sstyle\s*=|<style", html)
    assert "'unsafe" not in answer["Content-Security-Policy"]


def test_a_script_with_a_stale_token_gets_json(strict: Client) -> None:
    answer = strict.post(reverse("accounts:profile"), {}, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["outcome"] == "stale"


def test_with_redis_the_cache_is_one_that_may_go_away() -> None:
    said = settings_say("s.CACHES['default']['BACKEND']", SECRET_KEY="x", REDIS_URL="redis://127.0.0.1:1/0")
    assert said.stdout.strip() == "lib.cache.OptionalRedisCache"
