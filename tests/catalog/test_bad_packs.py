"""Every rule for authors has a pack that breaks it, and is broken at the line that is named."""

import csv
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from catalog import checking, library_rules, rules
from interview.interviewer import checking as interviewer
from scoring import encoding
from scoring.content import own_texts_score
from tests.scoring import live

BAD = Path(__file__).resolve().parents[2] / "fixtures" / "bad"
EXPECTED = list(csv.DictReader((BAD / "expected.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
SCORED = [row for row in EXPECTED if row["thorough"]]
OF_THE_INTERVIEWER: dict[rules.Rule, rules.Kind] = {
    **dict.fromkeys(interviewer.NEEDED, "needed"),
    **dict.fromkeys(interviewer.EDITORIAL, "editorial"),
}


@pytest.fixture(autouse=True)
def interviewers_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "registered", OF_THE_INTERVIEWER)


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packs say nearly the same, and what they say is prepared once for all of them."""
    monkeypatch.setattr(rules, "registered", {**OF_THE_INTERVIEWER, own_texts_score: "slow"})
    monkeypatch.setattr(encoding, "encoder", live.encoder)


@pytest.mark.usefixtures("scorer")
def test_the_pack_that_the_others_were_made_from_is_sound() -> None:
    assert checking.check(BAD / "_sound").problems == ()


@pytest.mark.usefixtures("scorer")
@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["kind"])
def test_a_broken_pack_is_named_with_file_line_and_problem(row: dict[str, str]) -> None:
    (problem,) = checking.check(BAD / row["kind"], thorough=bool(row["thorough"])).problems
    assert problem.file == str(BAD / row["kind"] / row["file"])
    assert problem.line == int(row["line"])
    assert row["message"] in problem.message


@pytest.mark.parametrize("row", SCORED, ids=lambda row: row["kind"])
def test_what_only_the_scorer_refuses_can_be_published(row: dict[str, str]) -> None:
    assert checking.check(BAD / row["kind"], thorough=False).problems == ()


def test_there_is_a_pack_for_each_kind_and_nothing_else() -> None:
    assert {path.name for path in BAD.iterdir() if path.is_dir()} == {"_sound", *(row["kind"] for row in EXPECTED)}


Rule = Callable[..., Iterator[object]]


def rule_lists(module: ModuleType) -> dict[str, tuple[Rule, ...]]:
    """The module's tuples of its own functions, by name."""
    tuples = {name: value for name, value in vars(module).items() if isinstance(value, tuple)}
    return {name: value for name, value in tuples.items() if value and all(map(inspect.isfunction, value))}


def test_every_rule_is_broken_by_some_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: set[Rule] = set()

    def watched(rule: Rule) -> Rule:
        def run(*args: object) -> Iterator[object]:
            for found in rule(*args):
                broken.add(rule)
                yield found

        return run

    every: set[Rule] = set()
    for module in (rules, library_rules):
        for name, listed in rule_lists(module).items():
            every.update(listed)
            monkeypatch.setattr(module, name, tuple(map(watched, listed)))
    every.update(OF_THE_INTERVIEWER)
    monkeypatch.setattr(rules, "registered", {watched(rule): kind for rule, kind in OF_THE_INTERVIEWER.items()})
    assert {rules.designs_weigh_the_same, library_rules.summaries_are_short} <= every
    for row in EXPECTED:
        checking.check(BAD / row["kind"], thorough=False)
    assert {rule.__name__ for rule in every - broken} == set()
