"""The page with the mail that went nowhere: in full on this machine only, as a log for operators."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import mailroom
from jobs import outbox
from jobs.models import Mail, Outbox
from tests.accounts.factories import make_operator, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_machine(settings) -> None:
    settings.LOCAL_MAIL_PAGE = True
    settings.EMAIL_URL = ""


def status(client: Client, **environ: Any) -> int:
    return client.get(reverse("accounts:mail"), **environ).status_code


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_whoever_sits_at_the_machine_reads_the_mail(client: Client, address: str) -> None:
    Mail.objects.create(
        to="ada@example.com", from_email="x@example.com", subject="Hello", body="Open http://testserver/x?a=1 <b>"
    )
    html = client.get(reverse("accounts:mail"), REMOTE_ADDR=address).content.decode()
    assert '<a href="http://testserver/x?a=1"' in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize("address", ["10.0.0.7", "203.0.113.9", "2001:db8::1", ""])
def test_nobody_else_on_the_network_reads_it(client: Client, address: str) -> None:
    assert status(client, REMOTE_ADDR=address) == 404


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"])
def test_a_request_that_came_through_a_proxy_is_not_from_this_machine(client: Client, header: str) -> None:
    assert status(client, **{header: "203.0.113.9"}) == 404


def test_without_the_setting_there_is_no_page(client: Client, settings) -> None:
    settings.LOCAL_MAIL_PAGE = False
    assert status(client) == 404


def test_where_mail_is_really_sent_there_is_no_page(client: Client, settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example:25"
    assert status(client) == 404
    assert status(signed_in(make_user())) == 404


LINK = "http://testserver/accounts/password/reset/key/1-secret/"


def a_reset_mail(**fields: Any) -> Mail:
    words: dict[str, Any] = {"to": "boss@example.com", "from_email": "x@example.com", "subject": "A new password"}
    return Mail.objects.create(**words | {"body": f"Open {LINK}", "html": f"<a href={LINK}>open</a>"} | fields)


@pytest.mark.parametrize("rights", [{"is_superuser": False}, {"is_superuser": True}])
@pytest.mark.parametrize(
    "place",
    [
        {"LOCAL_MAIL_PAGE": False},
        {"EMAIL_URL": "smtp://mail.example:25"},
        {"LOCAL_MAIL_PAGE": False, "EMAIL_URL": "smtp://mail.example:25"},
    ],
)
def test_an_operator_learns_of_a_mail_and_never_what_it_says(settings, place, rights) -> None:
    """Its link would make every operator every other one."""
    for name, value in place.items():
        setattr(settings, name, value)
    a_reset_mail()
    html = signed_in(make_operator(**rights)).get(reverse("accounts:mail")).content.decode()
    assert "A new password" in html
    assert "boss@example.com" in html
    assert "secret" not in html


def test_an_operator_who_is_not_at_the_machine_reads_no_text_there_either() -> None:
    a_reset_mail()
    html = signed_in(make_operator()).get(reverse("accounts:mail"), REMOTE_ADDR="203.0.113.9").content.decode()
    assert "A new password" in html
    assert "secret" not in html


@pytest.mark.parametrize("rights", [{"is_superuser": True, "is_staff": False}, {}])
def test_only_operators_see_the_log(settings, rights) -> None:
    settings.LOCAL_MAIL_PAGE = False
    assert status(signed_in(make_user(**rights))) == 404


def test_what_became_of_a_mail_is_told(settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example:25"
    now = timezone.now()
    a_reset_mail(subject="One", sent_at=now, body="")
    a_reset_mail(subject="Two")
    dead = a_reset_mail(subject="Three")
    outbox.enqueue("mail", dead.pk, due_at=now)
    Outbox.objects.update(dead_at=now)
    states = [(entry.subject, entry.state) for entry in mailroom.entries(bodies=False)]
    assert states == [("Three", "given up"), ("Two", "waiting"), ("One", "sent")]
    settings.EMAIL_URL = ""
    assert mailroom.entries(bodies=False)[1].state == "kept here"


def test_the_page_after_a_reset_points_to_the_mail_only_where_it_can_be_read(client: Client, settings) -> None:
    url, link = reverse("account_reset_password_done"), reverse("accounts:mail").encode()
    assert link in client.get(url).content
    assert link not in client.get(url, REMOTE_ADDR="203.0.113.9").content
