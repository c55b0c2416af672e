"""Time zones by their IANA names, as people choose them."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError

DEFAULT = "UTC"
# Aliases and oddities that the database keeps for old programs; nobody looks for them in a list.
_LEGACY = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def names() -> frozenset[str]:
    """Every name that is accepted."""
    return frozenset(available_timezones())


@cache
def choices() -> tuple[str, ...]:
    """The names offered in a list: UTC, then Region/City in order."""
    cities = sorted(name for name in names() if "/" in name and not name.startswith(_LEGACY))
    return (DEFAULT, *cities)


def validate(name: str) -> None:
    """Refuse a name that no clock knows."""
    if name not in names():
        raise ValidationError("Choose a time zone from the list, for example Europe/Berlin.", code="time_zone")


def offered(name: str | None) -> str:
    """The zone a browser says it is in, or the default when no clock here knows it."""
    return name if name in names() else DEFAULT


def zone(name: str) -> ZoneInfo:
    """The zone called `name`, or UTC when this machine no longer knows it."""
    return ZoneInfo(name if name in names() else DEFAULT)


@cache
def _by_spelling() -> dict[str, str]:
    spellings = {name.lower(): name for name in names()}
    for name in choices():
        spellings.setdefault(name.rpartition("/")[2].lower(), name)
    return spellings


def find(text: str) -> str:
    """The zone meant by `text`, in any case and also by its city alone: "new york" is America/New_York."""
    name = _by_spelling().get("_".join(text.lower().split()), text)
    validate(name)
    return name
