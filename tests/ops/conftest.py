"""What the process tests share: a prepared database and a way to ask it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from tests.ops import processes
from tests.services import Postgres

TALLY = {"DJANGO_SETTINGS_MODULE": "tests.ops.settings", "JOB_TIME_LIMIT": "4"}


@dataclass
class Ground:
    """Where one test's processes work: their environment, a folder for their words, and the database to ask."""

    env: dict[str, str]
    folder: Path
    database: BaseDatabaseWrapper

    def query(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        with self.database.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def scalar(self, sql: str, *values: str | int) -> int:
        return int(self.query(sql, *values)[0][0])


def wrapper(url: str) -> BaseDatabaseWrapper:
    """A connection of our own, beside the one pytest-django guards."""
    settings = connections.configure_settings({"default": environ.Env.db_url_config(url)})["default"]
    database: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "ops")
    return database


@contextmanager
def at(url: str, folder: Path, **values: str) -> Iterator[Ground]:
    """A prepared database, for processes whose environment has these variables."""
    database = wrapper(url)
    try:
        yield Ground(processes.environment(DATABASE_URL=url, **values), folder, database)
    finally:
        database.close()


def prepare(url: str) -> None:
    """With the app whose jobs leave a mark each time they run."""
    env = processes.environment(DATABASE_URL=url, **TALLY)
    processes.manage("migrate", "--verbosity=0", "--run-syncdb", env=env)


@pytest.fixture
def sqlite_ground(tmp_path: Path, django_db_blocker) -> Iterator[Ground]:
    url = f"sqlite:///{tmp_path / 'ground.sqlite3'}"
    prepare(url)
    with django_db_blocker.unblock(), at(url, tmp_path, **TALLY) as ground:
        yield ground


@pytest.fixture(scope="session")
def tallying(postgres: Postgres) -> Iterator[str]:
    """A database to copy."""
    with postgres.database() as url:
        prepare(url)
        yield url


@pytest.fixture
def postgres_ground(
    tallying: str, tmp_path: Path, postgres: Postgres, redis_url: str, django_db_blocker
) -> Iterator[Ground]:
    with (
        django_db_blocker.unblock(),
        postgres.database(like=tallying) as url,
        at(url, tmp_path, REDIS_URL=redis_url, **TALLY) as ground,
    ):
        yield ground
