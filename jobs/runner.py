"""What a worker does with one row: claim it, run its handler, then finish, give back or bury it.

Every write is conditional on what we believe the row to be, so a second worker with the same row does no harm.
"""

import logging
import random
from datetime import datetime, timedelta
from uuid import uuid4

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from jobs.guard import PublishForbidden
from jobs.models import Outbox
from jobs.outbox import LEASE, MAX_ATTEMPTS, ClaimLost, Dead, Job, Retry, handlers

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=5)
LONGEST_REASON = 500
KILLED = "The worker stopped while working on it."


def run(row_id: int, *, now: datetime) -> None:
    """Run the job if it is due and free; otherwise this message is a duplicate and nothing happens."""
    job = claim(row_id, now=now)
    if job is None:
        return
    if job.attempts > MAX_ATTEMPTS:
        bury(job, KILLED)
        return
    try:
        _work(job)
    except ClaimLost:
        log.info("%s: somebody else has it, nothing stored", job)
    except Dead as error:
        bury(job, _readable(error))
    # SystemExit and the like fall through on purpose: the worker is going down, the lease will run out.
    except (Exception, PublishForbidden) as error:
        if job.finished:
            log.exception("%s: failed after it was finished", job)
            return
        if not isinstance(error, Retry | OperationalError):
            log.exception("%s: failed", job)
        fail(job, _readable(error))


def claim(row_id: int, *, now: datetime) -> Job | None:
    """Take the lease on a due row, or None. Taking over a lease that ran out counts as an attempt that failed."""
    token = uuid4()
    won = (
        Outbox.objects.due(now)
        .filter(pk=row_id)
        .update(claim_token=token, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    if not won:
        return None
    row = Outbox.objects.filter(pk=row_id, claim_token=token).first()
    if row is None:  # cancelled or enqueued anew between the two queries
        return None
    return Job(row.kind, row.object_id, row.attempts, now, row_id=row.pk, token=token)


def fail(job: Job, reason: str) -> None:
    """Make the row due again later, or bury it after the last attempt."""
    if job.attempts >= MAX_ATTEMPTS:
        bury(job, reason)
        return
    due_at = timezone.now() + delay(job.attempts)
    with transaction.atomic():
        given_back = job.mine().update(
            due_at=due_at, dispatched_at=None, claim_token=None, lease_until=None, reason=reason
        )
        handler = handlers.get(job.kind)
        if given_back and handler and handler.on_retry:
            handler.on_retry(job.object_id, reason)
    if given_back:
        log.warning("%s: attempt %d failed, next at %s: %s", job, job.attempts, due_at, reason)


def bury(job: Job, reason: str) -> None:
    """Give the job up with a reason; its owner learns it in the same transaction."""
    with transaction.atomic():
        buried = job.mine().update(
            dead_at=timezone.now(), dispatched_at=None, claim_token=None, lease_until=None, reason=reason
        )
        handler = handlers.get(job.kind)
        if buried and handler and handler.on_dead:
            handler.on_dead(job.object_id, reason)
    if buried:
        log.error("%s: dead after %d attempts: %s", job, min(job.attempts, MAX_ATTEMPTS), reason)


def delay(attempts: int) -> timedelta:
    """Exponential backoff with jitter: about 5, 20, 80, 320 seconds, so that a crowd does not come back at once."""
    factor: int = 4 ** (attempts - 1)
    return FIRST_DELAY * factor * random.uniform(0.75, 1.25)  # noqa: S311


def _work(job: Job) -> None:
    handler = handlers.get(job.kind)
    if handler is None:
        # Possibly an older worker during an upgrade: a newer one may take it.
        raise Retry(f"This worker knows no jobs of kind “{job.kind}”.")
    handler.run(job)
    if not job.finished:
        with job.finish():
            pass


def _readable(error: BaseException) -> str:
    if isinstance(error, SoftTimeLimitExceeded):
        return f"It took longer than {settings.CELERY_TASK_SOFT_TIME_LIMIT:g} seconds."
    text = str(error).replace("\x00", "").strip()  # PostgreSQL stores no NUL
    if not isinstance(error, Retry | Dead):
        text = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return text[:LONGEST_REASON] or type(error).__name__
