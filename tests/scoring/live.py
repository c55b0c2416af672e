"""The questions of the catalog and the encoder, each read once: to prepare a question for the encoder takes seconds."""

import hashlib
import json
import pickle
import tempfile
from collections import OrderedDict
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest import mock

from bench import gaming
from catalog import folder, loader
from catalog.spec import Question
from scoring.engine import compose, score
from scoring.engine.compose import Measured
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
    return _scored(slug, _said(slug, answer, by), by)


def measured(slug: str, answer: Answer, by: Encoder | None) -> Measured:
    """What is found in an answer on the way to its marks; kept while the tests of its question run."""
    said = _said(slug, answer, by)
    if said not in _measured:
        _score(slug, said, by)
    _measured.move_to_end(said)
    return _measured[said]


# Some 2 MB each.
_measured: OrderedDict[str, Measured] = OrderedDict()
_MAX_MEASURED: Final = 32


def _said(slug: str, answer: Answer, by: Encoder | None) -> str:
    assert answer == Answer(answer.sections), "What is kept here is told apart by its texts alone."
    return json.dumps([slug, dict(answer.sections), by.fingerprint if by else ""])


def _score(slug: str, said: str, by: Encoder | None) -> Result:
    """As the product scores; what it measures is kept, and not measured again."""
    measure = compose.measure

    def once(*args: Any, **options: Any) -> Measured:
        if said not in _measured:
            _measured[said] = measure(*args, **options)
            while len(_measured) > _MAX_MEASURED:
                _measured.popitem(last=False)
        return _measured[said]

    with mock.patch.object(compose, "measure", once):
        return score(question(slug), Answer(json.loads(said)[1]), encoder=by)


@cache
def _scored(slug: str, said: str, by: Encoder | None) -> Result:
    kept = shared.folder() / "scored" / hashlib.sha256(said.encode()).hexdigest()
    if kept.exists():
        found: Result = pickle.loads(kept.read_bytes())
        return found
    found = _score(slug, said, by)
    kept.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        pickle.dump(found, file)
    Path(file.name).replace(kept)
    return found


@cache
def encoder() -> Encoder:
    return Encoder(store=shared.folder() / "vectors")
