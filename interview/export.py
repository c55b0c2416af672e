"""A session as one Markdown file: the answer first, then every mark and the words behind it."""

from collections.abc import Iterator

from catalog import answer_file
from interview.models import Session
from scoring import presentation
from scoring.models import Evaluation


def markdown(session: Session, evaluation: Evaluation) -> str:
    return "\n".join(_lines(session, evaluation)).rstrip() + "\n"


def _lines(session: Session, evaluation: Evaluation) -> Iterator[str]:
    yield f"# {session.edition.question.title}"
    yield ""
    yield f"Handed in {session.finished_at:%Y-%m-%d %H:%M} UTC. Edition {session.edition.number} of the question."
    yield ""
    yield answer_file.join(evaluation.submission.answer)
    if evaluation.status == Evaluation.Status.DONE:
        yield from _marks(presentation.build(evaluation))
    else:
        yield "Not scored yet."


def _marks(view: presentation.ResultView) -> Iterator[str]:
    yield "# Score"
    yield ""
    if view.evaluation.overall is not None:
        yield (
            f"{view.band_name}: {view.evaluation.overall:.0f} of 100, "
            f"likely between {view.evaluation.low:.0f} and {view.evaluation.high:.0f}."
        )
    else:
        yield "No overall: this was one step, or nothing in it could be scored."
    yield f"Marked by rules, engine {view.evaluation.engine}. Every quote is word for word from the answer."
    for step in view.steps:
        yield ""
        yield f"## {step.step.title}: {_mark(step.mark.mark)}"
        if step.mark.reason:
            yield ""
            yield step.mark.reason
        for row in step.criteria:
            yield ""
            yield f"### {row.number} {row.criterion.title}: {_mark(row.mark.mark)}"
            yield ""
            if row.mark.summary:
                yield row.mark.summary
            yield from (f"> {line}" for quote in row.mark.evidence for line in quote["quote"].splitlines())
            yield from (f"- Missing: {missing}" for missing in row.mark.missing)
            yield from (f"- Perhaps there, but not recognised: {unsure}" for unsure in row.mark.unsure)
            yield from (f"- Note: {note['text']}" for note in row.mark.notes)


def _mark(mark: float | None) -> str:
    return "not scorable" if mark is None else f"{mark:g} of 4"
