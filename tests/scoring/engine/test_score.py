"""The engine from end to end, on a small question made by hand."""

import random
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine import ENGINE_VERSION, calibration, score
from scoring.engine.compose import LISTED
from scoring.engine.encoder import Encoder
from scoring.engine.types import Answer
from tests.scoring.engine import samples

QUESTION = samples.question()
STEPS: tuple[Any, ...] = tuple(samples.STRONG)
ANSWERS = (samples.STRONG, samples.MIDDLING, samples.WEAK)
STATEMENTS = [s for _, c in QUESTION.criteria() for p in c.points for s in p.statements]
PIECES = [
    *STATEMENTS,
    *(line for answer in ANSWERS for text in answer.values() for line in text.splitlines()),
    "We do not need a cache.",
    "- 10M × 10 KB = 100 GB/day", "| a | b |", "```", "```mermaid", "A --> B", "**Bold**", "é – ≈ 𝒳 👩‍💻",
]  # fmt: skip


def judge(sections, variant=0, encoder=None):
    return score(QUESTION, Answer(sections), variant=variant, encoder=encoder)


def overall(sections, encoder=None):
    return judge(sections, encoder=encoder).overall or 0.0


def marks(result):
    return {c.key: c.mark or 0.0 for step in result.steps for c in step.criteria}


def test_strong_stands_clearly_above_middling_and_middling_above_weak(encoder):
    strong, middling, weak = (overall(a, encoder) for a in (samples.STRONG, samples.MIDDLING, samples.WEAK))
    assert strong >= 85
    assert strong - middling >= 15
    assert middling - weak >= 15


def test_a_strong_answer_reaches_a_level_and_a_weak_one_none():
    assert judge(samples.STRONG).level == "staff"
    result = judge(samples.WEAK)
    assert result.level is None
    assert result.gates


def test_the_same_answer_gives_the_same_result():
    assert judge(samples.STRONG) == score(samples.fresh_question(), Answer(dict(samples.STRONG)))


def test_the_same_answer_gives_the_same_result_whatever_was_scored_before():
    fresh, used = Encoder(), Encoder()
    for answer in ANSWERS:
        judge({step: text[: len(text) // 2] for step, text in answer.items()}, encoder=used)
    for answer in ANSWERS:
        assert judge(answer, encoder=fresh) == judge(answer, encoder=used)


def test_the_result_names_engine_calibration_encoder_and_variant(model):
    by_words = judge(samples.STRONG, variant=1)
    assert (by_words.engine, by_words.calibration, by_words.variant) == (ENGINE_VERSION, calibration.VERSION, 1)
    assert by_words.encoder == "words"
    assert judge(samples.STRONG, encoder=model).encoder == model.fingerprint


def test_words_alone_give_the_wider_range(model):
    widths = [high - low for low, high in (judge(samples.MIDDLING, encoder=e).range for e in (None, model))]
    assert widths[0] > widths[1]


def test_an_answer_that_is_as_sure_as_can_be_asks_for_no_mentor(encoder):
    assert judge(samples.STRONG, encoder=encoder).ask_mentor == ()


@pytest.mark.parametrize("step", STEPS)
def test_a_drill_of_one_step_is_marked_by_itself(step, encoder):
    drill = judge({step: samples.STRONG[step]}, encoder=encoder)
    alone = {s.step: s for s in drill.steps}
    assert [s for s in alone if alone[s].mark is not None] == [step]
    whole = {s.step: s.mark for s in judge(samples.STRONG, encoder=encoder).steps}
    assert alone[step].mark is not None
    assert alone[step].mark >= whole[step] - 1
    assert all(not s.scorable and s.reason for s in alone.values() if s.step != step)


def test_a_weak_drill_stands_below_a_strong_one(encoder):
    def mark(answer):
        return max(s.mark or 0 for s in judge({"deep_dive": answer["deep_dive"]}, encoder=encoder).steps)

    assert mark(samples.STRONG) > mark(samples.WEAK)


def test_nothing_at_all_is_not_scorable(encoder):
    assert judge({}, encoder=encoder).overall is None


@pytest.mark.parametrize("arrow", ["C -->|POST| T", "C --> B"])
def test_a_forbidden_arrow_caps_its_criterion_and_its_line_is_quoted(arrow):
    drawn = samples.STRONG["high_level_design"].replace("C -->|POST| A", f"C -->|POST| A\n  {arrow}")
    before = marks(judge(samples.STRONG))["parts"]
    result = judge({**samples.STRONG, "high_level_design": drawn})
    parts = next(c for s in result.steps for c in s.criteria if c.key == "parts")
    assert before > samples.EDGE["cap"]
    assert parts.mark == samples.EDGE["cap"]
    assert [n.evidence.quote for n in parts.notes if n.kind == "mistake" and n.evidence] == [arrow]


def test_a_part_that_nothing_is_joined_to_is_pointed_out():
    drawn = samples.STRONG["high_level_design"].replace("A --> B[(Object store)]", "B[(Object store)]")
    step = judge({**samples.STRONG, "high_level_design": drawn}).steps[2]
    assert [(n.kind, n.evidence.quote) for n in step.notes if n.evidence] == [("diagram", "B[(Object store)]")]


def test_every_answered_step_of_a_strong_answer_has_a_quote():
    for step in judge(samples.STRONG).steps:
        assert any(criterion.evidence for criterion in step.criteria), step.step


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*STEPS, "body"]), st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
)
def test_quotes_are_verbatim(sections):
    result = judge(sections)
    for step in result.steps:
        for criterion in step.criteria:
            quoted = [*criterion.evidence, *(n.evidence for n in criterion.notes if n.evidence)]
            for evidence in quoted:
                assert evidence.quote
                assert evidence.quote == sections[evidence.section][evidence.start : evidence.end]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_survived_and_stays_in_range(text):
    result = judge({"body": text, "deep_dive": text})
    assert result.overall is None or 0 <= result.overall <= 100


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([samples.STRONG, samples.MIDDLING, samples.WEAK]),
    st.sampled_from(STATEMENTS),
    st.sampled_from(STEPS),
)
def test_adding_a_statement_lowers_no_mark(answer, statement, step):
    before = judge(answer)
    after = judge({**answer, step: f"{answer[step]}\n\n{statement}"})
    lowered = {key: (mark, marks(after)[key]) for key, mark in marks(before).items() if marks(after)[key] < mark}
    assert not lowered
    assert (after.overall or 0) >= (before.overall or 0)


def test_taking_sentences_away_raises_nothing():
    full = judge(samples.STRONG)
    for step, text in samples.STRONG.items():
        shorter = judge({**samples.STRONG, step: "\n".join(text.split("\n")[: len(text.split("\n")) // 2])})
        assert (shorter.overall or 0) <= (full.overall or 0), step


def test_an_empty_answer_is_not_scorable():
    result = judge(dict.fromkeys(STEPS, ""))
    assert (result.overall, result.range, result.band, result.level) == (None, None, None, None)
    assert all(step.mark is None and not step.scorable and step.reason for step in result.steps)


@pytest.mark.parametrize("text", ["fine", "It scales.", "   \n\n"])
def test_a_word_or_two_is_not_scorable(text):
    assert judge({"body": text}).overall is None


def test_one_empty_step_counts_nothing_and_says_so():
    result = judge({**samples.STRONG, "wrap_up": ""})
    wrap_up = result.steps[-1]
    assert (wrap_up.mark, wrap_up.scorable, wrap_up.reason) == (None, False, "This step is empty.")
    assert overall(samples.STRONG) - (result.overall or 0) == pytest.approx(
        15 * (judge(samples.STRONG).steps[-1].mark or 0) / 4, abs=1
    )


def test_a_copied_brief_is_not_scorable():
    brief = QUESTION.brief.format(daily_pastes="10M entries/day", snippet_size="10 KB", retention="2 years")
    assert judge(dict.fromkeys(STEPS, brief)).overall is None


def test_a_copied_rubric_is_not_scorable(encoder):
    copied = {s: " ".join(c.looks_for for c in QUESTION.steps[s].criteria) for s in STEPS}
    assert overall(copied, encoder) <= 12


def test_a_good_answer_to_another_question_earns_nothing(encoder):
    assert overall(samples.ELSEWHERE, encoder) <= 12


TERMS = {s: [t for c in QUESTION.steps[s].criteria for p in c.points for t in p.terms] for s in STEPS}
TERMS["estimation"] = [
    "QPS",
    "writes",
    "reads",
    "storage",
    "peak",
    "bandwidth",
    "snippet",
    "paste",
    "retention",
    "size",
]
NAMES = [name for c in QUESTION.components for name in c.names]


@pytest.mark.parametrize(
    "write",
    [
        lambda terms: ", ".join(terms) + ".",
        lambda terms: "\n".join(f"- {term}" for term in terms),
        lambda terms: "We use " + " and ".join(terms) + ".",
        lambda terms: " ".join(f"We use {a} and {b}." for a, b in pairwise(terms)),
    ],
)
def test_lists_of_terms_stay_at_the_bottom(write, encoder):
    assert overall({s: write(terms + NAMES) for s, terms in TERMS.items()}, encoder) <= 12


@pytest.mark.parametrize("write", ["We do not need {}.", "There is no {}.", "{} is not needed."])
def test_denials_are_no_evidence(write, encoder):
    denied = {s: " ".join(write.format(t) for t in terms + NAMES) for s, terms in TERMS.items()}
    assert overall(denied, encoder) <= 12


def shuffled(answer, seed):
    draw = random.Random(seed)
    return {step: " ".join(draw.sample(text.split(), len(text.split()))) for step, text in answer.items()}


def test_words_in_random_order_earn_at_most_three_fifths(encoder):
    # The guard weighs chances, so an order now and then reads like prose; 18 of 20 must not.
    full = overall(samples.STRONG, encoder)
    caught = sum(overall(shuffled(samples.STRONG, seed), encoder) <= 0.6 * full for seed in range(20))
    assert caught >= 18


def test_a_text_without_steps_is_drawn_on_by_every_step(encoder):
    body = "\n\n".join(samples.STRONG.values())
    assert overall({"body": body}, encoder) >= overall(samples.STRONG, encoder) - 5


def test_the_right_thing_in_the_neighbouring_step_still_counts():
    moved = {**samples.STRONG, "wrap_up": "That is all for the pasteboard, thank you for the questions about snippets."}
    moved["deep_dive"] += samples.STRONG["wrap_up"]
    wrap_up = judge(moved).steps[-1]
    assert 0 < (wrap_up.mark or 0) <= (judge(samples.STRONG).steps[-1].mark or 0)


def test_a_wrong_claim_caps_its_criterion_and_is_quoted(encoder):
    claim = "Sequential identifiers are safe because nobody knows the address of another snippet."
    before = marks(judge(samples.STRONG, encoder=encoder))["addresses"]
    result = judge({**samples.STRONG, "deep_dive": f"{samples.STRONG['deep_dive']}\n\n{claim}"}, encoder=encoder)
    criterion = next(c for s in result.steps for c in s.criteria if c.key == "addresses")
    assert before > 1.0
    assert criterion.mark == 1.0
    note = next(n for n in criterion.notes if n.kind == "mistake")
    assert note.evidence
    assert note.evidence.quote == claim


def test_a_mark_without_evidence_says_so():
    result = judge(
        {**samples.WEAK, "wrap_up": "The snippets of the pasteboard are very nice and the people like them."}
    )
    silent = [c for s in result.steps if s.scorable for c in s.criteria if not c.evidence]
    assert silent
    for criterion in silent:
        assert criterion.confidence <= 0.3
    assert any(c.summary == "Nothing was found for this." for c in silent)


def test_a_slip_is_noted_where_it_belongs_and_caps_the_mark():
    said = samples.STRONG["estimation"].replace("= 100 GB/day, 73 TB in", "× 730 = 73 GB in")
    size = next(c for s in judge({**samples.STRONG, "estimation": said}).steps for c in s.criteria if c.key == "size")
    assert [note.kind for note in size.notes] == ["number"]
    assert size.mark is not None
    assert size.mark <= 2.0


@pytest.mark.parametrize("answer", [samples.STRONG, samples.MIDDLING, {"body": "\n\n".join(samples.STRONG.values())}])
def test_a_sentence_is_quoted_for_two_criteria_at_most(answer):
    criteria = [c for s in judge(answer).steps for c in s.criteria]
    firm = [(c.key, e) for c in criteria for e in c.evidence]
    for _, quote in firm:
        using = {key for key, e in firm if e.section == quote.section and e.start < quote.end and quote.start < e.end}
        assert len(using) <= 2, quote.quote


def test_a_mark_above_0_keeps_some_words():
    for answer in (samples.STRONG, samples.MIDDLING, samples.WEAK):
        for criterion in (c for s in judge(answer).steps for c in s.criteria):
            assert criterion.evidence or not criterion.mark, criterion.key


def test_what_is_not_made_is_either_missing_or_unsure():
    result = judge(samples.MIDDLING)
    rows = [c for s in result.steps for c in s.criteria]
    assert any(c.unsure for c in rows)
    assert any(c.missing for c in rows)
    for row in rows:
        assert not set(row.missing) & set(row.unsure)
    expiry = next(c for c in rows if c.key == "load_and_loss")
    assert "Say more about expiry." in expiry.missing


def test_a_pure_list_of_terms_is_called_one():
    listed = "Client, CDN, load balancer, gateway, sharding, replication, quorum, failover, retries, backups, canary."
    result = judge(dict.fromkeys(STEPS, listed))
    assert (result.overall or 0) <= 12
    assert {step.reason for step in result.steps} == {LISTED}


def test_terse_notes_are_worth_something():
    notes = "Trade-off: small table, but orphans. At 10x the primary breaks first. Alert on p99, 200 ms; errors 0.1 %."
    assert (judge({**samples.STRONG, "wrap_up": notes}).steps[-1].mark or 0) > 0


def test_other_numbers_are_expected_of_another_variant():
    first = judge(samples.STRONG, variant=0)
    assert first.steps[1].mark is not None
    own = {**samples.STRONG, "estimation": "Writes: 116 writes/s. Reads: 2.3k reads/s. Storage: 73 TB in total."}
    far = {**samples.STRONG, "estimation": "Writes: 116M writes/s. Reads: 2.3G reads/s. Storage: 73 GB in total."}
    assert (judge(own).steps[1].mark or 0) > (judge(far).steps[1].mark or 0)


def test_the_lift_raises_the_band():
    order = ["not_yet", "developing", "solid", "strong", "exceptional"]
    between = [samples.WEAK, samples.MIDDLING, *({**samples.MIDDLING, s: samples.STRONG[s]} for s in STEPS)]
    lifted = [result for result in map(judge, between) if result.lift]
    assert lifted, "none of these answers is one point away from the next band"
    for result in lifted:
        assert result.lift
        assert result.band
        assert order.index(result.lift.band) > order.index(result.band)
        assert result.lift.mark_to > result.lift.mark_from
        assert result.lift.overall > (result.overall or 0)


def test_the_range_holds_the_overall():
    result = judge(samples.MIDDLING)
    assert result.range
    assert result.range[0] <= (result.overall or 0) <= result.range[1]


def test_a_thousand_words_take_well_under_a_second():
    body = "\n\n".join([*samples.STRONG.values(), *samples.MIDDLING.values()] * 3)
    assert len(body.split()) >= 1000
    judge(samples.STRONG)
    begin = time.process_time()
    judge({"body": body})
    assert time.process_time() - begin < 1.0


def test_hostile_repetition_is_bounded():
    begin = time.process_time()
    judge(
        {"body": "a -> " * 20_000, "deep_dive": "(" * 50_000, "estimation": "1 × " * 20_000, "wrap_up": "no, " * 20_000}
    )
    assert time.process_time() - begin < 20.0
