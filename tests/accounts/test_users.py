from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from tests.accounts.factories import make_guest, make_user

pytestmark = pytest.mark.django_db


def refuses(**fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(**fields)])


def test_an_address_is_kept_in_lower_case_and_signs_in_in_any_case() -> None:
    user = User.objects.create_user(" Ada@Example.COM ", "x")
    assert user.email == "ada@example.com"
    assert User.objects.get_by_natural_key("ADA@example.com") == user


def test_the_database_refuses_an_account_without_an_address_and_a_guest_with_one() -> None:
    refuses(email=None)
    refuses(email="a@example.com", is_guest=True, guest_until=timezone.now())
    refuses(is_guest=True, guest_until=None)
    refuses(email="a@example.com", guest_until=timezone.now())
    refuses(email="Upper@example.com")


@pytest.mark.parametrize("factor", ["0.99", "0", "-1", "10.01", "99"])
def test_the_database_refuses_a_time_factor_outside_one_to_ten(factor: str) -> None:
    refuses(email="a@example.com", time_factor=Decimal(factor))


@pytest.mark.parametrize("factor", [Decimal(1), Decimal("1.25"), Decimal(10), None])
def test_a_time_factor_from_one_to_ten_or_none_is_stored(factor: Decimal | None) -> None:
    user = make_user(time_factor=factor)
    user.refresh_from_db()
    assert user.time_factor == factor


def test_many_guests_live_beside_each_other_without_an_address(settings) -> None:
    now = timezone.now()
    guests = [make_guest(now=now) for _ in range(3)]
    assert len({guest.pk for guest in guests}) == 3
    assert guests[0].guest_until == now + timedelta(days=settings.GUEST_DAYS)
    assert not guests[0].has_usable_password()


@pytest.mark.parametrize(
    ("fields", "name", "initials"),
    [
        ({"email": "ada.lovelace@example.com"}, "ada.lovelace", "AL"),
        ({"email": "a@example.com", "display_name": "Åsa Öberg"}, "Åsa Öberg", "ÅÖ"),
        ({"email": "a@example.com", "display_name": "Plato"}, "Plato", "P"),
        ({"email": "a@example.com", "display_name": "Anna Maria Sol"}, "Anna Maria Sol", "AS"),
        ({"email": "a@example.com", "display_name": "¿?"}, "¿?", "¿"),
        ({"is_guest": True}, "Guest", "G"),
    ],
)
def test_a_person_has_a_name_and_initials(fields, name: str, initials: str) -> None:
    user = User(**fields)
    assert (user.name, user.initials) == (name, initials)


def test_a_superuser_is_an_operator() -> None:
    user = User.objects.create_superuser("root@example.com", "x")
    assert user.is_staff
    assert user.is_superuser
