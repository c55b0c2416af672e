"""The texts that belong to the live questions: model answers, examples, probes."""

from collections.abc import Iterator
from pathlib import Path

from catalog import answer_file
from scoring.engine.types import Answer
from tests.scoring.live import SLUGS, encoder, question

__all__ = ["PROBES", "SLUGS", "answer", "encoder", "question", "texts"]

PROBES = Path(__file__).parent.parent / "probes"


def answer(text: str) -> Answer:
    return Answer({section.step: section.text for section in answer_file.split(text)})


def texts(slug: str) -> Iterator[tuple[str, str]]:
    """(name, text) of everything that belongs to a question."""
    own = question(slug)
    yield "model-answer", own.model_answer
    for example in own.examples:
        yield f"examples/{example.key}", example.text
    for path in sorted(PROBES.glob(f"*/{slug}.*md")):
        yield f"probes/{path.parent.name}/{path.stem}", path.read_text(encoding="utf-8")
