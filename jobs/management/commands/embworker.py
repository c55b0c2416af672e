import os
import threading
import warnings
from typing import Any

from celery.beat import EmbeddedService
from celery.exceptions import SecurityWarning
from celery.signals import worker_ready, worker_shutting_down
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from jobs import relay
from jobs.celery_app import celery_app

MOST_PROCESSES = 2
# The broker in memory is polled, and a full prefetch window is looked at again only at the next poll.
MEMORY_BROKER = {
    "broker_url": "memory://localhost//",
    "broker_transport_options": {"polling_interval": 0.05},
    "worker_prefetch_multiplier": 4,
}


class Command(BaseCommand):
    help = "The whole background on one machine: a Celery worker on a broker in memory, with relay and beat as threads."

    def handle(self, *args: Any, **_options: Any) -> None:
        app = celery_app()
        app.conf.update(MEMORY_BROKER)
        stop = threading.Event()

        def start_threads(**_: object) -> None:
            # After the pool has forked. Beat must be a thread: in a process of its own it would fill its own memory.
            threading.Thread(target=relay.loop, args=(app, stop), name="Relay", daemon=True).start()
            beat: Any = EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler)
            beat.start()

        worker_ready.connect(start_threads, weak=False)
        worker_shutting_down.connect(lambda **_: stop.set(), weak=False)

        warnings.simplefilter("ignore", SecurityWarning)  # root on one machine is the owner's own business
        relay.forget_earlier_boot(now=timezone.now())
        connections.close_all()  # a forked child must not inherit one
        processes = min(MOST_PROCESSES, os.cpu_count() or 1)
        options = ["--pool=prefork", f"--concurrency={processes}", "--loglevel=WARNING"]
        alone = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        app.worker_main(["--quiet", "worker", *options, *alone])
