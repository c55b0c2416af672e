"""How often somebody who is signed in may do one thing: counters in the cache, and a plain answer beyond them.

django-allauth limits the pages it brings, by address and by account; this is for ours. The counters need no
lock and no row, and when the cache is away nothing is refused.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from accounts.access import SignedInRequest, wants_json

V = TypeVar("V", bound=Callable[..., HttpResponseBase])

_SECONDS = {"m": 60, "h": 60 * 60, "d": 24 * 60 * 60}


def rate_limited(action: str, rate: str) -> Callable[[V], V]:
    """Let each person call a view as often as `rate` says ("60/h"), counted from their first call; 429 beyond.

    Goes below `member_required`: it counts people, not addresses.
    """
    amount, _, unit = rate.partition("/")
    most, seconds = int(amount), _SECONDS[unit]

    def decorate(view: V) -> V:
        @wraps(view)
        def wrapper(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if _count(f"limit:{action}:{request.user.pk}", seconds) > most:
                return too_many(request, seconds)
            return view(request, *args, **kwargs)

        return wrapper  # type: ignore[return-value]

    return decorate


def too_many(request: SignedInRequest, seconds: int) -> HttpResponse:
    """429: as JSON for a script that asks for it, as our page for everybody else."""
    if wants_json(request):
        response: HttpResponse = JsonResponse({"outcome": "too_many", "retry_after": seconds}, status=429)
    else:
        response = render(request, "429.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


def _count(key: str, seconds: int) -> int:
    """The number of this call since the first one; the counter forgets itself after `seconds`."""
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:
        return 1  # it ran out between the two calls, or the cache is away
