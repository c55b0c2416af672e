"""Practising without an account: begin, keep, be forgotten."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts import lifecycle, zones
from accounts.models import User
from jobs import outbox
from jobs.outbox import Job

V = TypeVar("V", bound=Callable[..., HttpResponse])


def begin(*, now: datetime, time_zone: str = zones.DEFAULT) -> User:
    """A new guest, whose erasure is planned from the first moment."""
    with transaction.atomic():
        guest = User.objects.create_guest(now=now, time_zone=time_zone)
        outbox.enqueue(lifecycle.ERASE_GUEST, guest.pk, due_at=guest.guest_until or now)
    return guest


def keep(guest: User) -> None:
    """Make the guest's row an account's; the caller gives it an address and saves it in the same transaction."""
    # The job first, then the row: the order in which erase_overdue takes them.
    outbox.cancel(lifecycle.ERASE_GUEST, guest.pk)
    guest.is_guest = False
    guest.guest_until = None


def erase_overdue(job: Job) -> None:
    """Forget a guest whose days are over; somebody who signed up meanwhile stays."""
    with job.finish():
        # The update locks the row, so a sign-up at this very moment comes before or after, never between.
        won = User.objects.overdue(job.now).filter(pk=job.object_id).update(is_active=False)
        if won:
            lifecycle.erase(User.objects.get(pk=job.object_id))


def set_aside(view: V) -> V:
    """Let a guest use a page meant for people who are not signed in; `aside(request)` is who they were."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        guest = request.user
        if not guest.is_authenticated or not guest.is_guest:
            return view(request, *args, **kwargs)
        request.guest_aside = guest  # type: ignore[attr-defined]
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            request.user = guest  # the page is rendered later, for the guest they still are
        return response

    return wrapper  # type: ignore[return-value]


def aside(request: HttpRequest) -> User | None:
    """The guest behind a request that `set_aside` let through."""
    return getattr(request, "guest_aside", None)
