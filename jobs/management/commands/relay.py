import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from jobs import relay
from jobs.celery_app import celery_app

STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}


class Command(BaseCommand):
    help = "Publish due jobs to the broker until stopped. One is enough; a second one does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        thread = threading.Thread(target=relay.loop, args=(celery_app(), stop), name="Relay", daemon=True)
        thread.start()
        signal.sigwait(STOP_SIGNALS)
        stop.set()
        thread.join(timeout=5)
