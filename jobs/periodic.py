"""What happens on a schedule. The schedule is code; beat only turns it into outbox rows.

An upper app adds its own in `AppConfig.ready()`:

    periodic.register("accounts.erase-guests", erase_guests, schedule=crontab(hour=3, minute=20))
"""

import logging
from collections.abc import Callable
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import BaseSchedule
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from jobs import heartbeat, outbox
from jobs.outbox import Job

log = logging.getLogger(__name__)

schedules: dict[str, BaseSchedule] = {}


def register(kind: str, run: Callable[[Job], None], *, schedule: BaseSchedule) -> None:
    """Run this handler on a schedule, and once whenever beat starts: a laptop may be asleep at three in the morning.

    So the handler must be cheap and harmless to repeat.
    """
    outbox.register(kind, run)
    schedules[kind] = schedule


class OutboxScheduler(Scheduler):
    """Celery beat without a broker: a due entry becomes an outbox row. It keeps no state of its own."""

    max_interval = 20  # seconds between two signs of life

    def setup_schedule(self) -> None:
        self.update_from_dict({kind: {"task": kind, "schedule": schedule} for kind, schedule in schedules.items()})
        for kind in schedules:
            _enqueue(kind)

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        _enqueue(str(entry.task))

    def tick(self, *args: Any, **kwargs: Any) -> float:
        heartbeat.beat()
        return float(super().tick(*args, **kwargs))


def _enqueue(kind: str) -> None:
    try:
        if not connection.in_atomic_block:  # in a test, the transaction's connection is not ours to close
            close_old_connections()
        outbox.enqueue(kind, "", due_at=timezone.now())
    except DatabaseError:  # it may be away for a moment; beat must outlive that
        log.exception("Could not enqueue %s", kind)
