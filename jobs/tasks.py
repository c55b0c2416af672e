"""The one Celery task of the product. A door: the verb is jobs.runner.run."""

from celery import shared_task
from django.utils import timezone

from jobs import runner


@shared_task(name="jobs.tasks.run", ignore_result=True, acks_late=True)
def run(row_id: int) -> None:
    runner.run(row_id, now=timezone.now())
