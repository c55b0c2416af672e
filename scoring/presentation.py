"""An evaluation as the result page shows it: marks beside the words they rest on. Reads, never writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from catalog import spec, steps
from lib import bands
from scoring import diagrams, encoding
from scoring.diagrams import Reading
from scoring.models import CriterionMark, Evaluation, StepMark, Submission

LEVEL_NAMES = {"mid": "the bar for mid level", "senior": "the bar for senior level", "staff": "the bar for staff level"}
# Kind of a note → what it is called and its drawing. An accusation, a doubt and a correction must not look alike.
NOTE_KINDS = {
    "mistake": ("Wrong as it stands", "warn"),
    "guard": ("In doubt", "eye"),
    "number": ("A number to correct", "table"),
    "diagram": ("In the diagram", "part"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the answer; `refs` are the criteria (number, anchor) whose evidence covers it."""

    text: str
    refs: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, str], ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """What is to be said of a mark, once, with all the words of the answer that it is said of."""

    kind: str
    text: str
    quotes: tuple[str, ...]

    @property
    def label(self) -> str:
        return NOTE_KINDS[self.kind][0]

    @property
    def icon(self) -> str:
        return NOTE_KINDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class CriterionView:
    number: str
    mark: CriterionMark
    criterion: spec.Criterion

    @property
    def whole_mark(self) -> int | None:
        return None if self.mark.mark is None else int(self.mark.mark)

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The rubric's words for each mark, best first."""
        return sorted(self.criterion.anchors.items(), reverse=True)

    @property
    def quotes(self) -> list[dict[str, Any]]:
        return [{**e, "step_title": _title(e["section"])} for e in self.mark.evidence]

    @property
    def notes(self) -> tuple[NoteView, ...]:
        return _notes(self.mark.notes)

    @property
    def certainty(self) -> str:
        confidence = self.mark.confidence
        return "high" if confidence >= 0.7 else "medium" if confidence >= 0.4 else "low"


@dataclass(frozen=True)
class StepView:
    number: int
    step: steps.Step
    mark: StepMark
    criteria: tuple[CriterionView, ...]
    text: str
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def notes(self) -> tuple[NoteView, ...]:
        """What is wrong in the step and belongs to no single criterion."""
        return _notes(self.mark.notes)

    @cached_property
    def diagrams(self) -> list[Reading]:
        return diagrams.read(self.text)


@dataclass(frozen=True)
class ResultView:
    evaluation: Evaluation
    submission: Submission
    question: spec.Question
    steps: tuple[StepView, ...]

    @property
    def band_name(self) -> str:
        return bands.name_of(self.evaluation.band, "")

    @property
    def level_name(self) -> str:
        return LEVEL_NAMES.get(self.evaluation.level, "")

    @property
    def by_words(self) -> bool:
        """Whether meanings were not compared, because there was no encoder."""
        return self.evaluation.encoder == encoding.WORDS

    @cached_property
    def others(self) -> list[Evaluation]:
        """What else rules made of this answer, or are about to, newest first."""
        # Most have none, and by_rules() has seen that already.
        if not getattr(self.evaluation, "has_others", True):
            return []
        rows = self.submission.evaluations.filter(source=Evaluation.Source.RULES).exclude(pk=self.evaluation.pk)
        return list(rows.order_by("-created_at"))

    @property
    def earlier(self) -> list[Evaluation]:
        """The finished results that this one took the place of."""
        return [other for other in self.others if other.status == Evaluation.Status.DONE]

    @property
    def is_scored_anew(self) -> bool:
        return any(other.is_waiting for other in self.others)

    @property
    def profile(self) -> list[dict[str, Any]]:
        """The five bars: title, weight, mark and likely range."""
        return [
            {
                "title": s.step.title,
                "short": s.step.short,
                "weight": s.step.weight,
                "mark": s.mark.mark,
                "low": s.mark.low,
                "high": s.mark.high,
            }
            for s in self.steps
        ]

    @property
    def model_answer_html(self) -> SafeString:
        return diagrams.render(self.question.model_answer)

    @property
    def quote_count(self) -> int:
        return sum(len(c.mark.evidence) for step in self.steps for c in step.criteria)

    @property
    def criterion_count(self) -> int:
        return sum(len(step.criteria) for step in self.steps)

    @property
    def range_reaches(self) -> str:
        """The other band that the likely range touches, if one."""
        low, high, band = self.evaluation.low, self.evaluation.high, self.evaluation.band
        if low is None or high is None:
            return ""
        return next((b.name for b in (bands.band_of(high), bands.band_of(low)) if b.key != band), "")

    @cached_property
    def lift(self) -> dict[str, Any] | None:
        lift = self.evaluation.lift
        if not lift:
            return None
        view = next((c for s in self.steps for c in s.criteria if c.mark.key == lift["criterion"]), None)
        return {**lift, "view": view, "band_name": bands.name_of(lift["band"])} if view else None

    @property
    def study(self) -> list[CriterionView]:
        """The criteria with most to gain, as the three next things to read about."""
        open_ones = [
            (s.step.weight * (4 - c.mark.mark), c)
            for s in self.steps
            for c in s.criteria
            if c.mark.mark is not None and c.mark.mark < 3
        ]
        return [c for _, c in sorted(open_ones, key=lambda pair: -pair[0])[:3]]


def build(evaluation: Evaluation) -> ResultView:
    """The page of a finished evaluation. Two queries beyond its submission: criterion marks and step marks."""
    submission = evaluation.submission
    question = submission.edition.spec
    criteria = {mark.key: mark for mark in evaluation.criterion_marks.all()}
    views: dict[str, list[CriterionView]] = {}
    numbers = {step.key: number for number, step in enumerate(steps.STEPS, start=1)}
    for step_key, criterion in question.criteria():
        if mark := criteria.get(criterion.key):
            row = views.setdefault(step_key, [])
            row.append(CriterionView(f"{numbers[step_key]}.{len(row) + 1}", mark, criterion))
    every = [view for rows in views.values() for view in rows]
    return ResultView(
        evaluation,
        submission,
        question,
        tuple(
            StepView(
                numbers[mark.step],
                steps.BY_KEY[mark.step],
                mark,
                tuple(views.get(mark.step, ())),
                submission.answer.get(mark.step, ""),
                highlighted(submission.answer.get(mark.step, ""), mark.step, every),
            )
            for mark in evaluation.step_marks.all()
        ),
    )


def highlighted(text: str, section: str, views: Iterable[CriterionView]) -> tuple[Piece, ...]:
    """`text` cut where evidence begins or ends. Joined again, the pieces are the text, byte for byte."""
    spans = sorted(
        (e["start"], e["end"], view.number, view.mark.key)
        for view in views
        for e in view.mark.evidence
        if e["section"] == section and 0 <= e["start"] < e["end"] <= len(text)
    )
    cuts = sorted({0, len(text), *(s[0] for s in spans), *(s[1] for s in spans)})
    pieces, anchored = [], set()
    for start, end in pairwise(cuts):
        refs = _unique((n, key) for s, e, n, key in spans if s <= start and end <= e)
        ends = _unique((n, key) for s, e, n, key in spans if e == end)
        fresh = next((key for _, key in refs if key not in anchored), "")
        if fresh:
            anchored.add(fresh)
        pieces.append(Piece(text[start:end], refs, ends, f"e-{section}-{fresh}" if fresh else ""))
    return tuple(pieces)


def _notes(stored: Sequence[Mapping[str, Any]]) -> tuple[NoteView, ...]:
    """Accusations first, then numbers, then doubts; the same said of several sentences is said once."""
    quotes: dict[tuple[str, str], list[str]] = {}
    for note in stored:
        found = quotes.setdefault((note["kind"], note["text"]), [])
        if note.get("evidence"):
            found.append(note["evidence"]["quote"])
    order = ("mistake", "number", "diagram", "guard")
    said = sorted(quotes.items(), key=lambda item: order.index(item[0][0]))
    return tuple(NoteView(kind, text, tuple(dict.fromkeys(words))) for (kind, text), words in said)


def _unique(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pairs))


def _title(section: str) -> str:
    step = steps.BY_KEY.get(section)
    return step.title if step else "Answer"
