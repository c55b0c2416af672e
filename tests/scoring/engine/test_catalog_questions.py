"""The live questions against their own texts: a broad net, with room for the rubrics to improve."""

import pytest

from catalog import answer_file, folder, loader
from scoring.engine import score
from scoring.engine.types import Answer

READINGS = [folder.read(path) for path in folder.question_folders(loader.default_root())]
QUESTIONS = [reading.question for reading in READINGS if reading.question]


def overall(question, text):
    return score(question, Answer(answer_file.steps_of(text))).overall or 0.0


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.slug)
def test_the_model_answer_is_strong(question):
    assert overall(question, question.model_answer) >= 80


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.slug)
def test_strong_examples_stand_well_above_weak_ones(question):
    by_kind = {example.kind: overall(question, example.text) for example in question.examples}
    assert by_kind["strong"] >= by_kind["weak"] + 25


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.slug)
def test_answers_to_the_other_questions_earn_next_to_nothing(question):
    for other in QUESTIONS:
        if other is not question:
            assert overall(question, other.model_answer) <= 12, other.slug
