"""Sessions with random answers, typed at random: what the interviewer says is held against each of its promises.

Texts are model answers and examples of the catalog, cut at random; the pen pauses and runs on, the candidate asks and
takes hints, and freezes requirements that leave things out. 50 sessions in the usual round, 500 under `make soak`.
"""

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest

from catalog import answer_file
from catalog.spec import Probe, Question
from catalog.steps import REQUIREMENTS, STEPS
from catalog.variants import draw
from interview.interviewer import (
    Exchange,
    Link,
    Part,
    Row,
    State,
    answer,
    curveball,
    curveball_is_due,
    exchanges,
    hint,
    next_probe,
    probing,
)
from interview.interviewer import checking as rules
from tests.interview.bank import SLUGS, question, rows

SESSIONS = 500 if int(os.environ.get("SOAK_ROUNDS", "1")) > 1 else 50
TICK = 4.0
WAYS = (
    "Out of scope: {}.",
    "We do not need {}.",
    "{} is left out on purpose.",
    "No {} in the first version.",
    "{} is not supported.",
    "Not in scope:\n- accounts\n- {}",
    "## Out of scope\n\n- billing\n- {}",
    "**Left out**\n- {}",
    "We will not build {}, another team does.",
)


@cache
def texts(slug: str) -> tuple[dict[str, str], ...]:
    asked = question(slug)
    return tuple(answer_file.steps_of(text) for text in (asked.model_answer, *(e.text for e in asked.examples)))


@cache
def given_away(slug: str) -> frozenset[tuple[str, ...]]:
    return frozenset(rules.runs(question(slug).model_answer))


@dataclass(slots=True)
class Sitting:
    """One session as it went: what was said when, and when the last key was pressed before."""

    asked: Question
    variant: int
    left_out: frozenset[str] = frozenset()
    frozen: str = ""
    # Givens of which somebody froze another number, and no second one of the same things.
    renumbered: frozenset[str] = frozenset()
    said: list[Exchange] = field(default_factory=list)
    idle: dict[float, float] = field(default_factory=dict)
    spans: dict[str, tuple[float, float]] = field(default_factory=dict)
    spoke: dict[float, str] = field(default_factory=dict)


def frozen_requirements(rng: random.Random, asked: Question, sitting: Sitting) -> str:
    """What somebody froze: some of an answer, and things that are left out, said in one way or another."""
    subjects = [term for probe in asked.probes for term in probe.presupposes]
    left_out = rng.sample(subjects, rng.randint(0, 3))
    sitting.left_out = frozenset(left_out)
    text = cut(rng, rng.choice(texts(asked.slug))[REQUIREMENTS])
    lines = [rng.choice(WAYS).format(subject) for subject in left_out]
    if rng.random() < 0.3:
        key = rng.choice(list(draw(asked, 0)))
        value = draw(asked, sitting.variant)[key]
        noun = re.match(r"\d[\d.]*[kMBT]? ([a-z]{4,})s\b", value)
        if noun and noun[1] not in " ".join([text, *lines]):
            sitting.renumbered = frozenset([key])
        lines.append(f"We plan for {other_number(rng, value)}.")
    return "\n\n".join([text, *lines])


def other_number(rng: random.Random, value: str) -> str:
    return re.sub(r"\d+(?:\.\d+)?", lambda match: f"{float(match[0]) * rng.choice([3, 7]):g}", value, count=1)


def cut(rng: random.Random, text: str) -> str:
    lines = text.splitlines()
    return "\n".join(line for line in lines[: rng.randint(0, len(lines))] if rng.random() < 0.85)


def drawing(rng: random.Random, asked: Question) -> tuple[tuple[Part, ...], tuple[Link, ...]]:
    chosen = rng.sample(asked.components, rng.randint(0, min(8, len(asked.components))))
    parts = tuple(Part(rng.choice(c.names), rng.choice([c.kind, None])) for c in chosen)
    pairs = [(a, b) for a in parts for b in parts if a is not b]
    return parts, tuple(Link(a.label, b.label) for a, b in rng.sample(pairs, min(len(pairs), rng.randint(0, 9))))


def sheet(rng: random.Random, asked: Question) -> tuple[Row, ...]:
    return tuple(
        Row(q.key, "42 k/s", rng.random() < 0.3, rng.random() < 0.5) for q in asked.quantities[: rng.randint(0, 4)]
    )


def played(seed: int) -> Sitting:
    """A session from its first to its last second."""
    rng = random.Random(seed)
    asked = question(rng.choice(SLUGS))
    sitting = Sitting(asked, variant=rng.randint(0, 5))
    written: dict[str, str] = {}
    at = 0.0
    limited = rng.random() < 0.8
    for step in STEPS:
        length = step.minutes * 60 * rng.choice([0.7, 1.0, 1.5])
        sitting.spans[step.key] = (at, at + length if limited else float("inf"))
        whole = cut(rng, rng.choice(texts(asked.slug))[step.key])
        parts, links = drawing(rng, asked) if step.key in ("high_level_design", "deep_dive") else ((), ())
        for now, idle, share in pen(rng, length):
            written[step.key] = whole[: int(len(whole) * share)]
            state = State(
                asked, sitting.variant, step.key, dict(written), at + now, now, idle,
                left=length - now if limited else None, parts=parts, links=links,
                rows=sheet(rng, asked) if step.key != REQUIREMENTS else (),
                exchanges=tuple(sitting.said), frozen=sitting.frozen or None,
            )  # fmt: skip
            sitting.idle[at + now] = idle
            speak(rng, sitting, state)
        if step.key == REQUIREMENTS:
            sitting.frozen = frozen_requirements(rng, asked, sitting)
        at += length
    return sitting


def pen(rng: random.Random, length: float) -> Iterator[tuple[float, float, float]]:
    """(seconds in the step, since the last key, share that is written): it runs for a while, then rests for a while."""
    now, last, share, is_typing, until = 0.0, 0.0, 0.0, True, 0.0
    while now < length:
        if now >= until:
            is_typing, until = not is_typing, now + rng.choice([4, 10, 25, 60, 120])
        if is_typing:
            last, share = now, min(1.0, share + rng.random() * 0.08)
        yield now, now - last, share
        now += TICK


def speak(rng: random.Random, sitting: Sitting, state: State) -> None:
    if rng.random() < 0.01:
        text = rng.choice(rows()).text if rng.random() < 0.8 else rng.choice(["", "?", "so", "tell me all"])
        reply = answer(state.question, state.variant, text, sitting.said)
        sitting.said += exchanges(state.at, state.step, text, reply)
    elif rng.random() < 0.003 and (offered := hint(state)):
        sitting.said.append(Exchange(state.at, "hint", offered.criterion, offered.says, state.step))
    elif curveball_is_due(state) and (ball := curveball(state.question, state.variant, 7, state.frozen)):
        sitting.said.append(Exchange(state.at, "curveball", ball.key, ball.says, state.step))
    elif probe := next_probe(state):
        sitting.said.append(Exchange(state.at, "probe", probe.key, probe.says, state.step))
        sitting.said.append(Exchange(state.at + 20, "probe_reply", probe.key, "An answer.", state.step))


def probe_of(sitting: Sitting, key: str) -> Probe:
    return next(p for p in (*sitting.asked.probes, *probing.general()) if p.key == key)


def no_follow_up_comes_twice(sitting: Sitting) -> None:
    for kind in ("probe", "hint", "curveball"):
        heard = [exchange.key for exchange in sitting.said if exchange.kind == kind]
        assert len(set(heard)) == len(heard), (kind, heard)
    assert sum(exchange.kind == "curveball" for exchange in sitting.said) <= 1


def none_goes_against_what_was_frozen(sitting: Sitting) -> None:
    """Read from what was put into the requirements, and not from how the interviewer reads them."""
    out = {subject.casefold() for subject in sitting.left_out}
    for exchange in sitting.said:
        if exchange.kind == "probe" and exchange.step != REQUIREMENTS:
            presupposed = {term.casefold() for term in probe_of(sitting, exchange.key).presupposes}
            assert not presupposed & out, (exchange.key, presupposed & out, sitting.frozen)
            named = re.findall(r"\{([a-z0-9_]+)\}", probe_of(sitting, exchange.key).says)
            assert not set(named) & sitting.renumbered, (exchange.key, sitting.frozen)
        if exchange.kind == "curveball":
            ball = next(c for c in sitting.asked.curveballs if c.key == exchange.key)
            assert not {term.casefold() for term in ball.presupposes} & out, exchange.key


def all_numbers_are_those_of_the_variant(sitting: Sitting) -> None:
    drawn = draw(sitting.asked, sitting.variant)
    for exchange in sitting.said:
        if exchange.kind == "probe":
            wanted = re.findall(r"\{([a-z0-9_]+)\}", probe_of(sitting, exchange.key).says)
            assert all(drawn[key] in exchange.text for key in wanted if key in drawn)
            assert "{" not in exchange.text


def none_gives_the_model_answer_away(sitting: Sitting) -> None:
    for exchange in sitting.said:
        if exchange.kind in ("probe", "hint", "curveball"):
            shared = given_away(sitting.asked.slug) & set(rules.runs(exchange.text))
            assert not shared, (exchange.key, shared)


def moments_are_kept(sitting: Sitting) -> None:
    spoken = [exchange for exchange in sitting.said if exchange.kind in ("probe", "curveball")]
    for exchange in spoken:
        began, ends = sitting.spans[exchange.step]
        assert sitting.idle[exchange.at] >= 8
        assert began <= exchange.at < ends - 60
    probes = [exchange for exchange in spoken if exchange.kind == "probe"]
    for exchange in probes:
        assert not any(0 <= exchange.at - other.at < 180 for other in spoken if other is not exchange), exchange
    for step in STEPS:
        assert sum(exchange.step == step.key for exchange in probes) <= 2


def nothing_follows_a_curveball_that_made_it_pointless(sitting: Sitting) -> None:
    changed = [exchange for exchange in sitting.said if exchange.kind == "curveball"]
    for exchange in sitting.said:
        if exchange.kind == "probe":
            before = {other.key for other in changed if other.at < exchange.at}
            assert not before & set(probe_of(sitting, exchange.key).not_after)


PROMISES = (
    no_follow_up_comes_twice,
    none_goes_against_what_was_frozen,
    all_numbers_are_those_of_the_variant,
    none_gives_the_model_answer_away,
    moments_are_kept,
    nothing_follows_a_curveball_that_made_it_pointless,
)


@pytest.mark.soak
def test_every_promise_is_kept_in_every_session():
    kinds: dict[str, int] = {}
    questions = set()
    for seed in range(SESSIONS):
        sitting = played(seed)
        for promise in PROMISES:
            promise(sitting)
        questions.add(sitting.asked.slug)
        for exchange in sitting.said:
            kinds[exchange.kind] = kinds.get(exchange.kind, 0) + 1
    # Silence would keep every promise: the interviewer has spoken.
    assert kinds["probe"] > 3 * SESSIONS
    assert kinds["curveball"] > SESSIONS / 2
    assert kinds["hint"] > SESSIONS / 5
    assert len(questions) > 15


def test_a_session_is_the_same_each_time():
    assert played(3).said == played(3).said


def test_the_promises_would_notice():
    sitting = next(s for s in map(played, range(30)) if sum(e.kind == "probe" for e in s.said) >= 2)
    first = next(e for e in sitting.said if e.kind == "probe")
    for promise, said in (
        (no_follow_up_comes_twice, [first, first]),
        (moments_are_kept, [first, Exchange(first.at, "probe", "other", "…", first.step)]),
        (none_gives_the_model_answer_away, [Exchange(1, "hint", "x", sitting.asked.model_answer, "deep_dive")]),
        (all_numbers_are_those_of_the_variant, [Exchange(1, "probe", first.key, "{links}", "deep_dive")]),
    ):
        with pytest.raises(AssertionError):
            promise(Sitting(sitting.asked, sitting.variant, said=said, idle=sitting.idle, spans=sitting.spans))
    excluding = Sitting(
        sitting.asked, sitting.variant, said=[Exchange(1, "probe", sitting.asked.probes[0].key, "", "deep_dive")]
    )
    excluding.left_out = frozenset(sitting.asked.probes[0].presupposes)
    with pytest.raises(AssertionError):
        none_goes_against_what_was_frozen(excluding)
