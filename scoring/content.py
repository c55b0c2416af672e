"""What scoring asks of a question before it goes live: its own texts must get what they are there to show."""

from collections.abc import Iterator
from typing import Final

from catalog import answer_file
from catalog.rules import Violation
from catalog.spec import Question
from catalog.steps import BY_KEY
from scoring.engine.types import Answer, Result

MODEL_ANSWER_MARK: Final = 3.5
# Kind of an example → the least and the most that it may get, of 100.
BANDS: Final = {"strong": (80.0, 100.0), "middling": (25.0, 80.0), "weak": (0.0, 35.0)}


def own_texts_score(question: Question) -> Iterator[Violation]:
    """The model answer is one by the question's own rubric, examples lie in their bands, each criterion is reached."""
    from scoring import encoding, engine

    encoder = encoding.encoder()

    def judge(text: str) -> Result:
        return engine.score(question, Answer(answer_file.steps_of(text)), encoder=encoder)

    reached: set[str] = set()
    for step in judge(question.model_answer).steps:
        reached |= {criterion.key for criterion in step.criteria if criterion.mark}
        if step.mark is None or step.mark < MODEL_ANSWER_MARK:
            got = "is not scorable" if step.mark is None else f"scores {step.mark:g}"
            yield (
                ("model_answer",),
                f"{got} on {BY_KEY[step.step].title}; {MODEL_ANSWER_MARK:g} is needed: mend the answer or the rubric",
            )
    for example in question.examples:
        result = judge(example.text)
        reached |= {criterion.key for step in result.steps for criterion in step.criteria if criterion.mark}
        least, most = BANDS[example.kind]
        overall = result.overall or 0.0
        if not least <= overall <= most:
            yield (
                ("examples", example.key),
                f"gets {overall:g}; a {example.kind} example lies between {least:g} and {most:g}: "
                "mend the example or the rubric",
            )
    for step_key, rubric in question.steps.items():
        for index, criterion in enumerate(rubric.criteria):
            if criterion.key not in reached:
                path = ("steps", step_key, "criteria", index)
                yield path, f"{criterion.key} is reached by no text of the question: nobody knows whether it can be"
