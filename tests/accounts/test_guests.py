"""Practice without an account: begin, keep, take along, be forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import guests, lifecycle
from accounts.models import User
from jobs.models import Mail, Outbox
from tests.accounts.factories import PASSWORD, make_guest, make_user, signed_in
from tests.accounts.test_entrance import is_signed_in, link_in, sign_in

pytestmark = pytest.mark.django_db


def run_erasure(now):
    """What a worker does with the job once it is due."""
    from jobs import runner

    for row in Outbox.objects.filter(kind=lifecycle.ERASE_GUEST).due(now):
        runner.run(row.pk, now=now)


def current(client: Client) -> User:
    user: User = User.objects.get(pk=UUID(client.session["_auth_user_id"]))
    return user


def test_one_press_makes_a_guest_and_goes_on_to_where_they_wanted(client: Client) -> None:
    answer = client.post(reverse("accounts:guest"), {"next": reverse("accounts:profile")})
    assert answer.headers["Location"] == reverse("accounts:profile")
    assert current(client).is_guest


def test_a_guest_is_made_by_post_only(client: Client) -> None:
    assert client.get(reverse("accounts:guest")).status_code == 405
    assert not User.objects.exists()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_guest_practice_never_leads_to_another_site(client: Client, target: str) -> None:
    answer = client.post(reverse("accounts:guest"), {"next": target})
    assert "elsewhere" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


def test_somebody_signed_in_does_not_become_a_guest() -> None:
    client = signed_in(make_user())
    client.post(reverse("accounts:guest"))
    assert not User.objects.guests().exists()


def test_twenty_guests_an_hour_from_one_address_then_wait() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        answers = [Client().post(reverse("accounts:guest")).status_code for _ in range(21)]
        assert answers == [302] * 20 + [429]
        clock.shift(timedelta(hours=1, seconds=1))
        assert Client().post(reverse("accounts:guest")).status_code == 302


def test_a_guest_who_signs_up_stays_the_same_person(client: Client) -> None:
    client.post(reverse("accounts:guest"))
    guest = current(client)
    assert b"Keep your work" in client.get(reverse("account_signup")).content
    client.post(reverse("account_signup"), {"email": "kept@example.com", "password1": PASSWORD})
    account = current(client)
    assert account.pk == guest.pk
    assert (account.email, account.is_guest, account.guest_until) == ("kept@example.com", False, None)
    assert not Outbox.objects.filter(kind=lifecycle.ERASE_GUEST).exists()
    sign_in(other := Client(), "kept@example.com")
    assert current(other).pk == guest.pk


def test_a_guest_whose_sign_up_is_refused_stays_a_guest(client: Client) -> None:
    make_user("ada@example.com")
    client.post(reverse("accounts:guest"))
    answer = client.post(reverse("account_signup"), {"email": "ada@example.com", "password1": PASSWORD})
    assert b"already has an account" in answer.content
    assert current(client).is_guest
    assert Outbox.objects.filter(kind=lifecycle.ERASE_GUEST).count() == 1


@pytest.mark.usefixtures("hooks")
def test_a_guest_who_signs_in_hands_over_what_they_did(client: Client) -> None:
    handed = []
    lifecycle.on_adopt(lambda guest, account: handed.append((guest.pk, account.pk)))
    account = make_user("ada@example.com")
    client.post(reverse("accounts:guest"))
    guest = current(client)
    assert b"moves into your account" in client.get(reverse("account_login")).content
    sign_in(client, "ada@example.com")
    assert handed == [(guest.pk, account.pk)]
    assert current(client) == account
    assert not User.objects.guests().exists()
    assert not Outbox.objects.filter(kind=lifecycle.ERASE_GUEST).exists()


@pytest.mark.usefixtures("hooks")
def test_a_hand_over_that_fails_changes_nothing(client: Client) -> None:
    def fail(guest, account):
        raise RuntimeError("no")

    lifecycle.on_adopt(fail)
    make_user("ada@example.com")
    client.post(reverse("accounts:guest"))
    guest = current(client)
    with pytest.raises(RuntimeError):
        sign_in(client, "ada@example.com")
    assert current(client) == guest


def test_a_guest_with_a_wrong_password_stays_a_guest(client: Client) -> None:
    make_user("ada@example.com")
    client.post(reverse("accounts:guest"))
    sign_in(client, "ada@example.com", "not it")
    assert current(client).is_guest


def test_a_guest_is_not_signed_out_by_somebody_elses_confirmation_link(client: Client) -> None:
    Client().post(reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD})
    client.post(reverse("accounts:guest"))
    assert client.get(link_in(Mail.objects.get())).status_code == 200
    assert current(client).is_guest


def test_a_guest_is_asked_before_signing_out_for_good(client: Client) -> None:
    client.post(reverse("accounts:guest"))
    assert b"Keep my work" in client.post(reverse("account_logout")).content
    assert is_signed_in(client)
    client.post(reverse("account_logout"), {"sure": "yes"})
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["account_email", "account_change_password"])
def test_a_guest_is_offered_an_account_where_one_is_needed(name: str) -> None:
    answer = signed_in(make_guest()).get(reverse(name))
    assert answer.headers["Location"].startswith(reverse("account_signup"))


def test_a_guest_is_erased_after_their_days_and_not_before(settings) -> None:
    start = timezone.now()
    guest = make_guest(now=start)
    end = start + timedelta(days=settings.GUEST_DAYS)
    run_erasure(end - timedelta(seconds=1))
    assert User.objects.filter(pk=guest.pk).exists()
    run_erasure(end)
    assert not User.objects.filter(pk=guest.pk).exists()
    assert not Outbox.objects.exists()


def test_somebody_who_signed_up_meanwhile_is_not_erased(settings) -> None:
    """The job can already be claimed while the sign-up is stored."""
    from jobs.outbox import enqueue

    start = timezone.now()
    user = make_user()
    enqueue(lifecycle.ERASE_GUEST, user.pk, due_at=start)
    run_erasure(start + timedelta(days=settings.GUEST_DAYS))
    assert User.objects.filter(pk=user.pk).exists()


def test_keeping_forgets_the_planned_erasure() -> None:
    guest = make_guest()
    guests.keep(guest)
    assert not Outbox.objects.exists()
