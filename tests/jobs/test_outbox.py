from datetime import timedelta

import pytest
from django.db import transaction

from jobs import outbox, runner
from jobs.models import Outbox

pytestmark = pytest.mark.django_db


def test_enqueued_work_is_one_row_per_kind_and_object(now):
    outbox.enqueue("test", 7, due_at=now)
    outbox.enqueue("test", 7, due_at=now + timedelta(minutes=5))
    outbox.enqueue("test", 8, due_at=now)

    assert set(Outbox.objects.values_list("object_id", "due_at")) == {("7", now + timedelta(minutes=5)), ("8", now)}


def test_work_is_forgotten_with_the_transaction_that_made_it(now):
    with transaction.atomic():
        outbox.enqueue("test", 7, due_at=now)
        transaction.set_rollback(True)

    assert not Outbox.objects.exists()


def test_enqueueing_dead_work_again_gives_it_a_fresh_life(row, now):
    Outbox.objects.update(dead_at=now, reason="It was hopeless.", attempts=5, dispatched_at=now)

    outbox.enqueue("test", 7, due_at=now)

    row.refresh_from_db()
    assert (row.dead_at, row.reason, row.attempts, row.dispatched_at) == (None, "", 0, None)


def test_enqueueing_again_takes_the_claim_from_a_run_in_progress(row, now):
    job = runner.claim(row.pk, now=now)
    assert job

    outbox.enqueue("test", 7, due_at=now)

    with pytest.raises(outbox.ClaimLost), job.finish():
        pytest.fail("nothing may be stored without the claim")
    assert Outbox.objects.due(now).filter(pk=row.pk).exists()


def test_a_handler_may_enqueue_its_own_next_run_while_it_finishes(row, now):
    job = runner.claim(row.pk, now=now)
    assert job

    with job.finish():
        outbox.enqueue("test", 7, due_at=now + timedelta(hours=1))

    assert Outbox.objects.get().due_at == now + timedelta(hours=1)


def test_cancelled_work_is_gone_and_a_run_in_progress_stores_nothing(row, now):
    job = runner.claim(row.pk, now=now)
    assert job

    outbox.cancel("test", 7)

    with pytest.raises(outbox.ClaimLost), job.finish():
        pytest.fail("nothing may be stored without the claim")


def test_reviving_makes_a_dead_job_due_and_leaves_others_alone(row, now):
    assert not outbox.revive("test", 7, now=now)
    Outbox.objects.update(dead_at=now, attempts=5, reason="x")

    assert outbox.revive("test", 7, now=now + timedelta(hours=1))

    row.refresh_from_db()
    assert (row.dead_at, row.attempts, row.reason, row.due_at) == (None, 0, "", now + timedelta(hours=1))


def test_a_kind_has_one_handler():
    with pytest.raises(ValueError, match="mail"):
        outbox.register("mail", lambda job: None)
