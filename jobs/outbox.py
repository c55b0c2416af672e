"""The public door to later: enqueue in your own transaction, register a handler, and the rest is done for you.

    with transaction.atomic():
        evaluation = Evaluation.objects.create(...)
        outbox.enqueue("score", evaluation.pk, due_at=now)

    def run(job: Job) -> None:                       # registered in AppConfig.ready()
        result = score(...)                          # slow work, outside any transaction
        with job.finish():                           # results and "done" become visible together, or not at all
            Evaluation.objects.filter(pk=job.object_id).update(...)

A handler may run more than once (a worker can be killed at any moment), but `finish()` succeeds once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jobs.models import Outbox, OutboxQuerySet

MAX_ATTEMPTS = 5
# Longer than Celery's hard time limit: whoever holds a lease is either alive or already killed.
LEASE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT * 1.25)


class Retry(Exception):
    """A named, passing trouble: try again later, at most MAX_ATTEMPTS times. The text is the reason shown."""


class Dead(Exception):
    """Trying again would not help. The text is the reason shown."""


class ClaimLost(Exception):
    """Somebody else owns this job by now (or it was cancelled or enqueued anew); what we did must not be stored."""


@dataclass(slots=True)
class Job:
    """One claimed run of one row. `now` is read once, when the job is claimed."""

    kind: str
    object_id: str
    attempts: int
    now: datetime
    row_id: int = field(repr=False)
    token: UUID = field(repr=False)
    finished: bool = field(default=False, init=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}".strip()

    def mine(self) -> OutboxQuerySet:
        return Outbox.objects.filter(pk=self.row_id, claim_token=self.token)

    @contextmanager
    def finish(self) -> Iterator[None]:
        """Store results here: the transaction that holds them also completes the job, only if it is still ours."""
        with transaction.atomic():
            deleted, _ = self.mine().delete()
            if not deleted:
                raise ClaimLost(str(self))
            yield
        self.finished = True


@dataclass(frozen=True, slots=True)
class Handler:
    run: Callable[[Job], None]
    on_dead: Callable[[str, str], None] | None = None
    on_retry: Callable[[str, str], None] | None = None


handlers: dict[str, Handler] = {}


def register(
    kind: str,
    run: Callable[[Job], None],
    *,
    on_retry: Callable[[str, str], None] | None = None,
    on_dead: Callable[[str, str], None] | None = None,
) -> None:
    """Name the handler of a kind.

    `on_retry(object_id, reason)` and `on_dead(object_id, reason)` run in the transaction that makes a failed job
    due again, or gives it up.
    """
    if kind in handlers:
        raise ValueError(f"Two handlers for jobs of kind {kind!r}.")
    handlers[kind] = Handler(run, on_dead, on_retry)


def enqueue(kind: str, object_id: object, *, due_at: datetime) -> None:
    """Have the job done at `due_at` or soon after. Known work is rescheduled and starts afresh, even when dead.

    Belongs into the transaction that makes the work. A run in progress loses its claim: it may have seen the old state.
    """
    fresh = Outbox(kind=kind, object_id=str(object_id), due_at=due_at)
    Outbox.objects.bulk_create(
        [fresh],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["due_at", "attempts", "dispatched_at", "claim_token", "lease_until", "dead_at", "reason"],
    )


def cancel(kind: str, object_id: object) -> None:
    """Forget the job. A run in progress loses its claim and stores nothing."""
    Outbox.objects.filter(kind=kind, object_id=str(object_id)).delete()


def revive(kind: str, object_id: object, *, now: datetime) -> bool:
    """Give a dead job a fresh set of attempts, now. False when it is not dead."""
    rows = Outbox.objects.dead().filter(kind=kind, object_id=str(object_id))
    return bool(rows.update(due_at=now, attempts=0, dispatched_at=None, dead_at=None, reason=""))
