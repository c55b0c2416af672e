"""The texts that belong to the live questions: model answers, examples, probes."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from catalog import answer_file
from scoring.engine.compose import Measured, measure
from scoring.engine.encoder import Encoder
from scoring.engine.types import Answer
from tests.scoring.live import SLUGS, encoder, question, scored

__all__ = ["PROBES", "SLUGS", "answer", "encoder", "measured", "question", "scored", "texts"]

PROBES = Path(__file__).parent.parent / "probes"


def answer(text: str) -> Answer:
    return Answer({section.step: section.text for section in answer_file.split(text)})


@lru_cache(maxsize=32)
def measured(slug: str, text: str, by: Encoder | None) -> Measured:
    """What is found in a text of ours; kept while the tests of its question run."""
    return measure(question(slug), answer(text), encoder=by)


def texts(slug: str) -> Iterator[tuple[str, str]]:
    """(name, text) of everything that belongs to a question."""
    own = question(slug)
    yield "model-answer", own.model_answer
    for example in own.examples:
        yield f"examples/{example.key}", example.text
    for path in sorted(PROBES.glob(f"*/{slug}.*md")):
        yield f"probes/{path.parent.name}/{path.stem}", path.read_text(encoding="utf-8")
