"""What the workers of one run share: a folder that is gone afterwards, and what the first of them makes in it."""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

NAME = "TEST_RUN_DIR"


def folder() -> Path:
    """One for the run: made by the process that asks first, and inherited by those it starts."""
    if NAME not in os.environ:
        os.environ[NAME] = tempfile.mkdtemp(prefix="fortyfive-tests-")
        atexit.register(shutil.rmtree, os.environ[NAME], ignore_errors=True)
    return Path(os.environ[NAME])


def once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the run: `make` fills it, and whoever asks meanwhile or later gets the filled one."""
    found = folder() / name
    with Path(f"{found}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            begun = Path(tempfile.mkdtemp(dir=folder(), prefix=f"{name}."))
            make(begun)
            begun.rename(found)
    return found


def worker() -> int:
    """Which of the workers this is, from 0; the only one is 0, too."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
