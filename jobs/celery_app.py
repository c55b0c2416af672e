"""The Celery application, found by its name in the settings: config is imported by nobody."""

from celery import Celery
from celery.signals import heartbeat_sent
from django.conf import settings
from django.utils.module_loading import import_string

from jobs import heartbeat


def celery_app() -> Celery:
    app: Celery = import_string(settings.JOBS_CELERY_APP)
    app.set_default()  # every thread, not only this one, publishes through it
    return app


def watch_worker() -> None:
    """A Celery worker sends a heartbeat every other second; that is its sign of life for us, too."""
    heartbeat_sent.connect(_beat, weak=False, dispatch_uid="jobs.heartbeat")


def _beat(sender: object = None, **_: object) -> None:
    heartbeat.beat()
