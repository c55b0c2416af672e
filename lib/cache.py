"""A shared cache that may go away. While it is gone it is empty, and nobody waits for it.

Only counters live in it (rate limits). Losing them lets somebody try a little more often; refusing everybody
because nothing can be counted would be worse.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

ANSWER_WITHIN = 0.5
# After a failure nobody asks for this long: a request makes a dozen calls, and must not wait a dozen times.
PAUSE = 5.0


class OptionalRedisClient(RedisCacheClient):
    """Every call answers as an empty cache would when Redis does not."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience: dict[str, Any] = {
            "socket_timeout": ANSWER_WITHIN,
            "socket_connect_timeout": ANSWER_WITHIN,
            # Once more at once, for a connection that went stale.
            "retry": Retry(NoBackoff(), 1),
        }
        super().__init__(servers, **patience | options)
        self._paused_until = 0.0

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(self._try(super().add, key, value, timeout, otherwise=True))

    def get(self, key: Any, default: Any) -> Any:
        return self._try(super().get, key, default, otherwise=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._try(super().set, key, value, timeout, otherwise=None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return bool(self._try(super().touch, key, timeout, otherwise=False))

    def delete(self, key: Any) -> bool:
        return bool(self._try(super().delete, key, otherwise=False))

    def get_many(self, keys: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = self._try(super().get_many, keys, otherwise={})
        return found

    def has_key(self, key: Any) -> bool:
        return bool(self._try(super().has_key, key, otherwise=False))

    def incr(self, key: Any, delta: Any) -> int:
        value: int | None = self._try(super().incr, key, delta, otherwise=None)
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return value

    def set_many(self, data: Any, timeout: Any) -> None:
        self._try(super().set_many, data, timeout, otherwise=None)

    def delete_many(self, keys: Any) -> None:
        self._try(super().delete_many, keys, otherwise=None)

    def clear(self) -> bool:
        return bool(self._try(super().clear, otherwise=False))

    def _try(self, call: Callable[..., Any], *args: Any, otherwise: Any) -> Any:
        if monotonic() < self._paused_until:
            return otherwise
        try:
            return call(*args)
        except RedisError as error:
            self._paused_until = monotonic() + PAUSE
            logger.warning("Redis does not answer; nothing is counted for %.0f seconds: %s", PAUSE, error)
            return otherwise


class OptionalRedisCache(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OptionalRedisClient
