"""The relay: the only publisher, and so the sweeper too. Finds due rows and puts their numbers on the broker."""

import logging
import threading
from datetime import datetime, timedelta
from typing import Any

from celery import Celery
from django.db import close_old_connections, transaction
from django.utils import timezone
from kombu import Producer

from jobs import heartbeat
from jobs.guard import publishing
from jobs.models import Outbox
from jobs.tasks import run

log = logging.getLogger(__name__)

BATCH = 64
# A message nobody took in this time is taken for lost and sent again; a second copy does no harm.
PATIENCE = timedelta(seconds=60)
# Everything else waits in the database, so a worker that is away for hours does not fill the broker's memory.
MOST_IN_BROKER = 256
IDLE = 0.2
BUSY = 0.02
AFTER_TROUBLE = 2.0


def loop(app: Celery, stop: threading.Event) -> None:
    """Relay until told to stop. Trouble with database or broker is logged and outlived."""
    while not stop.is_set():
        try:
            close_old_connections()
            pause = BUSY if step(app, now=timezone.now()) else IDLE
            heartbeat.beat()
        except Exception:
            log.exception("The relay could not publish; trying again")
            pause = AFTER_TROUBLE
        stop.wait(pause)


def step(app: Celery, *, now: datetime) -> int:
    """Publish one batch of due rows; how many it was."""
    if not Outbox.objects.unpublished(now, patience=PATIENCE).exists():
        return 0
    with app.producer_pool.acquire(block=True) as producer:
        room = MOST_IN_BROKER - _waiting(app, producer)
        row_ids = take(now=now, limit=min(BATCH, room)) if room > 0 else []
        with publishing():
            for row_id in row_ids:
                app.send_task(run.name, (row_id,), producer=producer)
    return len(row_ids)


def take(*, now: datetime, limit: int) -> list[int]:
    """Mark up to `limit` due rows as dispatched. On PostgreSQL a second relay skips the rows this one holds."""
    rows = Outbox.objects.unpublished(now, patience=PATIENCE)
    with transaction.atomic():
        found = rows.select_for_update(skip_locked=True).order_by("due_at", "pk")[:limit]
        row_ids = list(found.values_list("pk", flat=True))
        Outbox.objects.filter(pk__in=row_ids).update(dispatched_at=now)
    return row_ids


def forget_earlier_boot(*, now: datetime) -> None:
    """On the embedded worker: the memory broker is empty and its workers are gone, so nothing is on its way.

    Without this, recovery would wait for PATIENCE and for the leases of the dead.
    """
    rows = Outbox.objects.live()
    rows.exclude(dispatched_at=None).update(dispatched_at=None)
    rows.filter(lease_until__gt=now).update(lease_until=now)


def _waiting(app: Celery, producer: Producer) -> int:
    channel: Any = producer.channel
    declared = channel.queue_declare(queue=app.conf.task_default_queue, durable=True)
    return int(declared.message_count)
