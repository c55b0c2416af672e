"""Wrong claims: found in one clause of a long sentence, doubted where little speaks for it, sums left alone."""

from scoring.engine import compose
from scoring.engine.mistakes import Claimed
from scoring.engine.types import Answer
from tests.scoring.engine import own

CLAIM = "we mark the payment as failed on a timeout and let the customer pay again"
AROUND = "Calls have a deadline of five seconds and a pool of threads of their own in each region, and {}."


def claimed(model, said: str) -> list[Claimed]:
    """What is claimed by a strong answer with one sentence more."""
    question = own.question("payment")
    strong = own.answer(dict(own.texts("payment"))["examples/strong"]).sections
    more = Answer({**strong, "deep_dive": f"{strong['deep_dive']}\n\n{said}\n"})
    return [c for c in compose.measure(question, more, encoder=model).claimed if c.evidence.quote in said]


def test_a_wrong_claim_is_found_in_one_clause_of_a_long_sentence(model):
    said = AROUND.format(CLAIM)
    (found,) = claimed(model, said)
    assert found.sure
    assert found.charge.criterion == "dd_unknown"
    assert found.evidence.quote == said


def test_a_mistake_made_twice_is_one_mistake_and_neither_sentence_is_evidence(model):
    plain, again = CLAIM.capitalize() + ".", AROUND.format(CLAIM)
    (found,) = claimed(model, f"{again} {plain}")
    assert found.evidence.quote == plain
    assert len(found.places) == 2
    assert len({section for section, _ in found.places}) == 1


def test_the_same_said_rightly_is_not(model):
    assert not claimed(
        model, AROUND.format("we leave the payment pending on a timeout and ask the provider what became of it")
    )


def test_a_note_in_a_list_is_accused_less_easily_than_a_sentence(model):
    (said,) = claimed(model, CLAIM.capitalize() + ".")
    noted = claimed(model, "- " + CLAIM)
    assert not noted or noted[0].certain < said.certain


def test_a_sum_is_left_to_arithmetic(model):
    said = "The average rate is also the peak rate of payments: 10M / 86,400 s = 116 payments a second."
    assert not claimed(model, said)
    assert claimed(model, said.partition(":")[0] + ", because payments are spread evenly over the day.")


def test_who_distances_himself_from_a_claim_does_not_make_it(model):
    assert not claimed(model, f"It would be a mistake if {CLAIM}.")
