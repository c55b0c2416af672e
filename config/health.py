"""What load balancers and people on call ask: is this process alive, and can it serve?"""

from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

ANSWER_WITHIN = 2.0


@never_cache
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive. Touches nothing else, so a slow database does not get this process restarted."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when this process can serve, 503 with the part that cannot.

    Without the broker it serves all the same: work waits in the database, and scores only come later. Taking the
    web out then would turn a late score into an outage.
    """
    needed: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations}
    helpful: dict[str, Callable[[], str]] = {"broker": _broker} if settings.REDIS_URL else {}
    found = {name: check() for name, check in (needed | helpful).items()}
    ready = all(found[name] == "ok" for name in needed)
    whole = all(state == "ok" for state in found.values())
    status = "ok" if whole else "degraded" if ready else "unavailable"
    return JsonResponse({"status": status, **found}, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "unreachable"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return "unknown"
    return "not applied" if waiting else "ok"


def _broker() -> str:
    client = Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=ANSWER_WITHIN,
        socket_connect_timeout=ANSWER_WITHIN,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except RedisError:
        return "unreachable"
    finally:
        client.close()
    return "ok"
