import threading

import pytest
from django.db import connection

from jobs import outbox, runner
from jobs.models import Outbox

RUNNERS = 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="in-memory SQLite has one connection; see tests/ops")
def test_of_many_workers_with_the_same_message_one_wins(now):
    outbox.enqueue("test", 7, due_at=now)
    row = Outbox.objects.get()
    gate = threading.Barrier(RUNNERS)
    won = []

    def race() -> None:
        gate.wait()
        won.append(runner.claim(row.pk, now=now))
        connection.close()

    threads = [threading.Thread(target=race) for _ in range(RUNNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert len(won) == RUNNERS
    assert len([job for job in won if job]) == 1
    row.refresh_from_db()
    assert row.attempts == 1
