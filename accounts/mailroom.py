"""The page that shows mail which has nowhere to go: for a single machine, and for operators."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

# Set by proxies. A request that carries one did not start on this machine, whatever REMOTE_ADDR says.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")


def may_read(request: HttpRequest) -> bool:
    """Whoever sits at this machine, or an operator."""
    return is_local(request) or (request.user.is_authenticated and request.user.is_staff)


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
