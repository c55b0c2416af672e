"""Follow-ups: which one, if any, fits the answer as it stands.

Those of the question come before the general ones, and of several that fit the most specific; what is left is chosen
by the variant, so that a second try hears others. Nothing is asked twice, and nothing that goes against what the
candidate froze.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from catalog.spec import Probe
from catalog.variants import fill
from interview.interviewer import facts, frozen, moments
from interview.interviewer.types import Asked, State

GENERAL: Final = Path(__file__).resolve().parent.parent / "probes.yaml"
# There has to be something to ask about.
BEGUN_WORDS, BEGUN_PARTS = 25, 3


def next_probe(state: State) -> Asked | None:
    """What the interviewer asks now, or None: the moment is wrong, or nothing fits."""
    if not moments.may_speak(
        state.exchanges, step=state.step, at=state.at, spent=state.spent, idle=state.idle, left=state.left
    ):
        return None
    return next(fitting(state), None)


def fitting(state: State) -> Iterator[Asked]:
    """Every follow-up that would fit, the best first, whatever the moment."""
    if not _has_begun(state):
        return
    seen = facts.read(state)
    heard = {exchange.key for exchange in state.exchanges}
    for probe in _ordered(state):
        if probe.key not in heard and _is_triggered(probe, seen) and not _goes_against(probe, state):
            yield Asked(probe.key, _said(probe, state, seen), probe.criterion or "")


@lru_cache(maxsize=1)
def general() -> tuple[Probe, ...]:
    """Those that fit any question, about structures and numbers."""
    return tuple(Probe.model_validate(entry) for entry in yaml.safe_load(GENERAL.read_text(encoding="utf-8")))


def _ordered(state: State) -> list[Probe]:
    def rank(probe: Probe) -> tuple[int, str]:
        seed = f"{state.question.slug}:{state.variant}:{probe.key}"
        return -len(probe.has) - len(probe.lacks), hashlib.sha256(seed.encode()).hexdigest()

    own = [probe for probe in state.question.probes if state.step in probe.steps]
    return sorted(own, key=rank) + sorted((p for p in general() if state.step in p.steps), key=rank)


def _is_triggered(probe: Probe, seen: facts.Seen) -> bool:
    return all(facts.holds(fact, seen) for fact in probe.has) and not any(
        facts.was_thought_of(fact, seen) for fact in probe.lacks
    )


def _goes_against(probe: Probe, state: State) -> bool:
    """Whether the frozen requirements, or a change since, leave no room for it."""
    if any(exchange.kind == "curveball" and exchange.key in probe.not_after for exchange in state.exchanges):
        return True
    if frozen.leaves_out(state.frozen, probe.presupposes):
        return True
    return frozen.has_other_numbers(state.frozen, probe.says, state.question, state.variant)


def _said(probe: Probe, state: State, seen: facts.Seen) -> str:
    text = fill(probe.says, state.question, state.variant)
    label = next((seen.shapes[rest] for prefix, rest in _of(probe) if prefix == "shape" and seen.shapes.get(rest)), "")
    row = next((seen.sheet[rest] for prefix, rest in _of(probe) if prefix == "sheet" and rest in seen.sheet), None)
    text = text.replace("{part}", label)
    return text.replace("{name}", row.name).replace("{value}", row.value) if row else text


def _of(probe: Probe) -> Iterator[tuple[str, str]]:
    for fact in probe.has:
        yield from facts.alternatives(fact)


def _has_begun(state: State) -> bool:
    written = len(state.texts.get(state.step, "").split())
    return written >= BEGUN_WORDS or len(state.parts) >= BEGUN_PARTS
