import pytest

from catalog import rules
from scoring import encoding
from scoring.content import own_texts_score
from tests.catalog.factories import make_spec
from tests.scoring import live


@pytest.mark.usefixtures("by_words")
def test_a_model_answer_that_says_nothing_is_named_step_by_step() -> None:
    found = [message for path, message in own_texts_score(make_spec()) if path == ("model_answer",)]
    assert len(found) == 5
    assert all("3.5 is needed" in message for message in found)


@pytest.mark.usefixtures("by_words")
def test_an_example_out_of_its_band_and_a_criterion_that_nothing_reaches_are_named() -> None:
    found = dict(own_texts_score(make_spec()))
    assert "a strong example lies between 80 and 100" in found["examples", "strong"]
    assert ("examples", "weak") not in found
    assert "reached by no text" in found["steps", "deep_dive", "criteria", 0]


def test_a_thorough_check_of_a_question_asks_for_it() -> None:
    assert own_texts_score in rules.registered


@pytest.mark.parametrize("slug", live.SLUGS)
def test_our_own_texts_get_what_they_are_there_to_show(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Prepared once for all tests of the question; `check_catalog`, which lint runs, prepares it anew.
    monkeypatch.setattr(encoding, "encoder", live.encoder)
    assert list(own_texts_score(live.question(slug))) == []
