"""What the guide asks of every answer: shares from 0 to 1 that only rise."""

import pytest

from scoring.engine import calibration, compose, craft
from scoring.engine.types import Answer
from tests.scoring.engine import samples


def shares(**sections):
    return compose.measure(samples.question(), Answer({**samples.MIDDLING, **sections})).craft


def test_every_share_has_its_place_in_the_calibration():
    found = shares()
    assert {step: len(values) for step, values in found.items()} == {
        step: len(line.craft) for step, line in calibration.STEPS.items()
    }


@pytest.mark.parametrize("answer", [samples.STRONG, samples.MIDDLING, samples.WEAK, samples.ELSEWHERE])
def test_shares_go_from_0_to_1(answer):
    for values in shares(**answer).values():
        assert all(0 <= value <= 1 for value in values)


@pytest.mark.parametrize("step", list(samples.STRONG))
def test_more_text_lowers_no_share(step):
    before = shares()
    after = shares(**{step: f"{samples.MIDDLING[step]}\n\n{samples.STRONG[step]}"})
    for key, values in before.items():
        assert all(b >= a for a, b in zip(values, after[key], strict=True)), key


@pytest.mark.parametrize("step", list(samples.STRONG))
def test_saying_it_twice_gains_nothing(step):
    once = shares(**{step: samples.STRONG[step]})
    assert shares(**{step: f"{samples.STRONG[step]}\n\n{samples.STRONG[step]}"}) == once


@pytest.mark.parametrize(
    ("step", "place", "without", "with_it"),
    [
        (
            "requirements",
            0,
            "People paste a snippet and read it again.",
            "Out of scope: profiles and comments on snippets.",
        ),
        ("estimation", 0, "There are 116 writes/s of snippets.", "Writes: 10M / 86,400 s = 116 writes/s."),
        ("estimation", 1, "The disk holds 73 TB of snippets.", "There are 116 writes/s of snippets."),
        ("estimation", 2, "There are 116 writes/s of snippets.", "The disk holds 73 TB of snippets."),
        ("estimation", 3, "There are 116 writes/s of snippets.", "At the peak there are 350 writes/s of snippets."),
        ("high_level_design", 0, "A row holds all there is.", "A row holds paste_id, created_at and owner_id."),
        ("deep_dive", 0, "It is all very good.", "Each shard keeps 3 replicas, so a lost machine costs nothing."),
        ("deep_dive", 1, "It is all very good.", "When a shard dies, its follower takes over in ten seconds."),
        ("wrap_up", 0, "That is all there is to it.", "We alert on errors and roll back a bad release."),
    ],
)
def test_what_is_worked_out_counts(step, place, without, with_it):
    assert shares(**{step: with_it})[step][place] > shares(**{step: without})[step][place]


def test_a_list_of_terms_is_no_craft():
    listed = "Sharding, replicas, cache, eviction, TTL, index, retries, idempotency, locks, quorum, queue, CDN, batch."
    assert shares(deep_dive=listed)["deep_dive"] == (0.0, 0.0)


def test_a_family_of_mechanisms_counts_once():
    one = craft.MECHANISMS[0]
    assert one.search("We shard by id.")
    assert one.search("The table is partitioned by day.")
    said = "We shard by id because one machine is too small. "
    again = said + "We partition by id because one machine is too small."
    assert shares(deep_dive=said)["deep_dive"] == shares(deep_dive=again)["deep_dive"]
