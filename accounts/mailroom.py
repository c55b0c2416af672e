"""The page that shows mail which has nowhere to go, in full to whoever sits at this machine.

A mail may hold a link that sets somebody's password. Operators elsewhere therefore see that a mail was
written and what became of it, never its text: else every operator could become every other.
"""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from jobs import mail
from jobs.models import Mail, Outbox

# Set by proxies. A request that carries one did not start on this machine, whatever REMOTE_ADDR says.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail as the page shows it."""

    to: str
    subject: str
    written_at: datetime
    state: str
    body: str = ""


def entries(*, bodies: bool) -> list[Entry]:
    """The latest mails, newest first; their text only when `bodies` are asked for."""
    mails = list(Mail.objects.recent()[:SHOWN])
    jobs = Outbox.objects.filter(kind=mail.KIND, object_id__in=[str(row.pk) for row in mails])
    dead = set(jobs.dead().values_list("object_id", flat=True))
    return [Entry(row.to, row.subject, row.created_at, _state(row, dead), row.body if bodies else "") for row in mails]


def _state(row: Mail, dead: set[str]) -> str:
    if row.sent_at:
        return "sent"
    if str(row.pk) in dead:
        return "given up"
    return "waiting" if settings.EMAIL_URL else "kept here"


def is_local(request: HttpRequest) -> bool:
    """Mail stays on this machine, and the request comes from it."""
    return settings.LOCAL_MAIL_PAGE and not settings.EMAIL_URL and _from_loopback(request)


def _from_loopback(request: HttpRequest) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
