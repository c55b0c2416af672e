"""The live questions against their own texts: a broad net, with room for the rubrics to improve."""

from functools import cache

import pytest

from scoring.engine import score
from tests.scoring.engine import own

EACH = pytest.mark.parametrize("slug", own.SLUGS)


@cache
def overall(slug, text, encoder):
    return score(own.question(slug), own.answer(text), encoder=encoder).overall or 0.0


@EACH
def test_the_model_answer_is_strong(slug, encoder):
    assert overall(slug, own.question(slug).model_answer, encoder) >= (80 if encoder else 65)


@EACH
def test_strong_examples_stand_well_above_weak_ones(slug, encoder):
    by_kind = {example.kind: overall(slug, example.text, encoder) for example in own.question(slug).examples}
    assert by_kind["strong"] >= by_kind["weak"] + 25


def answers_from_elsewhere(slug, encoder):
    """Other questions' model answers that earn more than next to nothing here."""
    others = (other for other in own.SLUGS if other != slug)
    found = {other: overall(slug, own.question(other).model_answer, encoder) for other in others}
    return {other: value for other, value in found.items() if value > 12}


@EACH
def test_answers_to_the_other_questions_earn_next_to_nothing(slug, model):
    assert not answers_from_elsewhere(slug, model)


@EACH
@pytest.mark.xfail(reason="by words alone, neighbours such as chat and notification are not told apart", strict=False)
def test_answers_to_the_other_questions_earn_next_to_nothing_by_words(slug):
    assert not answers_from_elsewhere(slug, None)
