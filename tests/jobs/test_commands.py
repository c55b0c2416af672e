from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jobs import outbox
from jobs.models import Outbox

pytestmark = pytest.mark.django_db


def words(*arguments: str) -> str:
    out = StringIO()
    call_command("jobs", *arguments, stdout=out)
    return out.getvalue()


def test_dead_jobs_are_listed_with_their_reason(row, now):
    outbox.enqueue("test", "waits", due_at=now)
    Outbox.objects.filter(pk=row.pk).update(dead_at=now, reason="The question is gone.")

    assert words() == "1 waiting, 1 dead\n2030-05-17 12:00 UTC  test 7  The question is gone.\n"


def test_dead_jobs_are_revived_all_or_one(row, now):
    outbox.enqueue("test", "8", due_at=now)
    Outbox.objects.update(dead_at=now)

    words("revive", "test", "8")
    assert [dead.object_id for dead in Outbox.objects.dead()] == ["7"]
    words("revive")
    assert not Outbox.objects.dead().exists()


def test_reviving_nothing_is_an_error():
    with pytest.raises(CommandError, match="No dead job"):
        words("revive", "test")
