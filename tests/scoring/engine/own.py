"""The texts that belong to the live questions: model answers, examples, probes."""

from collections.abc import Iterator
from pathlib import Path

from catalog import answer_file
from scoring.engine.compose import Measured
from scoring.engine.encoder import Encoder
from scoring.engine.types import Answer
from tests.scoring import live
from tests.scoring.live import SLUGS, encoder, question, scored

__all__ = ["PROBES", "SLUGS", "answer", "encoder", "measured", "question", "scored", "texts"]

PROBES = Path(__file__).parent.parent / "probes"


def answer(text: str) -> Answer:
    """As `answer_file.steps_of` cuts it, so that it is scored once for all tests; without headings, a body."""
    return Answer({section.step: section.text.strip() for section in answer_file.split(text)})


def measured(slug: str, text: str, by: Encoder | None) -> Measured:
    return live.measured(slug, answer(text), by)


def texts(slug: str) -> Iterator[tuple[str, str]]:
    """(name, text) of everything that belongs to a question."""
    own = question(slug)
    yield "model-answer", own.model_answer
    for example in own.examples:
        yield f"examples/{example.key}", example.text
    for path in sorted(PROBES.glob(f"*/{slug}.*md")):
        yield f"probes/{path.parent.name}/{path.stem}", path.read_text(encoding="utf-8")
