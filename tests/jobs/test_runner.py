from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.utils import timezone

from jobs import outbox, runner
from jobs.models import Mail, Outbox
from jobs.outbox import LEASE, MAX_ATTEMPTS, Dead, Retry

pytestmark = pytest.mark.django_db


def run_when_due(row):
    """Run the row at the first moment it is due; that moment."""
    row.refresh_from_db()
    moment = max(row.due_at, row.lease_until or row.due_at)
    runner.run(row.pk, now=moment)
    return moment


def test_a_job_runs_once_and_is_gone(row, now, handle):
    seen = []
    handle(lambda job: seen.append((job.kind, job.object_id, job.attempts, job.now)))

    runner.run(row.pk, now=now)
    runner.run(row.pk, now=now)

    assert seen == [("test", "7", 1, now)]
    assert not Outbox.objects.exists()


def test_a_job_is_not_run_before_it_is_due(row, now, handle):
    handle(lambda job: pytest.fail("too early"))

    runner.run(row.pk, now=now - timedelta(seconds=1))

    row.refresh_from_db()
    assert row.attempts == 0


def test_a_claimed_job_is_left_alone_until_its_lease_runs_out(row, now):
    assert runner.claim(row.pk, now=now)
    assert runner.claim(row.pk, now=now + LEASE - timedelta(seconds=1)) is None

    taken_over = runner.claim(row.pk, now=now + LEASE)

    assert taken_over
    assert taken_over.attempts == 2


def test_the_slower_of_two_runs_stores_nothing(row, now):
    slow = runner.claim(row.pk, now=now)
    quick = runner.claim(row.pk, now=now + LEASE)
    assert slow
    assert quick

    with quick.finish():
        Mail.objects.create(to="quick")
    with pytest.raises(outbox.ClaimLost), slow.finish():
        Mail.objects.create(to="slow")

    assert Mail.objects.get().to == "quick"


def test_losing_the_claim_is_quiet(row, now, handle):
    def lose(job):
        outbox.enqueue("test", 7, due_at=now + timedelta(hours=1))
        with job.finish():
            pytest.fail("nothing may be stored without the claim")

    handle(lose)

    runner.run(row.pk, now=now)

    row.refresh_from_db()
    assert (row.attempts, row.reason, row.due_at) == (0, "", now + timedelta(hours=1))


def test_results_and_completion_are_stored_together_or_not_at_all(row, now, handle):
    def break_while_finishing(job):
        with job.finish():
            Mail.objects.create(to="half done")
            raise RuntimeError("The disk is full.")

    handle(break_while_finishing)

    runner.run(row.pk, now=now)

    assert not Mail.objects.exists()
    row.refresh_from_db()
    assert (row.reason, row.claim_token) == ("RuntimeError: The disk is full.", None)


def test_an_error_after_finishing_does_not_run_the_job_again(row, now, handle):
    def finish_then_break(job):
        with job.finish():
            Mail.objects.create(to="done")
        raise RuntimeError

    handle(finish_then_break)

    runner.run(row.pk, now=now)

    assert Mail.objects.count() == 1
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Retry("The mail server is busy."), "The mail server is busy."),
        (OperationalError("database is locked"), "OperationalError: database is locked"),
        (ValueError("bad number"), "ValueError: bad number"),
        (ValueError(), "ValueError"),
        (ValueError("a\x00b"), "ValueError: ab"),
        (SoftTimeLimitExceeded(), "It took longer than 96 seconds."),
    ],
)
def test_a_failed_run_is_tried_again_later_with_a_reason(row, now, handle, error, reason):
    def fail(job):
        raise error

    handle(fail)
    before = timezone.now()

    runner.run(row.pk, now=now)

    row.refresh_from_db()
    assert row.reason == reason
    assert (row.attempts, row.dead_at, row.dispatched_at, row.lease_until) == (1, None, None, None)
    assert before + timedelta(seconds=3) < row.due_at < timezone.now() + timedelta(seconds=7)


def test_delays_grow_and_are_never_the_same_for_a_crowd():
    assert all(runner.delay(n + 1) > runner.delay(n) for n in range(1, MAX_ATTEMPTS))
    assert len({runner.delay(1) for _ in range(20)}) > 1


def test_the_last_failed_attempt_buries_the_job_and_tells_its_owner(row, now, handle):
    told = []

    def fail(job):
        raise Retry(f"Attempt {job.attempts} failed.")

    handle(fail, on_dead=lambda object_id, reason: told.append((object_id, reason)))

    for _ in range(MAX_ATTEMPTS):
        assert told == []
        run_when_due(row)

    row.refresh_from_db()
    assert row.dead_at
    assert told == [("7", row.reason)] == [("7", "Attempt 5 failed.")]
    assert not Outbox.objects.due(now + timedelta(days=1000)).exists()


def test_a_permanent_error_buries_the_job_at_once(row, now, handle):
    def fail(job):
        raise Dead("This question no longer exists.")

    handle(fail)

    runner.run(row.pk, now=now)

    row.refresh_from_db()
    assert (row.attempts, row.reason, bool(row.dead_at)) == (1, "This question no longer exists.", True)


def test_a_job_that_kills_its_worker_every_time_ends_dead(row, now, handle):
    told = []
    handle(lambda job: pytest.fail("not once more"), on_dead=lambda *words: told.append(words))
    moment = now
    for _ in range(MAX_ATTEMPTS):
        assert runner.claim(row.pk, now=moment)  # and then the worker was killed
        moment += LEASE

    runner.run(row.pk, now=moment)

    row.refresh_from_db()
    assert row.dead_at
    assert told == [("7", "The worker stopped while working on it.")]


def test_burying_and_telling_the_owner_happen_together_or_not_at_all(row, now, handle):
    def fail(job):
        raise Dead("No.")

    def break_down(object_id, reason):
        Mail.objects.create(to=reason)
        raise RuntimeError("on_dead is broken")

    handle(fail, on_dead=break_down)

    with pytest.raises(RuntimeError, match="on_dead is broken"):
        runner.run(row.pk, now=now)

    row.refresh_from_db()
    assert row.dead_at is None
    assert not Mail.objects.exists()
    assert Outbox.objects.due(now + LEASE).exists()


def test_an_unknown_kind_waits_for_a_newer_worker(row, now):
    runner.run(row.pk, now=now)

    row.refresh_from_db()
    assert row.dead_at is None
    assert "knows no jobs of kind" in row.reason


def test_only_handing_back_what_is_ours(row, now, handle):
    def outlive_the_lease(job):
        assert runner.claim(row.pk, now=now + LEASE)
        raise Retry("Too late to say so.")

    handle(outlive_the_lease)

    runner.run(row.pk, now=now)

    row.refresh_from_db()
    assert (row.reason, row.attempts, row.lease_until) == ("", 2, now + LEASE + LEASE)
