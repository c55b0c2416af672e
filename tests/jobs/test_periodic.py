from datetime import timedelta

import pytest
import time_machine
from celery import Celery
from django.contrib.sessions.models import Session
from django.utils import timezone

from jobs import housekeeping, periodic, relay, runner
from jobs.models import Mail, Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduler():
    def make() -> periodic.OutboxScheduler:
        return periodic.OutboxScheduler(Celery("beat-test", broker="memory://localhost//", set_as_current=False))

    return make


def test_beat_enqueues_everything_once_when_it_starts(scheduler):
    scheduler()
    scheduler()

    assert sorted(Outbox.objects.values_list("kind", flat=True)) == sorted(periodic.schedules)


def test_beat_enqueues_at_night_and_publishes_nothing(scheduler, now):
    with time_machine.travel(now, tick=False) as clock:
        beat = scheduler()
        beat.tick()
        Outbox.objects.all().delete()
        clock.move_to(now + timedelta(hours=11))
        beat.tick()
        assert not Outbox.objects.exists()

        clock.move_to(now.replace(day=18, hour=3, minute=12))
        for _ in periodic.schedules:  # a tick sends one entry
            beat.tick()

    # A publishing beat would have been stopped by the guard.
    assert Outbox.objects.filter(kind="jobs.clear-sessions").exists()
    assert not Outbox.objects.filter(kind="jobs.forget-mail").exists()


def run_everything(now):
    for row_id in relay.take(now=now, limit=100):
        runner.run(row_id, now=now)


def test_expired_sign_ins_are_cleared(scheduler):
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))

    scheduler()
    run_everything(timezone.now())

    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_mail_is_forgotten_after_a_week(scheduler):
    old = Mail.objects.create(to="alice@example.org", subject="old")
    Mail.objects.filter(pk=old.pk).update(created_at=timezone.now() - housekeeping.MAIL_KEPT_FOR)
    Mail.objects.create(to="alice@example.org", subject="new")

    scheduler()
    run_everything(timezone.now())

    assert [mail.subject for mail in Mail.objects.all()] == ["new"]
