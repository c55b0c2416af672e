"""How much of what could be tried is tried: all of it in `make soak`, some of it in `make test`."""

import os
from collections.abc import Sequence
from typing import TypeVar

SOAKING = int(os.environ.get("SOAK_ROUNDS", "1")) > 1

T = TypeVar("T")


def one_in(every: int, of: Sequence[T], turn: int = 0) -> Sequence[T]:
    """Every so many of them, others in another turn; all of them in a soak."""
    return of if SOAKING else of[turn % every :: every]
