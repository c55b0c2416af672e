"""The interviewer's words in an answer: quoted or copied, they are not the candidate's."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.steps import STEPS
from catalog.variants import fill
from interview import prompted
from interview.interviewer import hints
from interview.interviewer.types import Exchange, State
from scoring.engine import said as saying
from scoring.engine import score, text
from scoring.engine.guards import Prompts
from scoring.engine.prepare import prepare
from scoring.engine.types import Answer
from tests.scoring import live
from tests.scoring.engine import own, samples

QUESTION = samples.question()
FOLLOW_UP = (
    "A snippet goes viral and is served from the CDN. What does the origin see in a minute, and what happens when the "
    "metadata store is down for an hour? Then say it again."
)
SAID = (FOLLOW_UP,)
NOTHING = Prompts(())


def read(body, said=SAID, known=NOTHING):
    return saying.without(text.read({"deep_dive": body}), said, known).sections["deep_dive"]


def own_words(body, **more):
    return [sentence.text for sentence in read(body, **more).sentences]


@pytest.mark.parametrize(
    "body",
    [
        prompted.quote(FOLLOW_UP),
        FOLLOW_UP,
        f"- {FOLLOW_UP}",
        FOLLOW_UP.upper(),
        f"```\n{FOLLOW_UP}\n```",
        f"## {FOLLOW_UP}",
        "> Then say it again.",
        "> Interviewer:",
        "> Interviewer: Then",
        "A snippet goes viral and is really served from the CDN.",
    ],
)
def test_what_was_said_is_not_the_candidates(body):
    assert own_words(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Then say it again.",
        "> Then",
        "A viral snippet is served from the CDN, so the origin sees one request per edge and minute.",
        "When the metadata store is down, reads continue from the cache and creation answers 503.",
    ],
)
def test_the_candidates_own_words_stay(body):
    assert own_words(body) == [body.removeprefix("> ")]


@pytest.mark.parametrize(
    "body",
    [
        "A snippet viral goes and from the CDN is served.",
        "From the CDN a viral snippet is served.",
        "What happens for an hour when down is the metadata store, and what does the origin see in one minute?",
        "The origin sees what in a minute, and what happens when the metadata store was down an hour?",
        "What does in a minute the origin see, and when the store is down for an hour what happens?",
    ],
)
def test_its_words_in_another_order_or_a_few_of_them_left_out_are_not_either(body):
    assert own_words(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "In one minute the origin sees 40 when the metadata store is down for an hour.",
        "With the metadata store down for an hour, nothing is what the origin sees in that minute.",
        "Only the metadata store is down for an hour, and the origin sees what happens.",
        "In a minute of an hour the origin sees the metadata store fail.",
        "Snippet served.",
    ],
)
def test_a_figure_a_denial_or_a_word_of_ones_own_answers_it(body):
    assert own_words(body) == [body]


def test_a_side_that_is_taken_is_an_answer():
    asked = ("Do you keep the counter of each user in the memory of its gateway or in one shared store?",)
    taken = "In the memory of its gateway we keep each user's counter."
    assert own_words(taken, said=asked) == [taken]
    assert own_words("The counter of each user you keep in memory, or in one shared store?", said=asked) == []


def test_a_given_may_be_written_down_in_its_words():
    told = "Busiest hour, as a multiple of the average: 5. That much is fixed; build on it."
    noted = "The busiest hour is a multiple of 5 of the average."
    assert own_words(noted, said=(told,)) == []
    assert own_words(noted, said=(told,), known=Prompts(["Busiest hour, as a multiple of the average: 5."])) == [noted]


def test_a_reply_below_the_quote_stays_with_its_place():
    reply = "The edge asks us once a minute, so 40 edges make 40 requests."
    body = f"{prompted.quote(FOLLOW_UP)}\n\n{reply}\n"
    (sentence,) = read(body).sentences
    assert body[sentence.start : sentence.end] == reply
    on_the_line = f"{prompted.quote(FOLLOW_UP)} {reply}"
    assert own_words(on_the_line) == [reply]


def test_a_heading_that_was_said_tells_nothing_of_what_stands_below():
    title = FOLLOW_UP.split(". ")[1]
    (below,) = read(f"## {title}\n\nForty.\n").sentences
    assert (below.heading, below.lead) == ((), "")
    (mine,) = read("## Viral snippets at the edge\n\nForty.\n").sentences
    assert mine.heading


def test_a_list_below_a_quoted_item_does_not_hang_from_it():
    sentences = read(f"- {FOLLOW_UP}\n  - Forty.\n").sentences
    assert [(one.text, one.lead) for one in sentences] == [("Forty.", "")]


def test_a_fence_with_nothing_else_in_it_is_gone_and_a_drawing_stays():
    drawing = "```mermaid\nflowchart LR\n  A[Client] --> B[API]\n```\n"
    section = read(f"```\n{FOLLOW_UP}\n```\n\n{drawing}")
    assert [block.language for block in section.blocks] == ["mermaid"]


def test_an_answer_that_was_asked_for_may_be_written_down_in_nearly_its_words():
    """As with the brief: only a copy is a copy. What the interviewer tells of the requirements is told to be used."""
    told = "Readers must see a new snippet within a minute, wherever in the world they are."
    noted = "Readers must see a new snippet quickly, within a minute, wherever they are."
    assert own_words(noted, said=(told,)) == []
    assert own_words(noted, said=(told,), known=Prompts([told])) == [noted]
    assert own_words(told, said=(told,), known=Prompts([told])) == []


def test_nothing_said_changes_nothing():
    document = text.read(samples.STRONG)
    assert saying.without(document, (), NOTHING) is document


@pytest.mark.parametrize("body", [prompted.quote(FOLLOW_UP), f"{prompted.quote(FOLLOW_UP)}\n\nYes.\n"])
def test_a_step_of_the_interviewers_words_alone_is_no_answer(body):
    result = score(QUESTION, Answer({**samples.STRONG, "deep_dive": body}, said=SAID))
    step = next(one for one in result.steps if one.step == "deep_dive")
    assert (step.scorable, step.mark) == (False, None)
    assert step.reason == "This step holds little but the words of the interviewer."


def test_numbers_that_were_said_are_not_worked_out_by_anybody():
    said = "Suppose there are now 200M pastes a day, that is 10 KB each and 1.46 PB of storage in total over two years."
    bare = {
        **samples.STRONG,
        "estimation": "We work it out from what people paste and how long a snippet is kept here.",
    }
    quoted = {**bare, "estimation": f"{bare['estimation']}\n\n{prompted.quote(said)}\n"}
    assert score(QUESTION, Answer(quoted, said=(said,))).steps[1].mark == score(QUESTION, Answer(bare)).steps[1].mark


def bank(question):
    """All that the interviewer of a question can say."""
    told = [*(p.says for p in question.probes), *(c.says for c in question.curveballs)]
    told += [c.answer for c in question.clarifications]
    return tuple(fill(one, question, 0) for one in told) + tuple(hinted(question))


def hinted(question):
    for step in STEPS:
        given: list[Exchange] = []
        while hint := hints.hint(State(question, 0, step.key, {}, 0.0, 0.0, 0.0, exchanges=tuple(given))):
            given.append(Exchange(0.0, "hint", hint.criterion, hint.says, step.key))
            yield hint.says


def quoted(said):
    return "\n\n".join(f"{prompted.quote(one)}\n" for one in said)


def copied(said):
    return "\n".join(f"- {one}" for one in said)


def marks(result):
    return {one.step: one.mark or 0.0 for one in result.steps}


@pytest.mark.parametrize("way", [quoted, copied])
@pytest.mark.parametrize("slug", live.SLUGS)
def test_quoting_the_whole_bank_gains_nothing(slug, way):
    question = live.question(slug)
    said = bank(question)
    weak = own.answer(next(one.text for one in question.examples if one.kind == "weak"))
    more = {key: f"{body}\n\n{way(said)}" for key, body in weak.sections.items()}
    before = marks(score(question, replace(weak, said=said)))
    after = marks(score(question, Answer(more, said=said)))
    assert {step: mark for step, mark in after.items() if mark > before[step] + 0.1 + 1e-9} == {}


def swapped(text, every=4):
    """The words of each sentence with every fourth before the one it follows."""
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        words = sentence.rstrip(".?!").split()
        for place in range(1, len(words) - 1, every):
            words[place : place + 2] = words[place + 1], words[place]
        yield f"{' '.join(words)}{sentence[-1]}"


def shortened(text, every=5):
    """Each sentence without every fifth word."""
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        words = sentence.rstrip(".?!").split()
        yield f"{' '.join(word for place, word in enumerate(words) if place % every != 3)}{sentence[-1]}"


@pytest.mark.parametrize("way", [swapped, shortened])
@pytest.mark.parametrize("slug", live.SLUGS[::8])
def test_a_near_copy_of_what_was_asked_gains_hardly_anything(slug, way):
    question = live.question(slug)
    weak = own.answer(next(one.text for one in question.examples if one.kind == "weak"))
    gained = []
    for asked in [fill(probe.says, question, 0) for probe in question.probes] + list(hinted(question)):
        before = score(question, replace(weak, said=(asked,)))
        more = {**weak.sections, "deep_dive": f"{weak.sections['deep_dive']}\n\n{' '.join(way(asked))}"}
        after = score(question, Answer(more, said=(asked,)))
        pairs = zip(criteria(before), criteria(after), strict=True)
        gained.append(max(b - a for a, b in pairs))
    assert sum(gain > 0 for gain in gained) <= 0.15 * len(gained)


def criteria(result):
    return [one.mark or 0.0 for step in result.steps for one in step.criteria]


def replies():
    """What somebody wrote below follow-ups, taking up their words."""
    with Path(__file__).with_name("replies.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def test_replies_that_take_up_the_question_stay():
    written, kept = [], []
    for row in replies():
        question = live.question(row["question"])
        assert any(probe.key == row["probe"] for probe in question.probes)
        written += [one.text for one in read(row["reply"], said=()).sentences]
        kept += own_words(row["reply"], said=bank(question), known=prepare(question).told)
    assert len(written) > 80
    # One says in nearly the words of the question that its rare case is one a day.
    assert len(kept) >= len(written) - 1


@pytest.mark.parametrize("slug", live.SLUGS)
def test_what_was_said_takes_nothing_from_an_answer_of_ones_own_words(slug):
    question = live.question(slug)
    answer = own.answer(question.model_answer)
    told = live.scored(slug, answer, None)
    assert marks(score(question, replace(answer, said=bank(question)))) == marks(told)
