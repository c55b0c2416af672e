"""Signs of life of the processes that serve no HTTP: each touches a file, the container's health check reads its age.

`python -m jobs.heartbeat` is that check; it needs no settings and no database.
"""

import os
import sys
import time
from pathlib import Path

TOLERATED_SECONDS = 60
# Set for containers only: on one machine several processes would share the file.
PATH = os.environ.get("HEARTBEAT_FILE", "")


def beat() -> None:
    if PATH:
        Path(PATH).touch()


def age() -> float:
    """Seconds since the last sign of life."""
    try:
        return time.time() - Path(PATH).stat().st_mtime
    except FileNotFoundError:
        return float("inf")


if __name__ == "__main__":
    sys.exit(0 if PATH and age() < TOLERATED_SECONDS else 1)
