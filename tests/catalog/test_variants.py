import pytest

from catalog import variants
from tests.scoring.engine import samples

QUESTION = samples.question()


def test_variant_0_takes_the_first_values():
    assert variants.draw(QUESTION, 0) == {
        "daily_pastes": "10M entries/day",
        "reads_per_paste": "20 reads",
        "snippet_size": "10 KB",
        "retention": "2 years",
    }


def test_a_variant_draws_the_same_values_every_time():
    # Fixed by hand: a change here changes what people were asked.
    assert [variants.draw(QUESTION, n) for n in range(5)] == [variants.draw(samples.question(), n) for n in range(5)]
    assert variants.draw(QUESTION, 1) != variants.draw(QUESTION, 2) or variants.draw(QUESTION, 2) != variants.draw(
        QUESTION, 3
    )


def test_every_value_is_drawn_by_some_variant():
    for given in QUESTION.givens:
        assert {variants.draw(QUESTION, n)[given.key] for n in range(40)} == set(given.values)


def test_names_hold_givens_and_quantities_in_order():
    names = variants.names(QUESTION, 0)
    assert names["read_rate"].to("1/second").magnitude == pytest.approx(10e6 * 20 / 86400)


def test_fill_replaces_givens_and_leaves_other_braces():
    assert variants.fill("{retention} for GET /{code}", QUESTION, 0) == "2 years for GET /{code}"
