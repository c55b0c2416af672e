"""Keeps the web server and the embedded worker running. Plain Python, no Django: it must outlive their troubles.

Each child leads a process group of its own, so that its children can be stopped with it.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PATIENCE = 10.0
POLL = 0.2
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One supervised command; `due` is when it should be (re)started."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, *, now: float) -> None:
        # preexec_fn is unsafe beside threads; there are none here.
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509
        )
        self.started = now

    def check(self, *, now: float) -> None:
        """Start it when it is due; when it has died, clear away what it left and let it come back after a pause."""
        if self.process is None:
            if now >= self.due:
                self.start(now=now)
        elif self.process.poll() is not None:
            if now - self.started > STEADY_AFTER:
                self.pause = FIRST_PAUSE
            say(f"{self.name} stopped ({self.process.returncode}); starting it again in {self.pause:g} s")
            self.kill()
            self.process, self.due = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask it to finish what it is doing."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()

    def kill(self) -> None:
        """End the whole group, orphans included."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def say(text: str) -> None:
    print(text, flush=True)


def children(port: str) -> list[Child]:
    gunicorn = ["-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--worker-class=gthread"]
    gunicorn += ["--workers=1", "--threads=8", "--graceful-timeout=5", "--log-level=warning", "--no-control-socket"]
    return [
        Child("The web server", [sys.executable, *gunicorn]),
        Child("The worker", [sys.executable, "manage.py", "embworker"]),
    ]


class Supervisor:
    def __init__(self, family: list[Child], *, port: str) -> None:
        self.family = family
        self.port = port
        self.stopping = False
        self.announced = False

    def run(self) -> None:
        """Until SIGINT, SIGTERM or a closed terminal. The handler only sets a flag: a start is never cut in half."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)
        while not self.stopping:
            for child in self.family:
                child.check(now=time.monotonic())
            self.announce()
            time.sleep(POLL)
        say("\nStopping …")
        self.stop()
        say(f"Stopped. What you did is kept in {os.environ['VAR_DIR']}.")

    def announce(self) -> None:
        if not self.announced and _answers(self.port):
            self.announced = True
            say(f"\nFortyfive is at http://127.0.0.1:{self.port}/  (Ctrl-C stops it)\n")

    def stop(self) -> None:
        """Everybody finishes what they are doing, for a while; then everything of theirs is ended."""
        for child in self.family:
            child.stop()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and any(child.is_running() for child in self.family):
            time.sleep(0.05)
        for child in self.family:
            child.kill()

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def main() -> None:
    port = os.environ["PORT"]
    Supervisor(children(port), port=port).run()


def _die_with_parent() -> None:
    """On Linux the kernel tells the children when even SIGKILL ended us, so that no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(port: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(port)), timeout=0.2):
        return True
    return False


if __name__ == "__main__":
    main()
