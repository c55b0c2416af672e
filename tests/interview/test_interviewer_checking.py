"""What the interviewer may say keeps its rules, and whatever breaks one is found."""

from typing import Any

import pytest

from catalog import rules
from catalog.spec import Question
from interview.interviewer import checking, probing
from tests.interview.bank import SLUGS, question

WHOLE = question("url-shortener")
SOUND = WHOLE.probes[0]


def broken(**change: Any) -> Question:
    """The URL shortener, with its first follow-up changed."""
    return WHOLE.model_copy(update={"probes": (SOUND.model_copy(update=change), *WHOLE.probes[1:])})


@pytest.mark.parametrize("rule", [*checking.NEEDED, *checking.EDITORIAL], ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_bank_keeps_every_rule(slug: str, rule: rules.Rule) -> None:
    assert list(rule(question(slug))) == []


def test_the_general_follow_ups_keep_them_too() -> None:
    for probe in probing.general():
        assert list(checking.imprecise(probe)) == []
        assert list(checking.named_though_missing(probe)) == []
        assert [m for fact in (*probe.has, *probe.lacks) for m in checking.wrong_with(fact, None)] == []
    assert len({probe.key for probe in probing.general()}) == len(probing.general())


def test_they_are_asked_of_what_is_loaded_and_of_what_is_checked() -> None:
    assert {rules.registered[rule] for rule in checking.NEEDED} == {"needed"}
    assert {rules.registered[rule] for rule in checking.EDITORIAL} == {"editorial"}
    aimless, vague = broken(has=("no_such",)), broken(says="You cache redirects. What happens to those?")
    ((path, message),) = rules.faults(aimless)
    assert (path, message) == (("probes", 0, "has", 0), "“no_such” names the component “no_such”, which is not listed")
    assert rules.faults(vague) == []
    assert rules.violations(vague, thorough=False) == [(("probes", 0, "says"), "holds no number")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": WHOLE.probes[1].key}, "keys must differ"),
        ({"key": probing.general()[0].key}, "a key of its own"),
        ({"says": "You cache {nothing_here}. What then?"}, "not a given"),
        ({"criterion": "no_such"}, "the criterion “no_such”, which is not defined"),
        ({"not_after": ("no_such",)}, "the curveball “no_such”, which is not defined"),
        ({"has": ("no_such",)}, "not listed"),
        ({"has": ("kind:no_such",)}, "which there is not"),
        ({"lacks": ("point:dd_lifecycle.no_such",)}, "no terms"),
        ({"has": ("shape:no_such",)}, "nothing finds out"),
        ({"says": "Is it on one machine that the redirect server only emits an event?"}, "away"),
        ({"lacks": ("words:noon",)}, "finds missing"),
        ({"says": "You cache redirects. What happens to those?"}, "no number"),
        ({"says": "You cache 10 redirects."}, "asks nothing"),
        ({"has": (), "lacks": ()}, "of any answer"),
        ({"has": ()}, "presumes"),
        ({"presupposes": ()}, "name its subject"),
    ],
)
def test_a_follow_up_that_breaks_a_rule_is_found(change: dict[str, Any], message: str) -> None:
    assert any(message in said for _, said in rules.violations(broken(**change), thorough=False))


def test_a_curveball_and_a_clarification_that_break_a_rule_are_found() -> None:
    ball = WHOLE.curveballs[0].model_copy(update={"touches": ("no_such",), "requirement": "It was {no_such}."})
    bare = WHOLE.curveballs[1].model_copy(update={"touches": (), "requirement": None, "presupposes": ()})
    twice = tuple(c.model_copy(update={"key": "same"}) for c in WHOLE.clarifications)
    changed = WHOLE.model_copy(update={"curveballs": (ball, bare), "clarifications": twice})
    found = dict(rules.violations(changed, thorough=False))
    assert found == {
        ("clarifications",): f"uses the key “same” {len(twice)} times; keys must differ",
        ("curveballs", 0, "requirement"): "mentions {no_such}, which is not a given",
        ("curveballs", 0, "touches", 0): "refers to the criterion “no_such”, which is not defined",
        ("curveballs", 1, "requirement"): "is missing: say what held until then",
        ("curveballs", 1, "presupposes"): (
            "is missing: name its subject, so that it is not brought where that is left out"
        ),
        ("curveballs", 1, "touches"): "is missing: name the criteria that it puts in question again",
    }
