"""A session as one Markdown file: the answer first, then what was typed and said beside it, then every mark."""

from collections.abc import Iterable, Iterator

from catalog import answer_file
from interview import aftermath, looking_back
from interview.aftermath import Change
from interview.looking_back import FollowUp, Talk
from interview.models import Session
from interview.parts import SHEET_STEP
from scoring import presentation
from scoring.models import Evaluation, Submission
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
    yield from _sheet(submission)
    yield from _talk(looking_back.talk(session.edition.spec, submission))
    if evaluation.status == Evaluation.Status.DONE:
        view = presentation.build(evaluation)
        yield from _change(aftermath.build(session, submission, view))
        yield from _score(view)
    else:
        yield f"Not scored yet. {evaluation.reason}".strip()


def _sheet(submission: Submission) -> Iterator[str]:
    """As it was typed: the answer holds what it came to."""
    typed = submission.originals.get(f"{SHEET_STEP}.sheet", "")
    if typed.strip():
        yield from ("# The sheet as it was typed", "", *(f"    {line}".rstrip() for line in typed.splitlines()), "")


def _talk(talk: Talk) -> Iterator[str]:
    if not talk:
        return
    yield from ("# Interview", "")
    if talk.counted:
        asked_well = looking_back.counted(talk.counted, "question that changes", "questions that change")
        yield from (f"You asked {asked_well} the design, before designing.", "")
    for asked in talk.asked:
        yield f"You asked: {_flat(asked.text)}"
        yield from (line for reply in asked.replies for line in _quote(reply))
        if asked.counts:
            yield from ("", "Asked in time, and it changes the design.")
        yield ""
    for follow_up in talk.follow_ups:
        yield from (f"Follow-up: {_flat(follow_up.text)} ({_became(follow_up)})", "")
    for hint in talk.hints:
        price = f" (−{hint.cost:.1f} on {hint.title})" if hint.cost and hint.title else ""
        yield from (f"Hint: {_flat(hint.text)}{price}", "")


def _became(follow_up: FollowUp) -> str:
    return {"answered": "answered in the text", "skipped": "skipped"}.get(follow_up.state, "no reply")


def _change(change: Change | None) -> Iterator[str]:
    if change is None:
        return
    yield from ("# What changed", "")
    if change.requirement:
        yield from (f"Until then: {_flat(change.requirement)}", "")
    yield from (f"From then on: {_flat(change.says)}", "")
    if change.told:
        yield from (*(f"- {sentence}" for sentence in change.told), "")
    if change.changes:
        yield from (f"What a good answer changes: {_flat(change.changes)}", "")
    if change.keeps:
        yield from (f"What it keeps: {_flat(change.keeps)}", "")
    if change.touches:
        touched = (f"{row.number} {row.criterion.title}, {_mark(row.mark.mark)}" for row in change.touches)
        yield from (f"Put in question again: {'; '.join(touched)}.", "")


def _flat(text: str) -> str:
    """In one line, so that nothing of it is taken for a heading or a list."""
    return " ".join(text.split())


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
