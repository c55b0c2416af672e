"""The public sample result: a real answer, really scored, for people who have not started yet."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from catalog import answer_file
from catalog.models import Question
from scoring import grading, passages, presentation
from scoring.models import Evaluation
from scoring.passages import Piece
from scoring.presentation import CriterionView, ResultView

SLUG = "url-shortener"
STEP_SHOWN = "deep_dive"
EXCERPT_CHARS = 620


def load(*, now: datetime) -> bool:
    """Queue the sample for the live edition and engine; False when it is there already or has no question."""
    question = Question.objects.live().select_related("edition").filter(slug=SLUG).first()
    if question is None or question.edition is None:
        return False
    current = Evaluation.objects.filter(
        submission__is_sample=True,
        submission__edition=question.edition,
        grader_key=grading.rules_key(question.edition),
    )
    if current.exists():
        return False
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / "sample.md"
    answer = answer_file.steps_of(path.read_text(encoding="utf-8"))
    grading.submit(user=None, edition=question.edition, variant=0, answer=answer, is_sample=True, now=now)
    return True


def latest() -> Evaluation | None:
    """The newest sample that is scored."""
    return (
        Evaluation.objects.by_rules()
        .filter(submission__is_sample=True, status=Evaluation.Status.DONE)
        .select_related("submission__edition__question")
        .order_by("-created_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of the sample with its quotes, and the criteria of that step which they belong to."""

    view: ResultView
    pieces: tuple[Piece, ...]
    criteria: tuple[CriterionView, ...]


def excerpt() -> Excerpt | None:
    """What the landing page shows, or nothing until there is a score."""
    evaluation = latest()
    if evaluation is None:
        return None
    view = presentation.build(evaluation)
    step = next((s for s in view.steps if s.step.key == STEP_SHOWN), None)
    if step is None:
        return None
    pieces = _stretch(passages.highlighted(step.text, step.step.key, step.criteria))
    quoted = {key for piece in pieces for _, key in piece.refs}
    criteria = tuple(c for c in step.criteria if c.mark.key in quoted)
    return Excerpt(view, pieces, criteria) if criteria else None


def _stretch(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """From the first quote on, up to the length of the panel; cut only between pieces."""
    first = next((i for i, piece in enumerate(pieces) if piece.refs), 0)
    chosen: list[Piece] = []
    length = 0
    for piece in pieces[first:]:
        if chosen and length + len(piece.text) > EXCERPT_CHARS:
            break
        chosen.append(piece)
        length += len(piece.text)
    return tuple(chosen)
