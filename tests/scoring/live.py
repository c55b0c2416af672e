"""The questions of the catalog and the encoder, each read once: to prepare a question for the encoder takes seconds."""

from functools import cache
from typing import Final

from bench import gaming
from catalog import folder, loader
from catalog.spec import Question
from scoring.engine.encoder import Encoder

SLUGS: Final = tuple(path.name for path in folder.question_folders(loader.default_root()))
PROBES: Final = gaming.PROBES


@cache
def question(slug: str) -> Question:
    reading = folder.read(loader.default_root() / slug)
    assert reading.question, reading.problems
    return reading.question


@cache
def encoder() -> Encoder:
    return Encoder()
