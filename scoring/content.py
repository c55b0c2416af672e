"""What scoring asks of a question before it goes live: its own texts must get what they are there to show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from catalog import answer_file
from catalog.rules import Violation
from catalog.spec import ExampleKind, Question
from catalog.steps import BY_KEY
from scoring import encoding

if TYPE_CHECKING:
    from scoring.engine.types import Result

MODEL_ANSWER_MARK: Final = 3.5
# Kind of an example → the least and the most that it may get, of 100.
BANDS: Final[Mapping[ExampleKind, tuple[float, float]]] = {
    "strong": (80.0, 100.0),
    "middling": (25.0, 80.0),
    "weak": (0.0, 35.0),
}
# The most that an excellent answer to another question may get, of 100.
ANOTHER_QUESTIONS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the texts of a question get by its rubric: the marks of the model answer by step, 0 to 4, the overall of
    each example by key, 0 to 100, and the criteria that some text reaches.
    """

    question: Question
    model: Mapping[str, float | None]
    examples: Mapping[str, float]
    reached: frozenset[str]

    @property
    def lowest(self) -> float:
        """The mark of the model answer's weakest step."""
        return min(mark or 0.0 for mark in self.model.values())

    def of(self, kind: ExampleKind) -> tuple[float, ...]:
        return tuple(self.examples[e.key] for e in self.question.examples if e.kind == kind)


def standing(question: Question) -> Standing:
    results = {example.key: judge(question, example.text) for example in question.examples}
    model = judge(question, question.model_answer)
    return Standing(
        question,
        {step.step: step.mark for step in model.steps},
        {key: result.overall or 0.0 for key, result in results.items()},
        frozenset(
            criterion.key
            for result in (model, *results.values())
            for step in result.steps
            for criterion in step.criteria
            # A mark alone may rest on an echo.
            if any(point.state in ("made", "partly") for point in criterion.points)
        ),
    )


def judge(question: Question, text: str) -> "Result":
    """An answer file scored as a worker would."""
    # Loading the catalog must not load the engine.
    from scoring import engine
    from scoring.engine.types import Answer

    return engine.score(question, Answer(answer_file.steps_of(text)), encoder=encoding.encoder())


def anothers(questions: Iterable[Question]) -> Iterator[tuple[Question, Question, float]]:
    """(question, other, what the other's model answer gets there, of 100) for every pair. Takes a third of a second
    for each.
    """
    every = tuple(questions)
    for other in every:
        for question in every:
            if question is not other:
                yield question, other, judge(question, other.model_answer).overall or 0.0


def own_texts_score(question: Question) -> Iterator[Violation]:
    """The model answer is one by the question's own rubric, examples lie in their bands, each criterion is reached."""
    yield from shortcomings(standing(question))


def shortcomings(found: Standing) -> Iterator[Violation]:
    question = found.question
    for step, mark in found.model.items():
        if mark is None or mark < MODEL_ANSWER_MARK:
            got = "is not scorable" if mark is None else f"scores {mark:g}"
            yield (
                ("model_answer",),
                f"{got} on {BY_KEY[step].title}; {MODEL_ANSWER_MARK:g} is needed: mend the answer or the rubric",
            )
    for example in question.examples:
        least, most = BANDS[example.kind]
        overall = found.examples[example.key]
        if not least <= overall <= most:
            yield (
                ("examples", example.key),
                f"gets {overall:g}; a {example.kind} example lies between {least:g} and {most:g}: "
                "mend the example or the rubric",
            )
    for step_key, rubric in question.steps.items():
        for index, criterion in enumerate(rubric.criteria):
            if criterion.key not in found.reached:
                path = ("steps", step_key, "criteria", index)
                yield path, f"{criterion.key} is reached by no text of the question: nobody knows whether it can be"
