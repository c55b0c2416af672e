"""An evaluation as the result page shows it: marks beside the words they rest on. Reads, never writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.utils.safestring import SafeString

from catalog import shelves, spec, steps
from lib import bands
from scoring import diagrams, encoding, handed, lifting, passages, points, remarks
from scoring.handed import Laid, SheetLine
from scoring.lifting import Obstacle
from scoring.models import CriterionMark, Evaluation, StepMark, Submission
from scoring.passages import Passage, Piece
from scoring.points import Points
from scoring.quotes import Reply
from scoring.remarks import Flag, Note, NoteView, Said

LEVEL_NAMES: Final = {
    "mid": "the bar for mid level",
    "senior": "the bar for senior level",
    "staff": "the bar for staff level",
}


@dataclass(frozen=True)
class CriterionView:
    """`apart` is what its notes say of more than this criterion; it is shown there. `topic` is the title of what to
    study, where the library has it: early editions name a subject in words. `replies` is what the interviewer prompted.
    """

    number: str
    mark: CriterionMark
    criterion: spec.Criterion
    apart: tuple[Said, ...] = ()
    topic: str = ""
    replies: tuple[Reply, ...] = ()

    @property
    def whole_mark(self) -> int | None:
        return None if self.mark.mark is None else int(self.mark.mark)

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The rubric's words for each mark, best first."""
        return sorted(self.criterion.anchors.items(), reverse=True)

    @cached_property
    def points(self) -> Points:
        return points.read(self.mark, self.criterion, self.replies)

    @property
    def notes(self) -> tuple[NoteView, ...]:
        return remarks.views(self.mark.notes, apart=self.apart)

    @property
    def places(self) -> Iterator[tuple[str, int]]:
        """(section, start) of every quote that links into the answer."""
        for point in (*self.points.found, *self.points.nearly):
            yield from ((quote.section, quote.start) for quote in point.quotes)
        yield from ((quote.section, quote.start) for quote in self.points.also)

    @property
    def certainty(self) -> str:
        confidence = self.mark.confidence
        return "high" if confidence >= 0.7 else "medium" if confidence >= 0.4 else "low"


@dataclass(frozen=True)
class StepView:
    """`apart` is what is said of all steps, `of_step` what its criteria all say, `laid` what its text is made of."""

    number: int
    step: steps.Step
    mark: StepMark
    criteria: tuple[CriterionView, ...]
    text: str
    every: tuple[CriterionView, ...]
    flags: tuple[Flag, ...] = ()
    of_step: tuple[Said, ...] = ()
    apart: tuple[Said, ...] = ()
    laid: Laid = handed.TEXT_ALONE

    @property
    def words(self) -> int:
        """Of what was written: the lines of a sheet and the parts of a board are none."""
        return len(self.laid.written(self.text).split())

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.laid.board

    @property
    def notes(self) -> tuple[NoteView, ...]:
        """What is to be said of the step and belongs to no single criterion."""
        return remarks.views([*self.mark.notes, *_notes(self.of_step)], apart=self.apart)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return passages.highlighted(self.text, self.step.key, self.every, self.flags, self._linked)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return passages.passages(self.text, self.step.key, self.every, self.flags, self._linked, self.laid)

    @property
    def _linked(self) -> list[int]:
        return [start for view in self.every for section, start in view.places if section == self.step.key]


@dataclass(frozen=True)
class ResultView:
    evaluation: Evaluation
    submission: Submission
    question: spec.Question
    steps: tuple[StepView, ...]
    flags: tuple[Flag, ...] = ()
    of_all: tuple[Said, ...] = ()

    @property
    def notes(self) -> tuple[NoteView, ...]:
        """What is to be said of the whole answer."""
        return remarks.views(_notes(self.of_all))

    @property
    def flag_count(self) -> str:
        """How many places of each kind are marked in the answer, in words."""
        return remarks.count(self.flags)

    @property
    def refused(self) -> str:
        """Why no step could be scored, where it is the same for all of them."""
        reasons = {step.mark.reason for step in self.steps}
        return reasons.pop() if len(self.steps) > 1 and len(reasons) == 1 else ""

    @property
    def overall_text(self) -> str:
        """Rounded, but never over the line into a band that was not reached."""
        overall = self.evaluation.overall
        if overall is None:
            return ""
        return f"{overall:.0f}" if bands.band_of(round(overall)).key == self.evaluation.band else f"{overall:.1f}"

    @property
    def likely(self) -> str:
        """The likely range, rounded as everywhere: "48 to 75"."""
        low, high = self.evaluation.low, self.evaluation.high
        return "" if low is None or high is None else f"{low:.0f} to {high:.0f}"

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
        """The other bands that the likely range touches: "Developing", or "Developing and Strong"."""
        low, high = self.evaluation.low, self.evaluation.high
        if low is None or high is None:
            return ""
        first, last = bands.BANDS.index(bands.band_of(low)), bands.BANDS.index(bands.band_of(high))
        return " and ".join(b.name for b in bands.BANDS[first : last + 1] if b.key != self.evaluation.band)

    @cached_property
    def lift(self) -> dict[str, Any] | None:
        lift = self.evaluation.lift
        if not lift:
            return None
        view = next((c for s in self.steps for c in s.criteria if c.mark.key == lift["criterion"]), None)
        return {**lift, "view": view, "band_name": bands.name_of(lift["band"])} if view else None

    @cached_property
    def obstacle(self) -> Obstacle | None:
        """Why there is no smallest change to name."""
        return None if self.lift else lifting.obstacle(self)

    @property
    def opened(self) -> str:
        """The criterion that is unfolded when the page opens: the one to lift, else the first of the lowest."""
        if self.lift:
            return str(self.lift["view"].mark.key)
        marked = [row.mark for step in self.steps for row in step.criteria if row.mark.mark is not None]
        return min(marked, key=lambda mark: mark.mark or 0.0).key if marked else ""

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


def build(evaluation: Evaluation, *, sheet: Sequence[SheetLine] = ()) -> ResultView:
    """The page of a finished evaluation. Three queries beyond its submission: criterion marks, step marks, topics.

    `sheet` are the lines of the estimation sheet as they were typed, where who asks can work them out.
    """
    submission = evaluation.submission
    question = submission.edition.spec
    numbers = {step.key: number for number, step in enumerate(steps.STEPS, start=1)}
    marks, rows = list(evaluation.step_marks.all()), _criteria(evaluation, question, numbers)
    of_steps = {mark.step: remarks.shared([row.mark.notes for row in rows[mark.step]]) for mark in marks}
    of_all = remarks.shared([_said(mark, of_steps[mark.step]) for mark in marks if mark.mark is not None])
    rows = {step: _set_apart(own, (*of_steps.get(step, ()), *of_all)) for step, own in rows.items()}
    every = tuple(row for mark in marks for row in rows[mark.step])
    flags = remarks.flags(_noted(marks, every), [step.key for step in steps.STEPS if step.key in submission.answer])
    views = tuple(
        StepView(
            number=numbers[mark.step],
            step=steps.BY_KEY[mark.step],
            mark=mark,
            criteria=rows[mark.step],
            text=submission.answer.get(mark.step, ""),
            every=every,
            flags=tuple(flag for flag in flags if flag.place.section == mark.step),
            of_step=of_steps[mark.step],
            apart=of_all,
            laid=handed.of_step(submission, mark.step, sheet),
        )
        for mark in marks
    )
    return ResultView(evaluation, submission, question, views, flags, of_all)


def _criteria(
    evaluation: Evaluation, question: spec.Question, numbers: dict[str, int]
) -> dict[str, tuple[CriterionView, ...]]:
    marks = {mark.key: mark for mark in evaluation.criterion_marks.all()}
    titles = shelves.titles([criterion.study for _, criterion in question.criteria()])
    replies = handed.replies(evaluation.submission)
    rows: dict[str, list[CriterionView]] = {step: [] for step in numbers}
    for step, criterion in question.criteria():
        if mark := marks.get(criterion.key):
            number = f"{numbers[step]}.{len(rows[step]) + 1}"
            rows[step].append(CriterionView(number, mark, criterion, (), titles.get(criterion.study, ""), replies))
    return {step: tuple(own) for step, own in rows.items()}


def _set_apart(rows: Sequence[CriterionView], apart: tuple[Said, ...]) -> tuple[CriterionView, ...]:
    return tuple(replace(row, apart=apart) for row in rows)


def _said(mark: StepMark, of_step: Sequence[Said]) -> list[Note]:
    return [*mark.notes, *_notes(of_step)]


def _notes(said: Sequence[Said]) -> list[Note]:
    return [{"kind": kind, "text": text} for kind, text in said]


def _noted(marks: Sequence[StepMark], rows: Sequence[CriterionView]) -> Iterator[tuple[str, Note]]:
    """Every note, with the part of the page it belongs to."""
    for row in rows:
        yield from ((f"c-{row.mark.key}", note) for note in row.mark.notes)
    for mark in marks:
        yield from ((f"s-{mark.step}", note) for note in mark.notes)
