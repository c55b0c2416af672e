from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobs import outbox
from jobs.models import Outbox
from jobs.outbox import Handler, Job

NOW = datetime(2030, 5, 17, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def handle(monkeypatch):
    """Have jobs of kind "test" done by this function."""

    def install(run: Callable[[Job], None], on_dead: Callable[[str, str], None] | None = None) -> None:
        monkeypatch.setitem(outbox.handlers, "test", Handler(run, on_dead))

    return install


@pytest.fixture
def row(db, now) -> Outbox:
    """One job of kind "test", due now."""
    outbox.enqueue("test", 7, due_at=now)
    return Outbox.objects.get(kind="test")
