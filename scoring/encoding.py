"""The encoder of this process: loaded when the first answer is scored, and not at all where nothing is scored."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from scoring.engine.encoder import Encoder

log = logging.getLogger(__name__)

NONE = "none"
WORDS = "words"
_RECORD = Path(__file__).parent / "model" / "MODEL.json"


def fingerprint() -> str:
    """What the next answer will be read with: the fingerprint of the configured model, or `words`."""
    if settings.SCORING_ENCODER == NONE:
        return WORDS
    return str(json.loads(_RECORD.read_text(encoding="utf-8"))["fingerprint"])


@cache
def encoder() -> "Encoder | None":
    """The model of SCORING_ENCODER; None when it is `none` or cannot be loaded, and then answers are read by words."""
    if settings.SCORING_ENCODER == NONE:
        return None
    try:
        from scoring.engine.encoder import Encoder

        return Encoder()
    except Exception:
        # Whatever is wrong with a model file or a CPU: an answer is scored, with less confidence, and the log says why.
        log.exception("The encoder cannot be loaded; answers are scored by their words alone.")
        return None
