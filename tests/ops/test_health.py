import pytest
from django.db import connection
from django.test import Client

from tests.services import free_port

pytestmark = pytest.mark.django_db


def test_alive_without_asking_the_database(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_when_database_and_migrations_are(client: Client, settings):
    settings.REDIS_URL = ""
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "migrations": "ok"})


def test_not_ready_while_a_migration_waits(client: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations"] == "not applied"


def test_without_the_broker_the_web_serves_on_and_says_so(client: Client, settings):
    """Scores only come later; a proxy that took the web out would make it an outage."""
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "migrations": "ok", "broker": "unreachable"}


def test_a_missing_broker_does_not_hide_a_waiting_migration(client: Client, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


def test_ready_with_a_real_broker(client: Client, settings, redis_url: str):
    settings.REDIS_URL = redis_url

    assert client.get("/readyz").json()["broker"] == "ok"


def test_health_is_asked_over_plain_http_from_inside(client: Client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
