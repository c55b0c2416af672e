"""People in the administration."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts import lifecycle
from accounts.models import User
from tests.accounts.factories import PASSWORD, make_guest, make_operator, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return signed_in(make_operator("op@example.com"))


def form_of(user: User, **changes: str) -> dict[str, str]:
    stored = {
        "email": user.email or "",
        "display_name": user.display_name,
        "time_zone": user.time_zone,
        "time_factor": "1.00",
        "theme": user.theme,
        "is_active": "on",
    }
    return stored | changes


def test_the_list_finds_people_and_marks_guests(office) -> None:
    make_user("ada@example.com")
    make_guest()
    url = reverse("admin:accounts_user_changelist")
    assert b"ada@example.com" in office.get(url, {"q": "ada"}).content
    assert b"ada@example.com" not in office.get(url, {"q": "bob"}).content
    only_guests = office.get(url, {"is_guest__exact": "1"}).content
    assert b"Guest " in only_guests
    assert b"ada@example.com" not in only_guests


def test_an_operator_adds_an_account(office) -> None:
    office.post(
        reverse("admin:accounts_user_add"),
        {"email": "New@Example.com", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert User.objects.get(email="new@example.com").check_password(PASSWORD)


def test_a_changed_address_replaces_the_old_one_everywhere(office) -> None:
    user = make_user("ada@example.com")
    office.post(reverse("admin:accounts_user_change", args=[user.pk]), form_of(user, email="Ada@New.example"))
    user.refresh_from_db()
    assert user.email == "ada@new.example"
    assert not EmailAddress.objects.filter(email="ada@example.com").exists()


def test_an_account_cannot_lose_its_address(office) -> None:
    user = make_user("ada@example.com")
    answer = office.post(reverse("admin:accounts_user_change", args=[user.pk]), form_of(user, email=""))
    assert b"required" in answer.content
    user.refresh_from_db()
    assert user.email == "ada@example.com"


def test_a_guest_is_locked_but_not_given_an_address(office) -> None:
    guest = make_guest()
    changes = form_of(guest, email="sneaky@example.com")
    del changes["is_active"]
    assert office.post(reverse("admin:accounts_user_change", args=[guest.pk]), changes).status_code == 302
    guest.refresh_from_db()
    assert (guest.email, guest.is_active) == (None, False)


@pytest.mark.usefixtures("hooks")
def test_deleting_in_the_administration_erases_as_the_person_would(office) -> None:
    erased = []
    lifecycle.on_erase(lambda user: erased.append(user.pk))
    one, two = make_user(), make_user()
    office.post(reverse("admin:accounts_user_delete", args=[one.pk]), {"post": "yes"})
    office.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "delete_selected", "_selected_action": [str(two.pk)], "post": "yes"},
    )
    assert erased == [one.pk, two.pk]
    assert User.objects.count() == 1
