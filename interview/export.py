"""A session as one Markdown file: the answer first, then every mark and the words behind it."""

from collections.abc import Iterable, Iterator

from catalog import answer_file
from interview.models import Session
from scoring import presentation
from scoring.models import Evaluation
from scoring.presentation import CriterionView, ResultView, StepView
from scoring.remarks import NoteView


def markdown(session: Session, evaluation: Evaluation) -> str:
    return "\n".join(_lines(session, evaluation)).rstrip() + "\n"


def _lines(session: Session, evaluation: Evaluation) -> Iterator[str]:
    submission = evaluation.submission
    yield f"# {session.edition.question.title}"
    yield ""
    yield (
        f"Handed in {session.finished_at:%Y-%m-%d %H:%M} UTC. "
        f"Edition {session.edition.number} of the question, variant {submission.variant} of its numbers."
    )
    yield ""
    yield answer_file.join(submission.answer)
    if evaluation.status == Evaluation.Status.DONE:
        yield from _score(presentation.build(evaluation))
    else:
        yield f"Not scored yet. {evaluation.reason}".strip()


def _score(view: ResultView) -> Iterator[str]:
    yield "# Score"
    for paragraph in _verdict(view):
        yield from ("", paragraph)
    for step in view.steps:
        yield from _step(step)


def _verdict(view: ResultView) -> Iterator[str]:
    """What is said of the whole answer, paragraph by paragraph."""
    judged = view.evaluation
    if judged.overall is not None:
        level = f", {view.level_name}" if view.level_name else ""
        yield (
            f"{view.band_name}{level}: {judged.overall:.0f} of 100, "
            f"likely between {judged.low:.0f} and {judged.high:.0f}."
        )
    else:
        yield "No overall: this was one step, or nothing in it could be scored."
    if judged.gates:
        yield f"No level is shown. {' '.join(judged.gates)}"
    if lift := view.lift:
        yield (
            f"What would lift this one band: {lift['missing']} It takes criterion {lift['view'].number} from "
            f"{lift['mark_from']:g} to {lift['mark_to']:g} and the overall to {lift['overall']:.0f}, "
            f"{lift['band_name']}."
        )
    yield from (f"{note.label}: {note.text}" for note in view.notes)
    if judged.ask_mentor:
        yield f"A mentor should look at this: {' '.join(judged.ask_mentor)}"
    if view.by_words:
        yield "Read by its words alone, so the marks are less certain."
    yield f"Marked by rules, {_versions(judged)}. Every quote is word for word from the answer."


def _versions(judged: Evaluation) -> str:
    """Who judged. The first engine had neither a calibration nor an encoder."""
    named = (("engine", judged.engine), ("calibration", judged.calibration), ("encoder", judged.encoder))
    return ", ".join(f"{name} {version}" for name, version in named if version)


def _step(step: StepView) -> Iterator[str]:
    yield ""
    yield f"## {step.step.title}: {_mark(step.mark.mark)}{_likely(step)}"
    if step.mark.reason:
        yield from ("", step.mark.reason)
    yield from _notes(step.notes)
    for row in step.criteria:
        yield from _criterion(row)


def _likely(step: StepView) -> str:
    low, high = step.mark.low, step.mark.high
    return "" if low is None or high is None else f", likely {low:g} to {high:g}"


def _criterion(row: CriterionView) -> Iterator[str]:
    yield ""
    yield f"### {row.number} {row.criterion.title}: {_mark(row.mark.mark)}"
    yield ""
    certainty = f"Certainty of this mark: {row.certainty}." if row.mark.mark is not None else ""
    yield f"{row.mark.summary} {certainty}".strip()
    for evidence in row.mark.evidence:
        yield from _quote(evidence["quote"])
    yield from _notes(row.notes)
    open_points = [f"- Missing: {missing}" for missing in row.mark.missing]
    open_points += [f"- Perhaps there, but not recognised: {unsure}" for unsure in row.mark.unsure]
    if open_points:
        yield from ("", *open_points, f"- Study: {row.topic or row.criterion.study}")


def _notes(notes: Iterable[NoteView]) -> Iterator[str]:
    for note in notes:
        yield from ("", f"{note.label}: {note.text}")
        for quote in note.quotes:
            yield from _quote(quote)


def _quote(quote: str) -> Iterator[str]:
    """A paragraph of its own: two quotes in a row are not one."""
    yield from ("", *(f"> {line}" for line in quote.splitlines()))


def _mark(mark: float | None) -> str:
    return "not scorable" if mark is None else f"{mark:g} of 4"
