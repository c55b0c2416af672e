"""The Celery application. Workers run one task, `jobs.tasks.run`; only the relay publishes it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("fortyfive")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
