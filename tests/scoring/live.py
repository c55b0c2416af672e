"""The questions of the catalog and the encoder, each read once: to prepare a question for the encoder takes seconds."""

import hashlib
import json
import pickle
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from bench import gaming
from catalog import folder, loader
from catalog.spec import Question
from scoring.engine import score
from scoring.engine.encoder import Encoder
from scoring.engine.types import Answer, Result
from tests import shared

SLUGS: Final = tuple(path.name for path in folder.question_folders(loader.default_root()))
PROBES: Final = gaming.PROBES


@cache
def question(slug: str) -> Question:
    reading = folder.read(loader.default_root() / slug)
    assert reading.question, reading.problems
    return reading.question


def scored(slug: str, answer: Answer, by: Encoder | None) -> Result:
    """What an answer gets. Worked out once in a run, whichever worker asks: many tests ask for the same texts."""
    said = json.dumps([slug, dict(answer.sections), by.fingerprint if by else ""])
    return _scored(slug, said, by)


@cache
def _scored(slug: str, said: str, by: Encoder | None) -> Result:
    kept = shared.folder() / "scored" / hashlib.sha256(said.encode()).hexdigest()
    if kept.exists():
        found: Result = pickle.loads(kept.read_bytes())
        return found
    found = score(question(slug), Answer(json.loads(said)[1]), encoder=by)
    kept.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        pickle.dump(found, file)
    Path(file.name).replace(kept)
    return found


@cache
def encoder() -> Encoder:
    return Encoder(store=shared.folder() / "vectors")
