"""`manage.py up`, the one command of a newcomer: starts, serves, heals, stops, and leaves nothing behind."""

import contextlib
import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ops import processes
from tests.ops.processes import Running, descendants, exists, python, running, wait_for
from tests.services import free_port

pytestmark = pytest.mark.processes


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where data is kept: empty for the first of these tests, lived in for the others."""
    return tmp_path_factory.mktemp("home") / "var"


@pytest.fixture
def env(var: Path, port: int) -> dict[str, str]:
    env = processes.environment(VAR_DIR=str(var), PORT=str(port))
    del env["SECRET_KEY"]  # the first run has none
    return env


@pytest.fixture
def up(env: dict[str, str], port: int, tmp_path: Path) -> Iterator[Running]:
    with running(python("manage.py", "up"), env=env, log=tmp_path / "up.log") as process:
        try:
            wait_for(lambda: "Fortyfive is at" in process.words() or not process.is_alive(), what="up", seconds=60)
            assert process.is_alive(), process.words()
            yield process
        finally:
            family = descendants(process.pid)
            process.kill()
            for pid in filter(exists, family):
                os.kill(pid, signal.SIGKILL)


def get(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return json.load(answer)


def worker(up: Running) -> int | None:
    """The process that leads the embedded worker."""
    for pid in descendants(up.pid):
        parent, command = Path(f"/proc/{pid}/stat"), Path(f"/proc/{pid}/cmdline")
        # One that is gone by now is nobody's worker.
        with contextlib.suppress(OSError):
            if b"embworker" in command.read_bytes() and parent.read_text().rpartition(")")[2].split()[1] == str(up.pid):
                return pid
    return None


def whole_family(up: Running) -> list[int]:
    """The web server and its process, the worker and its pool: five and more."""
    wait_for(lambda: len(descendants(up.pid)) >= 5, what="web server, worker and their children")
    return descendants(up.pid)


def test_up_serves_heals_and_leaves_nothing_behind(up: Running, port: int, var: Path):
    assert get(port, "/healthz") == {"status": "ok"}
    assert get(port, "/readyz") == {"status": "ok", "database": "ok", "migrations": "ok"}
    assert f"http://127.0.0.1:{port}/" in up.words()
    assert (var / "secret_key").stat().st_mode & 0o077 == 0
    # Mail that is not sent stays on this machine's own page; nothing but this machine is served.
    assert "LOCAL_MAIL_PAGE=1" in Path(f"/proc/{up.pid}/environ").read_text().split("\0")

    wait_for(lambda: worker(up), what="a worker")
    first = worker(up)
    assert first
    os.killpg(first, signal.SIGKILL)
    wait_for(lambda: worker(up) not in (None, first), what="another worker after SIGKILL")
    assert get(port, "/healthz") == {"status": "ok"}

    family = whole_family(up)
    up.signal(signal.SIGINT)
    assert up.process.wait(20) == 0
    wait_for(lambda: not any(exists(pid) for pid in family), what="no process left")


def test_a_killed_supervisor_leaves_nothing_behind(up: Running, port: int):
    family = whole_family(up)

    os.kill(up.pid, signal.SIGKILL)

    wait_for(lambda: not any(exists(pid) for pid in family), what="no process left")


def test_a_second_run_keeps_the_data_and_a_taken_port_is_explained(
    up: Running, env: dict[str, str], var: Path, tmp_path: Path
):
    secret = (var / "secret_key").read_text()
    taken = Running(python("manage.py", "up"), env=env, log=tmp_path / "taken.log")
    assert taken.process.wait(30) == 1
    assert f"Port {env['PORT']} is taken. Choose another one: PORT=" in taken.words()
    up.stop()

    again = env | {"PORT": str(free_port())}
    with running(python("manage.py", "up"), env=again, log=tmp_path / "again.log") as second:
        wait_for(lambda: "Fortyfive is at" in second.words(), what="up again", seconds=60)
        assert (var / "secret_key").read_text() == secret
        assert second.stop() == 0
