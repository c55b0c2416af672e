"""Who may open a view: decorators for the whole product. Objects are narrowed in querysets, not here."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request as a view receives it behind one of these decorators."""

    user: User


def member_required(view: V) -> V:
    """Anybody who is signed in, guests included; others sign in first and come back."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return _elsewhere(request, str(settings.LOGIN_URL))

    return wrapper  # type: ignore[return-value]


def account_required(view: V) -> V:
    """Members with an account; a guest is offered to sign up, which keeps what they did."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_guest:
            return view(request, *args, **kwargs)
        return _elsewhere(request, "account_signup" if request.user.is_authenticated else str(settings.LOGIN_URL))

    return wrapper  # type: ignore[return-value]


def operator_required(view: V) -> V:
    """Operators; for everybody else the page does not exist."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.is_staff:
            return view(request, *args, **kwargs)
        raise Http404

    return wrapper  # type: ignore[return-value]


def safe_next(request: HttpRequest, url: str | None) -> str | None:
    """`url` when it leads to a page of this site, else None."""
    here = {request.get_host()}
    return url if url_has_allowed_host_and_scheme(url, here, require_https=request.is_secure()) else None


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which reads JSON, and not a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _elsewhere(request: HttpRequest, name: str) -> HttpResponse:
    """Send the whole page to `name`; a script that saves in the background gets a plain 401 and keeps its text."""
    background = bool(request.headers.get("HX-Request"))
    if request.method != "GET" and (background or wants_json(request)):
        return HttpResponse("You are signed out. Sign in again in another tab.", status=401, content_type="text/plain")
    back = _page(request, request.headers.get("HX-Current-URL") if background else None)
    url = resolve_url(name) + (f"?{urlencode({'next': back})}" if back else "")
    return HttpResponseClientRedirect(url) if background else HttpResponseRedirect(url)


def _page(request: HttpRequest, shown: str | None) -> str | None:
    """The page to come back to: a form's address answers only to POST, so take the page that held the form."""
    if shown is None and request.method == "GET":
        return request.get_full_path()
    url = safe_next(request, shown or request.headers.get("Referer"))
    if not url:
        return None
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
