"""What people set about themselves, take out, and delete."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts import lifecycle
from accounts.models import User
from jobs.models import Mail, Outbox
from tests.accounts.factories import PASSWORD, make_guest, make_operator, make_user, signed_in
from tests.accounts.test_entrance import is_signed_in

pytestmark = pytest.mark.django_db

PROFILE = {"display_name": "Ada", "time_zone": "Europe/Berlin", "time_factor": "1.5", "theme": "dark"}


def save(client: Client, **changes: str):
    return client.post(reverse("accounts:profile"), PROFILE | changes)


def test_a_profile_is_saved_and_shown_again() -> None:
    user = make_user()
    client = signed_in(user)
    assert save(client).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.time_zone, user.theme) == ("Ada", "Europe/Berlin", "dark")
    assert user.time_factor == Decimal("1.5")
    html = client.get(reverse("accounts:profile")).content.decode()
    assert '<option value="1.5" selected>1.5×</option>' in html
    assert 'value="Europe/Berlin"' in html


def test_no_limit_is_a_time_factor_too() -> None:
    user = make_user()
    save(signed_in(user), time_factor="none")
    user.refresh_from_db()
    assert user.time_factor is None


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("time_zone", "Europe/Atlantis", "Choose a time zone from the list"),
        ("time_zone", "", "required"),
        ("time_factor", "0.5", "valid choice"),
        ("time_factor", "11", "valid choice"),
        ("time_factor", "1.1", "valid choice"),
        ("theme", "neon", "valid choice"),
        ("display_name", "x" * 81, "at most 80"),
    ],
)
def test_what_does_not_fit_is_refused_and_what_was_typed_stays(field: str, value: str, reason: str) -> None:
    user = make_user()
    answer = save(signed_in(user), **{"display_name": "Typed name", field: value})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert reason in html
    assert f'id="id_{field}_error"' in html
    user.refresh_from_db()
    assert (user.display_name, user.time_zone) == ("", "UTC")
    assert (value if field in {"display_name", "time_zone"} else "Typed name") in html


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        (" utc ", "UTC"),
        ("Asia/Kolkata", "Asia/Kolkata"),
    ],
)
def test_a_time_zone_is_understood_in_any_case_and_by_its_city(typed: str, stored: str) -> None:
    user = make_user()
    save(signed_in(user), time_zone=typed)
    user.refresh_from_db()
    assert user.time_zone == stored


@pytest.mark.usefixtures("hooks")
def test_running_sessions_hear_of_a_new_time_factor_and_of_nothing_else() -> None:
    heard = []
    lifecycle.on_time_factor(lambda user: heard.append(user.time_factor))
    client = signed_in(make_user())
    save(client, time_factor="2")
    save(client, time_factor="2", display_name="Other")
    assert heard == [Decimal(2)]


def test_times_are_shown_in_the_members_zone() -> None:
    guest = make_guest(time_zone="Pacific/Kiritimati")
    guest.guest_until = datetime(2031, 5, 4, 23, tzinfo=UTC)
    guest.save()
    # 23:00 in UTC is 13:00 of the next day there.
    assert b"5 May 2031" in signed_in(guest).get(reverse("accounts:profile")).content


def test_the_theme_button_wins_on_this_device_over_the_profile() -> None:
    client = signed_in(make_user(theme="dark"))
    assert b'data-theme="dark"' in client.get(reverse("accounts:profile")).content
    client.cookies["theme"] = "light"
    assert b'data-theme="light"' in client.get(reverse("accounts:profile")).content
    client.cookies["theme"] = "x onload"
    assert b'data-theme="dark"' in client.get(reverse("accounts:profile")).content


@pytest.mark.usefixtures("hooks")
def test_the_export_holds_the_profile_and_what_other_parts_add() -> None:
    lifecycle.on_export("notes", lambda user: [{"text": "écrit", "factor": user.time_factor}])
    answer = signed_in(make_user("ada@example.com")).get(reverse("accounts:export"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    content = json.loads(answer.content)
    assert content["profile"]["email"] == "ada@example.com"
    assert content["notes"] == [{"text": "écrit", "factor": "1.00"}]
    assert "password" not in answer.content.decode()


def test_the_export_holds_addresses_and_which_mail_was_written_and_no_link_that_opens_the_account() -> None:
    user = make_user("ada@example.com")
    EmailAddress.objects.create(user=user, email="bob@example.com", verified=False)
    Mail.objects.create(to="ada@example.com", from_email="x@example.com", subject="Yours", body="http://x/secret")
    # Asked for as a new address and not confirmed: it may be somebody else's.
    Mail.objects.create(to="bob@example.com", from_email="x@example.com", subject="Theirs")
    text = signed_in(user).get(reverse("accounts:export")).content.decode()
    content = json.loads(text)
    assert content["email_addresses"] == [
        {"email": "ada@example.com", "primary": True, "confirmed": True},
        {"email": "bob@example.com", "primary": False, "confirmed": False},
    ]
    assert [mail["subject"] for mail in content["mail"]] == ["Yours"]
    assert "secret" not in text


def test_a_guest_has_no_mail_to_export() -> None:
    Mail.objects.create(to="", from_email="x@example.com", subject="To nobody")
    content = json.loads(signed_in(make_guest()).get(reverse("accounts:export")).content)
    assert (content["email_addresses"], content["mail"]) == ([], [])


CLEARED = '"storage"'


@pytest.mark.parametrize("name", ["account_logout", "admin:logout"])
def test_signing_out_empties_the_browser_and_asking_does_not(name: str) -> None:
    client = signed_in(make_operator())
    question = client.get(reverse(name))
    assert b"Sign out?" in question.content
    assert "Clear-Site-Data" not in question
    answer = client.post(reverse(name))
    assert answer["Clear-Site-Data"] == CLEARED
    assert not is_signed_in(client)


def test_a_guest_who_is_asked_first_keeps_what_the_browser_holds() -> None:
    client = signed_in(make_guest())
    assert "Clear-Site-Data" not in client.post(reverse("account_logout"))
    assert client.post(reverse("account_logout"), {"sure": "yes"})["Clear-Site-Data"] == CLEARED


def test_deleting_empties_the_browser_and_a_refusal_does_not() -> None:
    client = signed_in(make_user())
    assert "Clear-Site-Data" not in client.post(reverse("accounts:delete"), {"password": "not it"})
    assert client.post(reverse("accounts:delete"), {"password": PASSWORD})["Clear-Site-Data"] == CLEARED


def test_messages_are_kept_on_the_server_and_not_in_a_cookie() -> None:
    client = signed_in(make_user())
    answer = save(client)
    assert set(answer.cookies) == {"sessionid", "theme"}
    assert b"Saved." in client.get(answer["Location"]).content


@pytest.mark.usefixtures("hooks")
def test_two_exports_of_one_name_are_a_mistake_of_ours() -> None:
    lifecycle.on_export("notes", lambda user: None)
    with pytest.raises(ValueError, match="notes"):
        lifecycle.on_export("notes", lambda user: None)


@pytest.mark.usefixtures("hooks")
def test_deleting_takes_the_password_erases_everything_and_signs_out() -> None:
    erased = []
    lifecycle.on_erase(lambda user: erased.append(user.pk))
    user, other = make_user("ada@example.com"), make_user()
    Mail.objects.create(to="ada@example.com", from_email="x@example.com", body="a link")
    client, elsewhere = signed_in(user), signed_in(user)
    assert b"1 email address" in client.get(reverse("accounts:delete")).content
    refused = client.post(reverse("accounts:delete"), {"password": "not it"})
    assert b"not your password" in refused.content
    assert not erased
    receipt = client.post(reverse("accounts:delete"), {"password": PASSWORD}).content
    assert b"Reference" in receipt
    assert b"Email address" in receipt
    assert erased == [user.pk]
    assert list(User.objects.all()) == [other]
    assert not Mail.objects.exists()
    assert not is_signed_in(client)
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302


def test_a_guest_deletes_with_a_tick() -> None:
    guest = make_guest()
    client = signed_in(guest)
    assert b"Tick the box" in client.post(reverse("accounts:delete"), {}).content
    assert User.objects.filter(pk=guest.pk).exists()
    assert client.post(reverse("accounts:delete"), {"sure": "on"}).status_code == 200
    assert not User.objects.exists()
    assert not Outbox.objects.exists()


@pytest.mark.usefixtures("hooks")
def test_a_deletion_that_fails_half_way_deletes_nothing() -> None:
    def fail(user):
        raise RuntimeError("no")

    lifecycle.on_erase(fail)
    user = make_user()
    with pytest.raises(RuntimeError):
        signed_in(user).post(reverse("accounts:delete"), {"password": PASSWORD})
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("name", ["accounts:profile", "accounts:export", "accounts:delete"])
def test_pages_about_oneself_ask_others_to_sign_in(client: Client, name: str) -> None:
    assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_login"))
