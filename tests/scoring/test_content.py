import pytest

from catalog import rules
from scoring import encoding
from scoring.content import model_answer_scores
from tests.catalog.factories import make_spec
from tests.scoring import live


@pytest.mark.usefixtures("by_words")
def test_a_model_answer_that_says_nothing_is_named_step_by_step() -> None:
    found = list(model_answer_scores(make_spec()))
    assert len(found) == 5
    assert all(path == ("model_answer",) and "3 is needed" in message for path, message in found)


def test_a_thorough_check_of_a_question_asks_for_it() -> None:
    assert model_answer_scores in rules.registered


@pytest.mark.parametrize("slug", live.SLUGS)
def test_our_own_model_answers_score(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Prepared once for all tests of the question; `check_catalog`, which lint runs, prepares it anew.
    monkeypatch.setattr(encoding, "encoder", live.encoder)
    assert list(model_answer_scores(live.question(slug))) == []
