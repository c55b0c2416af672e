"""How far an answer can be believed: one wrong sentence costs little, many cost nearly everything."""

import pytest

from bench import changes
from scoring.engine import compose, score, trust
from scoring.engine.routing import DOUBTED
from scoring.engine.types import Answer
from tests.scoring.engine import own, samples

PROMISES = [
    "Messages are never lost and never arrive twice, whatever happens to the network.",
    "The design guarantees that every read is fresh in every region at the same moment.",
    "Backups are not needed, the disks are mirrored.",
    "There is no need for monitoring, since nothing can fail here.",
    "The cluster gives us unlimited capacity without any drawback.",
    "Failover takes zero seconds and happens automatically in all regions.",
]
SOBER = [
    "A message may arrive twice, so the receiver drops what it has seen.",
    "Reads may be stale for up to a second after a failover.",
    "Backups are taken each night and restored once a month to test them.",
    "We page somebody when the error rate stays above 0.1 % for five minutes.",
    "At ten times the load the primary is the first part that breaks.",
    "The cache holds 20 % of the rows and answers 90 % of the reads.",
]


@pytest.mark.parametrize("said", PROMISES)
def test_a_promise_that_no_system_keeps_is_one(said):
    assert trust.makes_promise(said)


@pytest.mark.parametrize("said", SOBER)
def test_what_is_said_soberly_is_none(said):
    assert not trust.makes_promise(said)


def weighed(*sentences: str) -> trust.Trust:
    sound = samples.STRONG["deep_dive"]
    answer = {**samples.STRONG, "deep_dive": "\n\n".join([sound, *sentences])}
    return compose.measure(samples.question(), Answer(answer)).trust


def test_a_sound_answer_is_believed():
    assert weighed() == trust.Trust()


def test_one_promise_caps_nothing_and_is_quoted():
    found = weighed(PROMISES[4])
    assert found.cap == 4
    assert found.share > 0
    (note,) = found.notes
    assert note.evidence
    assert (note.kind, note.evidence.quote) == ("mistake", PROMISES[4])


def test_more_that_is_wrong_never_raises_the_cap():
    caps = [weighed(*PROMISES[:count]).cap for count in range(len(PROMISES) + 1)]
    assert caps == sorted(caps, reverse=True)
    assert caps[-1] < caps[0]
    assert min(caps) >= trust.LOWEST_CAP


def test_what_is_mostly_wrong_stands_at_the_lowest_cap_in_every_step():
    result = score(samples.question(), Answer({step: "\n\n".join(PROMISES) for step in samples.STRONG}))
    assert all((step.mark or 0) <= trust.LOWEST_CAP for step in result.steps)
    assert result.overall is None or result.overall <= 25


def test_doubt_asks_for_a_mentor():
    answer = {**samples.STRONG, "deep_dive": samples.STRONG["deep_dive"] + "\n\n".join(["", *PROMISES])}
    result = score(samples.question(), Answer(answer))
    assert result.ask_mentor
    assert not score(samples.question(), Answer(samples.STRONG)).ask_mentor


@pytest.mark.parametrize("slug", own.SLUGS)
def test_our_own_model_answers_are_believed(slug, encoder):
    question = own.question(slug)
    found = own.measured(slug, question.model_answer, encoder)
    assert found.cap == 4, [note.evidence.quote for note in found.trust.notes if note.evidence]


def test_an_answer_whose_facts_are_turned_round_is_not_believed(encoder):
    turned = changes.turned_round(Answer(samples.STRONG))
    found = compose.measure(samples.question(), turned, encoder=encoder)
    assert found.trust.cap < 2.5
    assert DOUBTED in score(samples.question(), turned, encoder=encoder).ask_mentor


def wrong_probes():
    return sorted(path.name.split(".")[0] for path in (own.PROBES / "wrong").glob("*.md"))


@pytest.mark.parametrize("slug", wrong_probes())
def test_fluent_and_wrong_earns_little(slug, model):
    text = (own.PROBES / "wrong" / f"{slug}.md").read_text(encoding="utf-8")
    assert (own.scored(slug, own.answer(text), model).overall or 0) <= 40
