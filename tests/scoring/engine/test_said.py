"""The interviewer's words in an answer: quoted or copied, they are not the candidate's."""

from dataclasses import replace

import pytest

from catalog.steps import STEPS
from catalog.variants import fill
from interview import prompted
from interview.interviewer import hints
from interview.interviewer.types import Exchange, State
from scoring.engine import said as saying
from scoring.engine import score, text
from scoring.engine.guards import Prompts
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


@pytest.mark.parametrize("slug", live.SLUGS)
def test_what_was_said_takes_nothing_from_an_answer_of_ones_own_words(slug):
    question = live.question(slug)
    answer = own.answer(question.model_answer)
    told = live.scored(slug, answer, None)
    assert marks(score(question, replace(answer, said=bank(question)))) == marks(told)
