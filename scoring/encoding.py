"""The encoder of this process: loaded when the first answer is scored, and not at all where nothing is scored."""

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from scoring.engine import model

if TYPE_CHECKING:
    from scoring.engine.encoder import Encoder

log = logging.getLogger(__name__)

NONE = "none"
WORDS = "words"
DIRECTORY = model.MODEL_DIR


def fingerprint() -> str:
    """What the next answer will be read with: the fingerprint of the configured model, or `words`."""
    if settings.SCORING_ENCODER == NONE:
        return WORDS
    try:
        return model.described(DIRECTORY).fingerprint
    except model.EncoderError as error:
        # Handing in does not fail because of it; the worker will come to the same end.
        log.error("Answers will be scored by their words alone: %s", error)
        return WORDS


@cache
def encoder() -> "Encoder | None":
    """The model of SCORING_ENCODER; None when it is `none` or cannot be loaded, and then answers are read by words."""
    if settings.SCORING_ENCODER == NONE:
        return None
    try:
        from scoring.engine.encoder import Encoder

        return Encoder(DIRECTORY, store=Path(settings.VAR_DIR) / "vectors")
    except Exception:
        # Whatever is wrong with a model file or a CPU: an answer is scored, with less confidence, and the log says why.
        log.exception("The encoder cannot be loaded; answers are scored by their words alone.")
        return None
