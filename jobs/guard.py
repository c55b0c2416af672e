"""Only the relay publishes. Anything else that reaches for the broker is stopped here, loudly.

A task that calls `.delay()`, `.retry()` or a chain would put work where no database row remembers it; on the
embedded worker such a message is simply lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from celery.signals import before_task_publish

_allowed: ContextVar[bool] = ContextVar("jobs_publishing_allowed", default=False)


class PublishForbidden(BaseException):
    """Somebody other than the relay published. Not an Exception, because Celery swallows those in signal handlers."""


def install() -> None:
    before_task_publish.connect(_refuse, weak=False, dispatch_uid="jobs.guard")


@contextmanager
def publishing() -> Iterator[None]:
    """The relay's permission, for this thread and this block."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


def _refuse(sender: object = None, **_: object) -> None:
    if not _allowed.get():
        raise PublishForbidden(f"{sender}: only the relay publishes. Use jobs.outbox.enqueue() instead.")
