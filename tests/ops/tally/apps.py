import time

from django.apps import AppConfig

SECONDS = 0.15


class TallyConfig(AppConfig):
    name = "tests.ops.tally"
    label = "tally"

    def ready(self) -> None:
        from jobs import outbox

        outbox.register("tally", tally)


def tally(job) -> None:
    from tests.ops.tally.models import Mark, Start

    Start.objects.create(object_id=job.object_id)
    time.sleep(60 if job.object_id == "hangs" else SECONDS)
    with job.finish():
        Mark.objects.create(object_id=job.object_id)
