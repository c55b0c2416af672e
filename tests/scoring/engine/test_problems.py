"""The problems that an answer may be about instead of its own."""

import numpy as np
import pytest

from scoring.engine import problems
from scoring.engine.prepare import prepare
from tests.scoring.engine import own

# The file is written anew now and then, not with every word of a rubric.
ALIKE = 0.98


def test_the_file_is_of_this_encoder_and_of_these_questions(model):
    known = problems.known(model.fingerprint)
    assert known, "write it: python scoring/model/vectors.py"
    assert set(own.SLUGS) == {name for name, is_asked in zip(known.names, known.asked, strict=True) if is_asked}
    for slug in own.SLUGS:
        shown = prepare(own.question(slug)).centre(model) - known.shared
        assert known.rows[known.names.index(slug)] @ shown >= ALIKE * np.linalg.norm(shown), slug


def test_the_file_holds_every_problem_that_is_described(model):
    known = problems.known(model.fingerprint)
    assert known
    assert set(problems.described()) <= set(known.names)
    for name, sentences in problems.described().items():
        assert len(set(sentences)) == len(sentences) >= 10, name


def test_without_the_file_or_with_another_encoder_nothing_is_known(monkeypatch, tmp_path):
    assert problems.known("another") is None
    monkeypatch.setattr(problems, "PATH", tmp_path / "none.npz")
    problems.known.cache_clear()
    assert problems.known("another") is None
    problems.known.cache_clear()


def mean(model, *sentences):
    return model.encode(list(sentences)).mean(axis=0)


@pytest.mark.parametrize("slug", own.SLUGS)
def test_a_question_leads_over_every_other_one(slug, model):
    known = problems.known(model.fingerprint)
    assert known
    question = prepare(own.question(slug)).centre(model)
    leads = known.leads(question, question)
    assert min(leads.of_the_catalog, leads.of_others) > 0.2


def test_sentences_about_another_problem_fall_behind(model):
    known = problems.known(model.fingerprint)
    assert known
    question = prepare(own.question("video-streaming")).centre(model)
    call = mean(
        model,
        "Each participant of the call sends audio and video to a forwarding unit, which passes it on to the others.",
        "When the network gets worse, the sender drops the highest layer, and the conversation goes on.",
        "Joining a meeting takes less than two seconds, and speech is heard within 200 ms.",
    )
    assert known.leads(call, question).of_others < -0.4


def test_the_same_problem_under_another_name_is_no_rival(model):
    known = problems.known(model.fingerprint)
    assert known
    place = known.names.index("chat")
    as_chat = known.rows[place] + known.shared
    assert known.leads(as_chat, as_chat).of_the_catalog > 0.2
