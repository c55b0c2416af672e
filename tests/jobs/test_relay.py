import threading
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.db import connection, transaction

from jobs import outbox, relay, runner
from jobs.models import Outbox
from jobs.outbox import LEASE


@pytest.fixture
def app():
    """A Celery application with a broker of its own, in memory."""
    app = Celery("relay-test", broker="memory://localhost//", set_as_current=False)
    app.conf.task_default_queue = "relay-test"
    yield app
    with app.producer_pool.acquire(block=True) as producer:
        channel: Any = producer.channel
        channel.queue_delete("relay-test")


def waiting(app) -> int:
    with app.producer_pool.acquire(block=True) as producer:
        channel: Any = producer.channel
        return int(channel.queue_declare(queue="relay-test", durable=True).message_count)


@pytest.mark.django_db
def test_only_due_rows_are_published_and_only_once(now, app):
    outbox.enqueue("test", "due", due_at=now)
    outbox.enqueue("test", "later", due_at=now + timedelta(seconds=1))

    assert relay.step(app, now=now) == 1
    assert relay.step(app, now=now) == 0

    assert waiting(app) == 1
    assert Outbox.objects.get(object_id="due").dispatched_at == now


@pytest.mark.django_db
def test_a_message_nobody_took_is_sent_again(row, now):
    assert relay.take(now=now, limit=9) == [row.pk]
    assert relay.take(now=now + relay.PATIENCE - timedelta(seconds=1), limit=9) == []
    assert relay.take(now=now + relay.PATIENCE, limit=9) == [row.pk]


@pytest.mark.django_db
def test_a_job_whose_lease_ran_out_is_sent_again_at_once(row, now):
    relay.take(now=now, limit=9)
    assert runner.claim(row.pk, now=now)

    assert relay.take(now=now + LEASE - timedelta(seconds=1), limit=9) == []
    assert relay.take(now=now + LEASE, limit=9) == [row.pk]
    assert relay.take(now=now + LEASE, limit=9) == []


@pytest.mark.django_db
def test_dead_rows_are_not_sent(row, now):
    Outbox.objects.update(dead_at=now)

    assert relay.take(now=now + timedelta(days=1), limit=9) == []


@pytest.mark.django_db
def test_the_oldest_come_first_and_a_batch_has_a_limit(now):
    for minutes in (3, 1, 2):
        outbox.enqueue("test", minutes, due_at=now - timedelta(minutes=minutes))

    taken = relay.take(now=now, limit=2)

    assert [Outbox.objects.get(pk=pk).object_id for pk in taken] == ["3", "2"]


@pytest.mark.django_db
def test_a_broker_that_nobody_empties_does_not_fill_up(now, app, monkeypatch):
    monkeypatch.setattr(relay, "MOST_IN_BROKER", 3)
    for number in range(5):
        outbox.enqueue("test", number, due_at=now)

    assert relay.step(app, now=now) == 3
    assert relay.step(app, now=now + timedelta(hours=1)) == 0
    assert waiting(app) == 3


@pytest.mark.django_db
def test_after_a_restart_with_an_empty_memory_everything_is_sent_again_at_once(now):
    for name in ("sent", "claimed", "dead"):
        outbox.enqueue("test", name, due_at=now)
    relay.take(now=now, limit=9)
    assert runner.claim(Outbox.objects.get(object_id="claimed").pk, now=now)
    Outbox.objects.filter(object_id="dead").update(dead_at=now)

    relay.forget_earlier_boot(now=now)

    names = {Outbox.objects.get(pk=pk).object_id for pk in relay.take(now=now, limit=9)}
    assert names == {"sent", "claimed"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time and no SKIP LOCKED")
def test_a_second_relay_skips_what_the_first_one_holds(now):
    outbox.enqueue("test", 1, due_at=now)
    outbox.enqueue("test", 2, due_at=now)
    others: list[list[int]] = []

    def second_relay() -> None:
        others.append(relay.take(now=now, limit=9))
        connection.close()

    with transaction.atomic():
        first = relay.take(now=now, limit=1)
        thread = threading.Thread(target=second_relay)
        thread.start()
        thread.join(10)

    assert len(first) == 1
    assert len(others[0]) == 1
    assert set(first).isdisjoint(others[0])
