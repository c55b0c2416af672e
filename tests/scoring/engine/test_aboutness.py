"""Is this an answer to this question? By words and by meaning."""

import pytest

from scoring.engine import aboutness, compose, score
from scoring.engine.calibration import TOP
from scoring.engine.routing import ELSEWHERE
from scoring.engine.types import Answer
from tests.scoring.engine import own, samples


def worth(sections, encoder):
    return compose.measure(samples.question(), Answer(sections), encoder=encoder).context.topic_worth


@pytest.mark.parametrize("answer", [samples.STRONG, samples.MIDDLING])
def test_an_answer_to_this_question_is_at_home(answer, encoder):
    assert worth(answer, encoder) == 1


def test_an_answer_to_another_question_is_not(encoder):
    assert worth(samples.ELSEWHERE, encoder) == 0
    result = score(samples.question(), Answer(samples.ELSEWHERE), encoder=encoder)
    assert result.overall is None
    # It has ten sentences.
    assert {step.reason for step in result.steps} == {compose.SHORT}


def test_a_longer_one_is_told_that_it_is_about_another_system(encoder):
    chat = own.answer(own.question("chat").model_answer)
    result = score(own.question("payment"), chat, encoder=encoder)
    assert result.overall is None or result.overall <= 12
    reasons = {step.reason for step in result.steps} | {n.text for step in result.steps for n in step.notes}
    if encoder:
        assert any(compose.OFF_TOPIC in reason or compose.ELSEWHERE in reason for reason in reasons)


def test_too_few_sentences_to_tell_are_judged_by_words(model):
    said = "A viral snippet is served from the CDN, so the origin sees one request per edge."
    short = {"requirements": "Fast.", "high_level_design": "Simple.", "deep_dive": said}
    assert worth(short, model) == worth(short, None)


def test_one_step_by_itself_is_about_its_question_unless_it_is_clearly_about_another(model):
    payment, chat = (own.answer(own.question(slug).model_answer).sections["deep_dive"] for slug in ("payment", "chat"))

    def worth_in_payment(deep_dive):
        found = compose.measure(own.question("payment"), Answer({"deep_dive": deep_dive}), encoder=model)
        return found.context.topic_worth

    assert (worth_in_payment(payment), worth_in_payment(chat)) == (1, 0)


def test_doubt_caps_a_vague_answer_by_meaning_alone(monkeypatch, encoder):
    monkeypatch.setattr(aboutness, "worth", lambda *_: 0.1)
    found = compose.measure(samples.question(), Answer(samples.MIDDLING), encoder=encoder)
    assert (found.cap < TOP) == (encoder is not None)


@pytest.mark.parametrize("slug", own.SLUGS)
def test_all_own_texts_are_about_their_question(slug, model):
    for name, text in own.texts(slug):
        found = own.measured(slug, text, model).context.topic_worth
        assert found == 1 or "weak" in name, (name, found)


def test_what_may_be_about_another_system_asks_for_a_mentor(monkeypatch):
    monkeypatch.setattr(aboutness, "worth", lambda *_: 0.5)
    assert ELSEWHERE in score(samples.question(), Answer(samples.STRONG)).ask_mentor
