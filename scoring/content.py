"""What scoring asks of a question before it goes live."""

from collections.abc import Iterator

from catalog import answer_file
from catalog.rules import Violation
from catalog.spec import Question
from catalog.steps import BY_KEY

MODEL_ANSWER_MARK = 3.0


def model_answer_scores(question: Question) -> Iterator[Violation]:
    """The model answer must be one by the question's own rubric: solid, at least 3, on each step."""
    from scoring import encoding, engine
    from scoring.engine.types import Answer

    answer = Answer(answer_file.steps_of(question.model_answer))
    result = engine.score(question, answer, encoder=encoding.encoder())
    for step in result.steps:
        if step.mark is None or step.mark < MODEL_ANSWER_MARK:
            got = "is not scorable" if step.mark is None else f"scores {step.mark:g}"
            yield (
                ("model_answer",),
                f"{got} on {BY_KEY[step.step].title}; {MODEL_ANSWER_MARK:g} is needed: mend the answer or the rubric",
            )
