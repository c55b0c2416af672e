"""Texts that nobody means: sixty thousand of one character. They cost no more than others, or this file hangs.

No clock is asserted: a pattern that reads a run of blanks or digits anew from each of them takes minutes here.
"""

from itertools import product

import pytest

from interview import cause, prompted, talk
from interview.interviewer import Exchange, State, answer, curveball, frozen, hint, pieces, probing
from tests.interview.bank import question

QUESTION = question("url-shortener")
UNITS = ["1", "1,", " ", "\t", "\u00a0", ">", "`", "\n", "a,", "- ", "#", "**", "no ", "a:\n", "```mermaid\n", "x"]
LENGTH = 60_000
BEGUN = "There is a cache before the database, and it is read again and again. " * 3
RULED_OUT = "No accounts are needed."


def hostile() -> list[str]:
    runs = [(unit * LENGTH)[:LENGTH] for unit in UNITS]
    return [*runs, *(f"word{run}word" for run in runs)]


def state(text: str, requirements: str = "") -> State:
    return State(
        question=QUESTION, variant=0, step="high_level_design", texts={"high_level_design": BEGUN + text},
        at=900.0, spent=300.0, idle=20.0, left=300.0, frozen=requirements or None,
    )  # fmt: skip


@pytest.mark.parametrize("run", hostile())
def test_frozen_requirements_are_read_however_they_go_on(run: str) -> None:
    requirements = f"{RULED_OUT}\n{run}"
    assert frozen.leaves_out(requirements, ["accounts"])
    assert not frozen.leaves_out(requirements, ["payments"])
    frozen.has_other_numbers(requirements, "{daily_users}", QUESTION, 0)
    curveball(QUESTION, 0, seed=1, frozen=requirements)


@pytest.mark.parametrize("run", hostile())
def test_a_text_of_any_kind_is_listened_to(run: str) -> None:
    heard = state(run, run)
    list(probing.fitting(heard))
    assert hint(heard) is not None


@pytest.mark.parametrize("run", hostile())
def test_a_text_of_any_kind_is_searched_for_what_caused_a_follow_up(run: str) -> None:
    asked = prompted.quote("Why a cache?")
    (reply,) = prompted.replies(f"{asked}\nyes {run}", [Exchange(1.0, "probe", "why", "Why a cache?", "deep_dive")])
    assert reply.start == len(asked)
    for probe in QUESTION.probes:
        cause.of(QUESTION, probe.key, [run])
    list(talk._graphs("", {"high_level_design": run, "deep_dive": f"```mermaid\nflowchart LR\n{run}"}))


@pytest.mark.parametrize("run", hostile())
def test_a_message_is_cut_into_questions_however_it_is_written(run: str) -> None:
    assert "How many users are there?" in list(pieces.questions_of(f"How many users are there?\n{run}"))
    assert answer(QUESTION, 0, f"How many users are there? {run}", ()).said


@pytest.mark.parametrize(("blank", "many"), list(product(" \t\u00a0", [1, 40])))
def test_many_blanks_are_as_good_as_one(blank: str, many: int) -> None:
    gap = blank * many
    assert list(pieces.questions_of(f"How many users,{gap}and{gap}how fast is it?")) == [
        "How many users", "how fast is it?",
    ]  # fmt: skip
    written = f"We{gap}have 5{gap}million{gap}users,{gap}but{gap}no{gap}accounts"
    assert frozen.leaves_out(written, ["accounts"])
    assert not frozen.leaves_out(written, ["users"])
    assert list(frozen._amounts(frozen._legible(written))) == [(5e6, "user")]


def test_frozen_requirements_are_read_up_to_a_length() -> None:
    assert frozen.leaves_out("x" * (frozen.MOST - 100) + f"\n{RULED_OUT}", ["accounts"])
    assert not frozen.leaves_out("x" * frozen.MOST + f"\n{RULED_OUT}", ["accounts"])


@pytest.mark.parametrize(
    ("written", "amounts"),
    [
        ("100M new links a day", [(1e8, "new")]),
        ("1,500.5 links", [(1500.5, "link")]),
        ("reads,100 links", [(100.0, "link")]),
        ("500k links, 3 regions", [(5e5, "link"), (3.0, "region")]),
        ("7 links per second", [(7.0, "link")]),
        # A figure is one from its first digit on, or none.
        (f"{'9' * 30} links", []),
        (f"{'9,' * 30}9 links", []),
    ],
)
def test_amounts_are_read_from_where_a_figure_begins(written: str, amounts: list[tuple[float, str]]) -> None:
    assert list(frozen._amounts(written)) == amounts


def test_the_amounts_of_the_requirements_are_read_once() -> None:
    frozen._amounts.cache_clear()
    for _ in range(20):
        assert frozen.has_other_numbers("We plan for 3 users.", "{daily_users}", QUESTION, 0)
    assert frozen._amounts.cache_info().misses == 2
