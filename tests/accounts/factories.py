"""People for tests, as plain functions."""

from datetime import datetime
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts import guests
from accounts.models import User

PASSWORD = "a quiet harbour at 6"

_numbers = count(1)


def make_user(email: str | None = None, *, verified: bool = True, **fields: Any) -> User:
    """An account with PASSWORD and a confirmed address."""
    user = User.objects.create_user(email or f"person{next(_numbers)}@example.com", PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def make_guest(*, now: datetime | None = None, **fields: Any) -> User:
    guest = guests.begin(now=now or timezone.now())
    if fields:
        User.objects.filter(pk=guest.pk).update(**fields)
        guest.refresh_from_db()
    return guest


def make_operator(email: str | None = None, **fields: Any) -> User:
    return make_user(email, **{"is_staff": True, "is_superuser": True} | fields)


def signed_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
