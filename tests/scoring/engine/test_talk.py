"""What was said in the room, in the marks: questions lift the first step a little, a hint costs what it said."""

from dataclasses import replace

import pytest

from scoring.engine import compose, levels, score
from scoring.engine.types import Answer
from tests.scoring.engine import samples

QUESTION = samples.question()
ASKED = ("clarification_1", "clarification_2", "clarification_3", "clarification_4")
CRITERION = "load_and_loss"


def judge(answer):
    return score(QUESTION, answer)


def step(result, key):
    return next(one for one in result.steps if one.step == key)


def criterion(result, key):
    return next(one for one_step in result.steps for one in one_step.criteria if one.key == key)


MIDDLING = Answer(
    {
        **samples.MIDDLING,
        "requirements": """People paste a snippet and share its address with others. It should be fast and available.
Anybody who has the address may read the snippet. Comments are left out. Two years later it is gone.
""",
    }
)


def test_what_was_said_is_nothing_to_an_answer_without_it():
    assert judge(Answer(samples.STRONG, asked=(), hints=(), said=(), sheets=())) == judge(Answer(samples.STRONG))


@pytest.mark.parametrize(("count", "lift"), [(0, 0.0), (1, 0.1), (2, 0.2), (3, 0.3), (4, 0.3)])
def test_each_question_lifts_the_requirements_a_little_and_three_of_them_at_most(count, lift):
    before, after = judge(MIDDLING), judge(replace(MIDDLING, asked=ASKED[:count]))
    assert step(after, "requirements").mark == pytest.approx(step(before, "requirements").mark + lift)
    assert [one.mark for one in after.steps[1:]] == [one.mark for one in before.steps[1:]]
    assert [one.criteria for one in after.steps] == [one.criteria for one in before.steps]


def test_the_step_says_what_the_questions_gave():
    notes = [note.text for note in step(judge(replace(MIDDLING, asked=ASKED[:2])), "requirements").notes]
    assert "You asked 2 questions that change the design, before designing: +0.2." in notes
    one = [note.text for note in step(judge(replace(MIDDLING, asked=ASKED[:1])), "requirements").notes]
    assert "You asked 1 question that changes the design, before designing: +0.1." in one


def test_the_overall_follows_the_step():
    before, after = judge(MIDDLING), judge(replace(MIDDLING, asked=ASKED))
    assert after.overall == levels.overall({one.step: one.mark for one in after.steps})
    assert after.overall > before.overall


def test_a_question_counts_once_and_one_that_the_question_does_not_know_never():
    twice = judge(replace(MIDDLING, asked=(ASKED[0], ASKED[0], "clarification_9", "given.daily_pastes", "")))
    assert twice.steps == judge(replace(MIDDLING, asked=ASKED[:1])).steps


def test_nothing_stands_above_four():
    result = judge(replace(Answer(samples.STRONG), asked=ASKED))
    mark = step(result, "requirements").mark
    assert mark <= 4
    assert mark >= step(judge(Answer(samples.STRONG)), "requirements").mark


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Snippets.",
        QUESTION.brief,
        QUESTION.brief.replace("{daily_pastes}", "10M entries/day").replace("{snippet_size}", "10 KB"),
        "Yes, 2 years. Yes, 2 years.",
        "cache, queue, shard, replica, CDN, latency, p99, snippet, paste, address, store, index, table",
        "We should clarify the requirements of the pasteboard first and then discuss what matters most for snippets.",
    ],
)
@pytest.mark.parametrize("others", ["STRONG", "WEAK"])
def test_asking_everything_lifts_nothing_where_nothing_is_written(text, others):
    answer = Answer({**getattr(samples, others), "requirements": text})
    before, after = judge(answer), judge(replace(answer, asked=ASKED))
    assert after == before


def test_questions_do_not_lift_a_step_over_what_holds_the_whole_answer_down():
    promise = "\n\nDelivery is guaranteed, whatever happens. It can never fail.\n"
    answer = Answer({key: text + promise for key, text in MIDDLING.sections.items()})
    measured = compose.measure(QUESTION, replace(answer, asked=ASKED))
    assert measured.cap < 4
    assert step(judge(replace(answer, asked=ASKED)), "requirements").mark <= levels.tenths(measured.cap)


def test_a_hint_costs_a_twentieth_of_its_criterion_and_says_so():
    before, after = judge(MIDDLING), judge(replace(MIDDLING, hints=((CRITERION, 0.05),)))
    was, is_now = criterion(before, CRITERION), criterion(after, CRITERION)
    assert was.mark >= 0.5
    assert is_now.mark == pytest.approx(was.mark - 0.2)
    assert [note.text for note in is_now.notes if note not in was.notes] == ["A hint was taken here: −0.2."]
    assert (is_now.confidence, is_now.evidence, is_now.points) == (was.confidence, was.evidence, was.points)
    assert [one for one in all_criteria(after) if one.key != CRITERION] == [
        one for one in all_criteria(before) if one.key != CRITERION
    ]


def all_criteria(result):
    return [one for one_step in result.steps for one in one_step.criteria]


def test_a_hint_costs_its_step_by_the_weight_of_the_criterion():
    """It weighs two of three: 0.2 of it is 0.13 of the step, and nothing of the others."""
    before = compose.measure(QUESTION, MIDDLING)
    after = compose.measure(QUESTION, replace(MIDDLING, hints=((CRITERION, 0.05),)))
    costs = [c for c in after.scored if c.step == "deep_dive"]
    assert levels.hinted(costs) == pytest.approx(0.2 * 2 / 3)
    lost = {key: mark - after.marks(after.scored)[key] for key, mark in before.marks(before.scored).items()}
    assert 0.05 < lost.pop("deep_dive") < 0.25
    assert set(lost.values()) == {0.0}


def test_a_mark_never_falls_below_nothing():
    answer = Answer(
        {**samples.MIDDLING, "deep_dive": "Snippets are read by people who paste them and keep an address."}
    )
    for share in (0.05, 1.0):
        result = judge(replace(answer, hints=((CRITERION, share), ("addresses", share))))
        assert all((one.mark or 0.0) >= 0 for one in (*result.steps, *all_criteria(result)))
    assert step(judge(replace(answer, hints=((CRITERION, 1.0), ("addresses", 1.0)))), "deep_dive").mark == 0


def test_hints_of_one_criterion_add_up_and_unknown_ones_are_nothing():
    twice = criterion(judge(replace(MIDDLING, hints=((CRITERION, 0.05), (CRITERION, 0.05)))), CRITERION)
    assert twice.mark == pytest.approx(criterion(judge(MIDDLING), CRITERION).mark - 0.4)
    assert judge(replace(MIDDLING, hints=(("nothing_of_ours", 0.05),))) == judge(MIDDLING)


def test_a_hint_is_paid_under_a_cap_as_well():
    scored = levels.Scored("a", "deep_dive", 1.0, (levels.Made("p", 1.0, 1.0),), cost=0.2)
    assert (scored.mark, scored.under(2.0), scored.under(0.0)) == (3.8, 1.8, 0.0)


def test_writing_more_never_costs_anything_though_a_hint_was_taken():
    lines = samples.STRONG["deep_dive"].split("\n\n")
    marks = []
    for count in range(len(lines) + 1):
        sections = {**samples.STRONG, "deep_dive": "\n\n".join(lines[:count])}
        marks.append(step(judge(Answer(sections, hints=((CRITERION, 0.05),))), "deep_dive").mark or 0.0)
    assert marks == sorted(marks)


def test_what_would_lift_the_answer_is_worked_out_with_what_was_said():
    answer = replace(MIDDLING, asked=ASKED[:2], hints=((CRITERION, 0.05),))
    measured = compose.measure(QUESTION, answer)
    result = judge(answer)
    assert measured.overall(measured.scored) == result.overall
    if result.lift:
        assert result.lift.overall > result.overall
