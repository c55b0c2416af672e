"""The scoring engine: `score(question, answer, variant) -> Result`. Pure and deterministic.

Importing this package costs nothing: the engine itself, and the numerics it stands on, are loaded by the first call.
The web process hands answers in and shows results, and never scores.
"""

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from catalog.spec import Question
    from scoring.engine.concepts import Encodes
    from scoring.engine.types import Answer, Result

__all__ = ["ENGINE_VERSION", "score"]

# Before numpy is loaded. Products of small matrices take no less time on many threads, which wait for each other in
# vain: workers are scaled by their number, and sums come out in the same order on every machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Raised with every change that can change a mark; tests/golden keeps watch.
ENGINE_VERSION: Final = "2.3.0"


def score(question: "Question", answer: "Answer", *, variant: int = 0, encoder: "Encodes | None" = None) -> "Result":
    """Judge an answer. The same question, answer, variant and encoder always give the same result.

    Without an encoder meanings are not compared, only words; marks are then less certain and say so.
    """
    from scoring.engine import compose

    return compose.score(question, answer, variant=variant, encoder=encoder)
