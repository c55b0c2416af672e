from collections.abc import Iterator

import pytest
from django.core.cache import cache

from accounts import lifecycle


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> Iterator[None]:
    """Rate limits count per address of the client, and every test has the same one."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _mail_goes_where_it_goes_in_production(settings) -> None:
    """Django's test runner swaps the backend; here mail is read from the outbox."""
    settings.EMAIL_BACKEND = "jobs.mail.OutboxBackend"


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the hooks a test registers itself."""
    monkeypatch.setattr(lifecycle, "_adopters", [])
    monkeypatch.setattr(lifecycle, "_exporters", {})
    monkeypatch.setattr(lifecycle, "_erasers", [])
    monkeypatch.setattr(lifecycle, "_time_factor", [])
