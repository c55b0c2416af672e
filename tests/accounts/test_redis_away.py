"""A Redis that is gone takes the counting with it, and nothing else."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from accounts.models import User
from lib.cache import PAUSE
from tests.accounts.factories import PASSWORD, make_user, signed_in
from tests.accounts.test_entrance import is_signed_in, sign_in
from tests.services import free_port


def use(settings, port: int) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "lib.cache.OptionalRedisCache", "LOCATION": f"redis://127.0.0.1:{port}/0"}
    }


@pytest.fixture
def closed(settings) -> None:
    """Nobody listens."""
    use(settings, free_port())


@pytest.fixture
def silent(settings) -> Iterator[None]:
    """Somebody listens and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        use(settings, server.getsockname()[1])
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("closed")
class TestWithoutRedis:
    def test_an_account_signs_in(self, client: Client) -> None:
        make_user("ada@example.com")
        sign_in(client, "ada@example.com")
        assert is_signed_in(client)

    def test_a_wrong_password_is_still_refused(self, client: Client) -> None:
        make_user("ada@example.com")
        assert b"do not belong together" in sign_in(client, "ada@example.com", "not it").content
        assert not is_signed_in(client)

    def test_somebody_signs_up(self, client: Client) -> None:
        answer = client.post(reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD})
        assert answer.status_code == 302
        assert User.objects.get().email == "new@example.com"

    def test_a_guest_starts(self, client: Client) -> None:
        assert client.post(reverse("accounts:guest")).status_code == 302
        assert is_signed_in(client)

    def test_a_password_is_reset(self, client: Client) -> None:
        make_user("ada@example.com")
        answer = client.post(reverse("account_reset_password"), {"email": "ada@example.com"})
        assert answer["Location"] == reverse("account_reset_password_done")

    def test_an_account_is_deleted(self) -> None:
        assert signed_in(make_user()).post(reverse("accounts:delete"), {"password": PASSWORD}).status_code == 200
        assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("silent")
def test_a_redis_that_hangs_holds_a_sign_in_up_only_briefly(client: Client) -> None:
    make_user("ada@example.com")
    started = time.monotonic()
    sign_in(client, "ada@example.com")
    # A sign-in makes more than ten calls; only the first one may wait.
    assert time.monotonic() - started < PAUSE
    assert is_signed_in(client)


@pytest.mark.usefixtures("closed")
def test_away_means_empty() -> None:
    cache.set("a", 1)
    cache.set_many({"b": 2})
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.add("a", 1) is True
    assert not cache.has_key("a")
    assert not cache.touch("a")
    assert not cache.delete("a")
    cache.delete_many(["a"])
    cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


@pytest.mark.usefixtures("closed")
def test_trouble_is_logged_once_and_not_for_every_call(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", "lib.cache")
    for _ in range(20):
        cache.get("a")
    assert [record.name for record in caplog.records] == ["lib.cache"]


@pytest.mark.redis
def test_a_redis_that_is_there_is_used(settings, redis_url: str) -> None:
    settings.CACHES = {"default": {"BACKEND": "lib.cache.OptionalRedisCache", "LOCATION": redis_url}}
    assert caches["default"].add("present", 1, 60)
    assert not cache.add("present", 2, 60)
    assert cache.incr("present") == 2
    assert cache.get("present") == 2
    assert cache.delete("present")
