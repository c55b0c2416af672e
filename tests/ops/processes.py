"""Starts the product's own processes, kills them, and waits for what must come true. No mocks, no fixed sleeps."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Nothing of the developer's shell, or of the settings the tests themselves run with, may leak in.
NOT_INHERITED = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEBUG", "PORT", "SITE_URL")


def environment(**values: str) -> dict[str, str]:
    """The environment of a fresh shell with these variables set."""
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return inherited | {"SECRET_KEY": "only-for-tests", "PYTHONUNBUFFERED": "1", "C_FORCE_ROOT": "1"} | values


def manage(*arguments: str, env: Mapping[str, str], cwd: Path = ROOT) -> str:
    """Run one management command to its end; its output."""
    return run([sys.executable, "manage.py", *arguments], env=env, cwd=cwd)


def run(command: list[str], *, env: Mapping[str, str], cwd: Path = ROOT, seconds: float = 120) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def wait_for(condition: Callable[[], object], *, what: str, seconds: float = 90, every: float = 0.05) -> None:
    """Return as soon as the condition holds; fail with `what` when the deadline passes."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"After {seconds:g} s still not: {what}")
        time.sleep(every)


class Running:
    """One process that leads a group of its own; its words are in `log`."""

    def __init__(self, command: list[str], *, env: Mapping[str, str], log: Path, cwd: Path = ROOT) -> None:
        self.command = command
        self.log = log
        with log.open("ab") as words:
            self.process = subprocess.Popen(
                command, cwd=cwd, env=env, stdout=words, stderr=subprocess.STDOUT, start_new_session=True
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def words(self) -> str:
        return self.log.read_text(errors="replace")

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        """SIGKILL, the whole group at once: no goodbyes."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, *, seconds: float = 20) -> int:
        """SIGTERM, and its exit code; SIGKILL to the group when it does not go."""
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        finally:
            self.kill()


@contextlib.contextmanager
def running(command: list[str], *, env: Mapping[str, str], log: Path, cwd: Path = ROOT) -> Iterator[Running]:
    """Start a command; whatever of it is left at the end of the block is killed."""
    process = Running(command, env=env, log=log, cwd=cwd)
    try:
        yield process
    finally:
        process.kill()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def descendants(pid: int) -> list[int]:
    """Every process below this one, whatever its group; empty once all are gone. Linux only."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found = list(parents.get(pid, []))
    for child in found:
        found.extend(parents.get(child, []))
    return found


def exists(pid: int) -> bool:
    """A zombie is gone: it only waits for somebody to read its exit code."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
