"""Services for every test. Fixtures of one app live in tests/<app>/conftest.py."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import NoReturn, TypeVar

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from xdist.remote import Producer

from tests import services, sharing

Service = TypeVar("Service")
UNAVAILABLE = "NOT RUN: "
NOT_RUN: dict[str, list[str]] = {}
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    in_a_browser = (item.nodeid for item in items if item.get_closest_marker("browser"))
    lost = [name for name in in_a_browser if not name.startswith(sharing.IN_A_BROWSER)]
    assert not lost, f"`make test-browser` looks into {sharing.IN_A_BROWSER} alone: {lost}"
    if config.getoption("--database-only"):
        items[:] = [item for item in items if _touches_database(item)]
    if "PYTEST_XDIST_WORKER" in os.environ:
        sharing.arrange(items)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors, for one mostly waits: for processes to start, to die, and to heal."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> sharing.Scheduling:
    return sharing.Scheduling(config, log)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[services.Postgres]:
    """A real PostgreSQL; `with postgres.database() as url` gives an empty database."""
    manager = services.postgres()
    yield _entered(manager)
    manager.__exit__(None, None, None)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis, for tests only: it is flushed at will."""
    manager = services.redis()
    yield _entered(manager).url
    manager.__exit__(None, None, None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real browser."""
    try:
        return services.chromium()
    except services.Missing as reason:
        _skip(reason)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for each process: it will not be started twice in one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def soak_rounds() -> int:
    """How often a fault is repeated: once in `make test`, often in `make soak`."""
    return int(os.environ.get("SOAK_ROUNDS", "1"))


def _entered(manager: AbstractContextManager[Service]) -> Service:
    try:
        return manager.__enter__()
    except services.Missing as reason:
        _skip(reason)


def _skip(reason: services.Missing) -> NoReturn:
    pytest.skip(f"{UNAVAILABLE}{reason}")


def _touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & DATABASE_FIXTURES)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Reads what workers report, for their memory is not this one's."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _, found, reason = report.longrepr[2].partition(UNAVAILABLE)
        if found:
            NOT_RUN.setdefault(reason, []).append(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if NOT_RUN:
        lines = [line for reason, tests in NOT_RUN.items() for line in (reason, *(f"    {test}" for test in tests))]
        terminalreporter.line(services.not_run([*lines, "REQUIRE_ALL=1 makes this an error."]), red=True, bold=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if NOT_RUN and services.all_required() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
