"""Follow-ups, hints and curveballs: what the bank holds, when they are said, and what keeps them unsaid."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import variants
from catalog.spec import Probe
from catalog.steps import STEPS
from interview.interviewer import (
    Exchange,
    Link,
    Part,
    Row,
    State,
    aftermath,
    curveball,
    curveball_is_due,
    facts,
    hint,
    hints,
    may_speak,
    moments,
    next_probe,
    probing,
)
from interview.interviewer import checking as rules
from interview.interviewer import frozen as requirements
from interview.interviewer.types import ExchangeKind
from tests.interview.bank import SLUGS, question

LONG = "Of what is meant nothing in particular is said here, and yet it is as long as it has to be to count as begun. "


def state(slug: str = "url-shortener", step: str = "high_level_design", text: str = "", **given) -> State:
    """A candidate who has paused in the middle of a step."""
    begun = {"at": 900.0, "spent": 300.0, "idle": 20.0, "left": 300.0, **given}
    return State(
        question=question(slug), variant=begun.pop("variant", 0), step=step, texts={step: LONG + text}, **begun
    )


def keys(of: State) -> list[str]:
    return [asked.key for asked in probing.fitting(of)]


# The bank


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_has_probes_for_the_design_and_the_deep_dive(slug):
    probes = question(slug).probes
    assert len(probes) >= 6
    assert sum("deep_dive" in probe.steps for probe in probes) >= 5
    assert sum("high_level_design" in probe.steps for probe in probes) >= 3


def showing(probe: Probe, slug: str) -> State:
    """An answer that shows what a probe looks for, and nothing else."""
    asked, said, parts = question(slug), [], []
    for fact in probe.has:
        prefix, rest = next(iter(facts.alternatives(fact)))
        if prefix == "component":
            component = next(c for c in asked.components if c.key == rest)
            parts.append(Part(component.names[0], component.kind))
        elif prefix == "kind":
            parts.append(Part("thing", rest))
        elif prefix == "words":
            said.append(f"There is {rest} here.")
        elif prefix == "point":
            said.append(f"There is {terms_of(rest, slug)[0]} here.")
    return state(slug, probe.steps[0], " ".join(said), parts=tuple(parts))


def terms_of(reference: str, slug: str) -> Sequence[str]:
    key, _, point = reference.partition(".")
    return next(p.terms for p in question(slug).criterion(key).points if p.key == point)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_probe_of_a_question_can_be_asked(slug):
    silent = [probe.key for probe in question(slug).probes if probe.key not in keys(showing(probe, slug))]
    assert silent == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_text_keeps_a_placeholder_in_any_variant(slug):
    asked = question(slug)
    for variant in range(4):
        texts = [variants.fill(probe.says, asked, variant) for probe in asked.probes]
        balls = [curveball(asked, variant, seed) for seed in range(8)]
        texts += [text for ball in balls if ball for text in (ball.says, ball.requirement, ball.changes, ball.keeps)]
        assert not any(re.search(r"[{}]", text) for text in texts)


# What triggers


def test_a_probe_is_asked_where_its_facts_hold_and_not_otherwise():
    cached = "The app server asks Redis first and the database only on a miss."
    assert "deleted_but_remembered" in keys(state(text=cached))
    assert "deleted_but_remembered" not in keys(state(text="The app server asks the database."))
    assert "deleted_but_remembered" not in keys(
        state(text=cached + " On deletion we purge the entry and leave a tombstone.")
    )


def test_a_drawing_shows_as_much_as_a_text():
    drawn = state(parts=(Part("Redis", "cache"), Part("Links", "database"), Part("Browser", "client")))
    assert "deleted_but_remembered" in keys(drawn)


def test_what_whoever_read_the_drawing_found_is_believed():
    part = Part("Zwischenspeicher", "cache", frozenset({"cache"}))
    assert "deleted_but_remembered" in keys(state(parts=(part,)))


def test_what_is_ruled_out_is_neither_there_nor_missing():
    assert "deleted_but_remembered" not in keys(state(text="We use no cache, the database is quick enough."))
    about_statistics = "An event goes to Kafka for every click."
    assert "click_before_or_after" in keys(state(text=about_statistics))
    assert "click_before_or_after" not in keys(state(text=about_statistics + " This is not asynchronous."))


def test_a_point_made_in_other_words_is_not_missing():
    cached = "Redis stands before the database. "
    said = (
        "When a link is deleted, its entry in the cache has to be removed within a minute by the service that deletes."
    )
    assert "deleted_but_remembered" not in keys(state(text=cached + said))


def test_nothing_is_asked_of_an_empty_step():
    of = state(parts=(Part("Redis", "cache"),))
    assert keys(replace(of, texts={"requirements": LONG})) == []


def test_a_probe_belongs_to_its_steps():
    cached = "The app server asks Redis first."
    assert "deleted_but_remembered" in keys(state(step="deep_dive", text=cached))
    assert "deleted_but_remembered" not in keys(state(step="wrap_up", text=cached))


def test_general_probes_name_what_they_are_about():
    one = state(text="Done.", parts=(Part("Links DB", "database"), Part("API", "service"), Part("Users", "client")))
    said = {asked.key: asked.says for asked in probing.fitting(one)}
    assert "“Links DB”" in said["general_one_store"]
    assert "general_one_store" not in keys(replace(one, parts=(*one.parts, Part("Replica", "database"))))
    assert "general_one_store" not in keys(replace(one, parts=(Part("Links DB x3", "database"), *one.parts[1:])))


def test_general_probes_read_the_arrows():
    parts = (Part("API", "service"), Part("Clicks", "queue"), Part("Counter", "worker"), Part("Mailer", "service"))
    links = (Link("API", "Clicks"), Link("API", "Counter"))
    said = {asked.key: asked.says for asked in probing.fitting(state(parts=parts, links=links))}
    assert "“Clicks”" in said["general_nobody_reads_it"]
    assert "“Mailer”" in said["general_stands_alone"]
    assert "general_nobody_reads_it" not in keys(state(parts=parts, links=(*links, Link("Clicks", "Counter"))))


def test_a_number_that_nothing_uses_is_asked_about_with_its_value():
    unused = Row("writes", "1.16 k/s")
    said = {
        asked.key: asked.says for asked in probing.fitting(state(rows=(Row("users", "100M", is_assumed=True), unused)))
    }
    assert "writes as 1.16 k/s" in said["general_number_nobody_uses"]
    assert "general_number_nobody_uses" not in keys(state(rows=(replace(unused, is_used=True),)))


def test_the_questions_own_come_before_the_general_ones():
    of = state(text="Redis is asked first. We retry.", parts=(Part("Redis", "cache"),))
    places = [key.startswith("general_") for key in keys(of)]
    assert places == sorted(places)
    assert True in places
    assert False in places


def test_numbers_are_those_of_the_variant():
    of = state("chat", text="The gateway holds the connections.", variant=3)
    said = next(asked.says for asked in probing.fitting(of) if asked.key == "where_is_she")
    assert variants.draw(question("chat"), 3)["daily_users"] in said


# What forbids


def asked_under(frozen: str | None, text: str = "The app server asks Redis first. Clicks go to Kafka.") -> list[str]:
    return keys(state(text=text, frozen=frozen))


@pytest.mark.parametrize(
    "frozen",
    [
        "Out of scope: analytics, accounts.",
        "We do not need analytics.",
        "Analytics are not needed.",
        "Analytics is left out for now.",
        "## Not in scope\n\n- analytics\n- accounts",
        "**Out of scope**\n- QR codes\n- click analytics",
        "Out of scope:\n1. analytics",
        "- No analytics",
        "We won't build analytics in the first version",
        "Analytics come later",
        "We can't offer statistics.",
    ],
)
def test_what_was_left_out_is_not_asked_about(frozen):
    assert "click_before_or_after" in asked_under("We need analytics and links are deleted on request.")
    assert "click_before_or_after" not in asked_under(frozen)
    assert "deleted_but_remembered" in asked_under(frozen)


@pytest.mark.parametrize(
    "frozen",
    [
        "No click may be lost.",
        "Clicks must survive a crash. Accounts are out of scope.",
        "## Out of scope\n- accounts\n\n## In scope\n- click analytics",
        None,
    ],
)
def test_what_is_required_is_not_taken_for_left_out(frozen):
    assert "click_before_or_after" in asked_under(frozen)


def test_another_number_of_the_same_things_is_not_contradicted():
    text = "The gateway holds the connections."
    for frozen, is_asked in (
        ("We plan for 50M users a day.", True),
        ("We plan for 50 million users, of whom 2M users write.", True),
        ("We plan for 3M users a day.", False),
        ("p99 below 500 ms", True),
    ):
        assert ("where_is_she" in keys(state("chat", text=text, frozen=frozen))) is is_asked, frozen


def test_a_curveball_silences_what_it_made_pointless():
    of = state("ticket-booking", "deep_dive", "The booking service asks the database.")
    assert "same_seat_same_millisecond" in keys(of)
    changed = Exchange(700, "curveball", "general_admission", "…", "deep_dive")
    assert "same_seat_same_millisecond" not in keys(replace(of, exchanges=(changed,)))


def test_nothing_is_asked_twice():
    of = state(text="The app server asks Redis first. Clicks go to Kafka. We retry.")
    heard: list[Exchange] = []
    while fitting := keys(replace(of, exchanges=heard)):
        assert fitting[0] not in [exchange.key for exchange in heard]
        heard.append(Exchange(100, "probe", fitting[0], "…", "high_level_design"))
    assert len(heard) >= 3


# Moments


KINDS: tuple[ExchangeKind, ...] = ("probe", "curveball", "hint", "reply")


def spoke(at: float, kind: ExchangeKind = "probe", step: str = "deep_dive") -> Exchange:
    return Exchange(at, kind, f"{kind}{at}", "…", step)


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"idle": 8.0}, True),
        ({"idle": 7.9}, False),
        ({"left": 60.0}, False),
        ({"left": 60.1}, True),
        ({"left": None}, True),
        ({"spent": 59.0}, False),
        ({"exchanges": [spoke(821)]}, False),
        ({"exchanges": [spoke(820)]}, True),
        ({"exchanges": [spoke(900, "curveball")]}, False),
        ({"exchanges": [spoke(990, "reply"), spoke(995, "question")]}, True),
        ({"exchanges": [spoke(100), spoke(400)]}, False),
        ({"exchanges": [spoke(100), spoke(400, step="estimation")]}, True),
        ({"exchanges": [spoke(100), spoke(400, "curveball")]}, True),
    ],
)
def test_a_moment_is_a_pause_amid_a_step_and_not_soon_after_another(change, may):
    usual = {"exchanges": [], "step": "deep_dive", "at": 1000.0, "spent": 300.0, "idle": 20.0, "left": 400.0, **change}
    exchanges = usual.pop("exchanges")
    assert may_speak(exchanges, **usual) is may


def test_next_probe_keeps_to_the_moments():
    of = state(text="The app server asks Redis first.")
    assert next_probe(of) is not None
    assert next_probe(replace(of, idle=3)) is None
    assert next_probe(of) == next_probe(of)


@given(
    st.lists(st.tuples(st.floats(0, 3000), st.sampled_from(KINDS)), max_size=6),
    st.floats(0, 3000),
    st.floats(0, 1200),
    st.floats(0, 100),
    st.one_of(st.none(), st.floats(0, 1200)),
)
def test_more_patience_never_closes_a_moment(said, at, spent, idle, left):
    exchanges = [spoke(when, kind) for when, kind in said if when <= at]
    if may_speak(exchanges, step="deep_dive", at=at, spent=spent, idle=idle, left=left):
        assert may_speak(exchanges, step="deep_dive", at=at, spent=spent, idle=idle + 1, left=left)
        assert may_speak(exchanges[:-1], step="deep_dive", at=at, spent=spent, idle=idle, left=None)


# Hints


def test_a_hint_is_offered_with_its_price_before_it_is_given():
    given_hint = hint(state(text="Redis."))
    assert given_hint is not None
    assert "5 %" in given_hint.offer
    assert given_hint.cost == 0.05
    title = question("url-shortener").criterion(given_hint.criterion).title
    assert title in given_hint.says
    assert title not in given_hint.offer


def test_a_hint_is_about_the_weakest_criterion_and_never_the_same_twice():
    of = state(step="deep_dive", text="Codes are base62 from a counter block that each server takes from ZooKeeper.")
    criteria = [c for step, c in of.question.criteria() if step == "deep_dive"]
    heard: list[Exchange] = []
    while given_hint := hint(replace(of, exchanges=heard)):
        heard.append(Exchange(1, "hint", given_hint.criterion, given_hint.says, "deep_dive"))
    given_keys = [exchange.key for exchange in heard]
    assert len(set(given_keys)) == len(given_keys) >= 4
    seen = facts.read(of)
    lacking = {c.key: c.weight * (1 - hints.covered(c, seen)) for c in criteria}
    assert [lacking[key] for key in given_keys] == sorted((lacking[key] for key in given_keys), reverse=True)


def test_whoever_has_touched_upon_all_of_it_gets_no_hint():
    asked = question("url-shortener")
    for step in STEPS:
        texts = [
            *(s for key, c in asked.criteria() if key == step.key for p in c.points for s in (*p.statements, *p.terms)),
            *(name for component in asked.components for name in component.names),
            *(cue for quantity in asked.quantities for cue in quantity.cues),
        ]
        assert hint(state(step=step.key, text=".\n".join(texts))) is None, step.key


@pytest.mark.parametrize("slug", SLUGS)
def test_no_hint_gives_anything_away(slug):
    asked = question(slug)
    given_away = set(rules.runs(asked.model_answer))
    for step, criterion in asked.criteria():
        others = [Exchange(1, "hint", c.key, "", step) for _, c in asked.criteria() if c.key != criterion.key]
        given_hint = hint(state(slug, step, exchanges=others))
        assert given_hint is not None
        assert given_hint.criterion == criterion.key
        assert not given_away & set(rules.runs(given_hint.says)), criterion.key
        assert not any(s in given_hint.says for point in criterion.points for s in point.statements)


# Curveballs


@pytest.mark.parametrize("slug", SLUGS)
def test_a_curveball_is_drawn_by_the_seed_and_all_of_them_come_up(slug):
    asked = question(slug)
    drawn = [curveball(asked, variant, seed) for variant in range(6) for seed in range(10)]
    assert drawn == [curveball(asked, variant, seed) for variant in range(6) for seed in range(10)]
    assert {ball.key for ball in drawn if ball} == {ball.key for ball in asked.curveballs}


def test_a_question_without_curveballs_throws_none():
    assert curveball(question("chat").model_copy(update={"curveballs": ()}), 0, 0) is None


def test_a_curveball_never_goes_against_what_was_frozen():
    asked = question("chat")
    assert any(ball and ball.key == "delete_for_all" for ball in (curveball(asked, 0, seed) for seed in range(20)))
    frozen = "Out of scope: nobody can delete message contents; delete message"
    assert not any(
        ball and ball.key == "delete_for_all" for ball in (curveball(asked, 0, seed, frozen) for seed in range(20))
    )
    everything = "Out of scope: " + ", ".join(term for ball in asked.curveballs for term in ball.presupposes)
    assert curveball(asked, 0, 1, everything) is None


def due(**change) -> bool:
    return curveball_is_due(replace(state(step="deep_dive", spent=500.0, left=700.0, idle=9.0), **change))


def test_a_curveball_comes_once_in_a_pause_after_a_third_of_the_deep_dive():
    assert due()
    assert not due(step="high_level_design")
    assert not due(spent=399.0, left=801.0)
    assert due(spent=400.0, left=800.0)
    assert not due(idle=7.0)
    assert not due(left=200.0)
    assert due(spent=401.0, left=None)
    assert not due(spent=399.0, left=None)
    assert not due(exchanges=(Exchange(1, "curveball", "x", "…", "deep_dive"),))


def test_the_aftermath_tells_what_changed_and_what_broke():
    client, api, db, cache = (
        Part("Browser", "client"),
        Part("API", "service"),
        Part("DB", "database"),
        Part("Redis", "cache"),
    )
    before = ([client, api, db], [Link("Browser", "API"), Link("API", "DB")])
    after = ([client, api, db, cache], [Link("Browser", "API"), Link("API", "Redis")])
    found = aftermath(*before, *after)
    assert (found.added, found.removed, found.kept) == (("Redis",), (), ("Browser", "API", "DB"))
    assert (found.joined, found.parted) == ((Link("API", "Redis"),), (Link("API", "DB"),))
    assert found.broken == (Link("Browser", "DB"),)


def test_a_store_that_was_taken_away_on_purpose_is_not_broken():
    client, db = Part("Browser", "client"), Part("DB", "database")
    found = aftermath([client, db], [Link("Browser", "DB")], [client], [])
    assert found.removed == ("DB",)
    assert found.broken == ()


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=8))
def test_nothing_changed_is_no_aftermath(pairs):
    parts = [
        Part(label, kind)
        for label, kind in zip("abcde", ["client", "service", "database", "cache", "queue"], strict=True)
    ]
    links = [Link(source, target) for source, target in pairs]
    found = aftermath(parts, links, parts, links)
    assert (found.added, found.removed, found.joined, found.parted, found.broken) == ((), (), (), (), ())


# Frozen requirements


def exclusions() -> Iterator[str]:
    yield from ("We leave out {}.", "{} is out of scope.", "No {} in the first version.", "{} cannot be done.")


@given(st.sampled_from(["deletion", "own names", "a second region"]), st.sampled_from(list(exclusions())))
def test_every_way_to_leave_something_out_is_read(subject, way):
    assert requirements.leaves_out("The service redirects. " + way.format(subject), [subject])
    assert not requirements.leaves_out(way.format("billing") + f"\nWe support {subject}.", [subject])


def test_the_pause_is_that_of_the_rules():
    assert (moments.PAUSE, moments.LAST, moments.APART, moments.PER_STEP) == (8.0, 60.0, 180.0, 2)


@pytest.mark.parametrize(
    "text", ["no " * 20_000, "1 " * 20_000, "- x\n" * 10_000, "out of scope " * 5_000, "cache|" * 10_000, "(" * 50_000]
)
def test_a_hostile_answer_takes_no_time(text):
    of = state(text="The app server asks Redis first.")
    keys(of)
    began = time.process_time()
    keys(replace(of, texts={of.step: text}, frozen=text))
    hint(replace(of, texts={of.step: text}))
    assert time.process_time() - began < 2
