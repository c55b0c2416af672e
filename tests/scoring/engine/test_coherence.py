"""Words that belong together, and words that were only put side by side."""

import pytest

from bench import attacks
from scoring.engine import coherence, text
from scoring.engine.coherence import Coherence
from scoring.engine.prepare import prepare
from tests.scoring.engine import own

AT_RANDOM = [name for name in attacks.ATTACKS if name.startswith("rubric's words")]


def measured(slug, sections):
    question = own.question(slug)
    sentences = [s for section in text.read(dict(sections)).sections.values() for s in section.sentences]
    return coherence.measure(sentences, prepare(question).neighbours)


@pytest.mark.parametrize("slug", own.SLUGS)
def test_every_text_of_ours_hangs_together(slug):
    for name, said in own.texts(slug):
        assert measured(slug, own.answer(said).sections).share >= 1, name


@pytest.mark.parametrize("attack", AT_RANDOM)
@pytest.mark.parametrize("slug", own.SLUGS)
def test_words_of_the_rubric_drawn_at_random_do_not(slug, attack):
    assert measured(slug, attacks.ATTACKS[attack](own.question(slug)).sections).share < 1


def test_chance_is_what_pairing_the_same_words_anew_gives():
    sentences = text.read({"body": "Short link. Short link. Read link. Short replica."}).sections["body"].sentences
    found = coherence.measure(sentences, frozenset({("short", "link")}))
    assert (found.known, found.pairs) == (2 / 4, 4)
    # Three times short before, three times link after, of four pairs.
    assert found.by_chance == pytest.approx(3 * 3 / 4 / 4)


def test_a_short_text_tells_nothing():
    assert Coherence(0.0, 0.0, coherence.FEWEST - 1).share == 1
    assert Coherence(0.0, 0.0, coherence.FEWEST).share < 1
