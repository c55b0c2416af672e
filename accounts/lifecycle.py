"""What happens to a person's things when the person changes. Upper apps register here in their `ready()`.

accounts knows nothing of sessions or submissions; whoever owns such rows says how they are handed over,
taken out and forgotten. Rows that cascade from the user need no `on_erase`.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model

from accounts.models import User
from jobs import outbox
from jobs.models import Mail, MailQuerySet

Adopt = Callable[[User, User], None]
Export = Callable[[User], Any]
Erase = Callable[[User], None]
Changed = Callable[[User], None]

_adopters: list[Adopt] = []
_exporters: dict[str, Export] = {}
_erasers: list[Erase] = []
_time_factor: list[Changed] = []

ERASE_GUEST = "erase_guest"


def on_adopt(fn: Adopt) -> None:
    """`fn(guest, account)` hands the guest's things to the account, in the caller's transaction."""
    _adopters.append(fn)


def on_export(name: str, fn: Export) -> None:
    """`fn(user)` returns what JSON can hold; it appears in the export under `name`."""
    if name in _exporters:
        raise ValueError(f"Two exports are called {name!r}.")
    _exporters[name] = fn


def on_erase(fn: Erase) -> None:
    """`fn(user)` removes what does not cascade from the user's row, in the caller's transaction."""
    _erasers.append(fn)


def on_time_factor(fn: Changed) -> None:
    """`fn(user)` brings running sessions in line with a time factor that was just stored, in the same transaction."""
    _time_factor.append(fn)


def adopt(guest: User, account: User) -> None:
    """Hand everything a guest did to an account, then forget the guest."""
    with transaction.atomic():
        for fn in _adopters:
            fn(guest, account)
        # Fresh rows: what was handed over must not be taken along by a cached relation.
        erase(User.objects.get(pk=guest.pk))


def export(user: User) -> dict[str, Any]:
    """Everything that is stored about a person."""
    profile = {
        "id": user.pk,
        "email": user.email,
        "display_name": user.display_name,
        "guest": user.is_guest,
        "time_zone": user.time_zone,
        "time_factor": user.time_factor,
        "theme": user.theme,
        "joined_at": user.date_joined,
        "last_signed_in_at": user.last_login,
    }
    own = {"profile": profile, "email_addresses": _addresses(user), "mail": _mail(user)}
    return own | {name: fn(user) for name, fn in _exporters.items()}


def erase(user: User) -> dict[str, int]:
    """Remove a person and everything that belongs to them; what went is counted by name."""
    with transaction.atomic():
        outbox.cancel(ERASE_GUEST, user.pk)
        counts = holdings(user)
        for fn in _erasers:
            fn(user)
        _mail_to(user).delete()
        user.delete()
    return counts


def holdings(user: User) -> dict[str, int]:
    """How many rows of what kind would go with this person, for example {"sessions": 3}."""
    tree = NestedObjects(using=DEFAULT_DB_ALIAS)
    tree.collect([user])
    counts: Counter[str] = Counter()
    found: dict[type[Model], set[Model]] = tree.model_objs  # type: ignore[assignment]  # the stubs say str
    for model, rows in found.items():
        if model is not User and not model._meta.auto_created:
            counts[_called(model, len(rows))] += len(rows)
    return dict(sorted(counts.items()))


def time_factor_changed(user: User) -> None:
    for fn in _time_factor:
        fn(user)


def _addresses(user: User) -> list[dict[str, Any]]:
    rows = EmailAddress.objects.filter(user=user).order_by("pk")
    return [{"email": row.email, "primary": row.primary, "confirmed": row.verified} for row in rows]


def _mail(user: User) -> list[dict[str, Any]]:
    """Mail that is still kept. Not its text: an unsent one may hold a link that sets a password."""
    rows = _mail_to(user).order_by("pk")
    return [{"subject": row.subject, "written_at": row.created_at, "sent_at": row.sent_at} for row in rows]


def _mail_to(user: User) -> MailQuerySet:
    """Only by the address of the account: one that is not confirmed may be somebody else's."""
    return Mail.objects.filter(to=user.email) if user.email else Mail.objects.none()


def _called(model: type[Model], count: int) -> str:
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return str(name)
