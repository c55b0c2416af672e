from pathlib import Path

import pytest

from catalog import folder, loader, rules
from scoring.content import model_answer_scores
from tests.catalog.factories import make_spec


@pytest.mark.usefixtures("by_words")
def test_a_model_answer_that_says_nothing_is_named_step_by_step() -> None:
    found = list(model_answer_scores(make_spec()))
    assert len(found) == 5
    assert all(path == ("model_answer",) and "3 is needed" in message for path, message in found)


@pytest.mark.parametrize("path", folder.question_folders(loader.default_root()), ids=lambda path: path.name)
def test_our_own_model_answers_score(path: Path) -> None:
    assert model_answer_scores in rules.registered
    assert folder.read(path, thorough=True).problems == ()
