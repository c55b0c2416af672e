"""The claims that no design makes true: well-formed, and never mistaken for what is right."""

from collections import Counter

import pytest
import yaml

from scoring.engine import bank, mistakes
from scoring.engine.statements import NEGATION
from scoring.engine.text import tokens
from tests.scoring.engine import own, samples
from tests.scoring.engine.test_matchers import context

ENTRIES = yaml.safe_load(bank._IMPOSSIBLE.read_text(encoding="utf-8"))
KEYS = {"key", "topic", "claims", "corrections", "why", "cap"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_every_entry_is_well_formed(entry):
    assert set(entry) == KEYS
    assert len(set(entry["claims"])) >= 4
    assert len(set(entry["corrections"])) >= 3
    assert not set(entry["claims"]) & set(entry["corrections"])
    assert 0 <= entry["cap"] <= 4
    assert entry["cap"] * 2 == int(entry["cap"] * 2)
    for text in (*entry["claims"], *entry["corrections"], entry["why"]):
        assert text == text.strip()
        assert text.endswith("."), text
        assert "!" not in text


def test_keys_and_claims_differ():
    assert max(Counter(entry["key"] for entry in ENTRIES).values()) == 1
    assert max(Counter(text for entry in ENTRIES for text in entry["claims"]).values()) == 1


def test_the_bank_of_a_question_holds_its_own_claims_and_the_impossible_ones(prepared):
    keys = [charge.key for charge in prepared.claims.charges]
    assert "addresses:0" in keys
    assert sum(key.startswith("impossible:") for key in keys) == len(ENTRIES)
    assert not any(charge.mistake.edge for charge in prepared.claims.charges)
    assert len(prepared.claims.claims) == len(prepared.claims.claim_of) == len(prepared.claims.denying)
    assert len(prepared.claims.corrections) == len(prepared.claims.correction_of)
    for place, charge in enumerate(prepared.claims.charges):
        own_claims = [c for c, of in zip(prepared.claims.claims, prepared.claims.claim_of, strict=True) if of == place]
        assert tuple(own_claims) == charge.mistake.claims


def test_words_in_common_go_from_0_to_1_and_a_text_has_all_in_common_with_itself(prepared):
    words = prepared.claims.claim_words
    for place, claim in enumerate(prepared.claims.claims[:40]):
        stems = {token.stem for token in tokens(claim) if token.stem}
        shared = words.overlap(stems)
        assert shared[place] == pytest.approx(1)
        assert shared.min() >= 0
        assert shared.max() <= 1 + 1e-9
    assert words.overlap([]).max() == 0


def accusing(entries, prepared, encoder, field):
    """The sentences of a field of the bank that are taken for the claim of their entry."""
    found = []
    for entry in entries:
        for said in entry[field]:
            claimed = mistakes.find(context(prepared, encoder=encoder, deep_dive=said))
            if any(c.charge.key == f"impossible:{entry['key']}" for c in claimed):
                found.append(said)
    return found


def test_nearly_no_correction_is_taken_for_the_claim(prepared, model):
    some = ENTRIES[::6]
    wrongly = accusing(some, prepared, model, "corrections")
    assert len(wrongly) <= 0.02 * sum(len(entry["corrections"]) for entry in some), wrongly


def test_most_claims_are_recognised(prepared, model):
    """Those that are worded as a possibility or as a question are left alone on purpose."""
    some = ENTRIES[::6]
    plain = [{**e, "claims": [c for c in e["claims"] if not mistakes._DISTANCED.search(c)]} for e in some]
    found = accusing(plain, prepared, model, "claims")
    assert len(found) >= 0.9 * sum(len(entry["claims"]) for entry in plain)


def test_polarity_is_known_for_each_claim(prepared):
    for text, denying in zip(prepared.claims.claims, prepared.claims.denying, strict=True):
        assert denying == bool(NEGATION.search(text))


# One sound sentence each, of some 12,000 in strong texts.
ACCUSED = ("search-engine", "url-shortener")


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param(
            slug,
            marks=[pytest.mark.xfail(strict=True, reason="a sound sentence is accused")] if slug in ACCUSED else [],
        )
        for slug in own.SLUGS
    ],
)
def test_no_strong_text_of_ours_is_surely_accused(slug, model):
    strong = [text for name, text in own.texts(slug) if not any(kind in name for kind in ("wrong", "weak", "middling"))]
    claimed = [c for text in strong for c in own.measured(slug, text, model).claimed]
    assert not [c.evidence.quote for c in claimed if c.sure]


def test_the_sample_s_strong_answer_is_not_accused(prepared, encoder):
    assert not mistakes.find(context(prepared, encoder=encoder, **samples.STRONG))
