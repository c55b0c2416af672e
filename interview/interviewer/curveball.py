"""One requirement changes in the deep dive: which one, when, and what that did to the drawing."""

import hashlib
from collections.abc import Sequence
from typing import Final

from catalog.spec import Curveball, Question
from catalog.steps import BY_KEY, DEEP_DIVE
from catalog.variants import fill
from interview.interviewer import frozen as requirements
from interview.interviewer import moments
from interview.interviewer.types import Aftermath, Link, Part, State, Thrown

# It comes after a third of the deep dive, when there is a design to change and time to change it.
AFTER: Final = 1 / 3
# Whoever has less than this left could only be frightened by it.
NEEDED: Final = 240.0
_STORES: Final = frozenset({"database", "object_store", "search_index", "cache"})


def curveball(question: Question, variant: int, seed: int, frozen: str | None = None) -> Thrown | None:
    """The change of this sitting: the first, in an order drawn by the seed, that the frozen requirements allow."""

    def place(one: Curveball) -> str:
        return hashlib.sha256(f"{question.slug}:{variant}:{seed}:{one.key}".encode()).hexdigest()

    for one in sorted(question.curveballs, key=place):
        if not requirements.leaves_out(frozen, one.presupposes):
            return _filled(one, question, variant)
    return None


def is_due(state: State) -> bool:
    """Whether to bring it now: in the deep dive, after a third of its time, in a pause, and only once."""
    if state.step != DEEP_DIVE or any(exchange.kind == "curveball" for exchange in state.exchanges):
        return False
    whole = state.spent + state.left if state.left is not None else BY_KEY[DEEP_DIVE].minutes * 60.0
    if state.spent < AFTER * whole or state.idle < moments.PAUSE:
        return False
    return state.left is None or state.left >= NEEDED


def aftermath(
    before: Sequence[Part], links: Sequence[Link], after: Sequence[Part], links_after: Sequence[Link]
) -> Aftermath:
    """What became of a drawing between the curveball and the end. Parts and arrows are the same if their labels are."""
    old, new = ([part.label for part in parts] for parts in (before, after))
    ends, ends_after = ([(link.source, link.target) for link in drawn] for drawn in (links, links_after))
    reached, reached_after = _reached(before, links), _reached(after, links_after)
    return Aftermath(
        added=tuple(label for label in new if label not in old),
        removed=tuple(label for label in old if label not in new),
        kept=tuple(label for label in old if label in new),
        joined=tuple(link for link in links_after if (link.source, link.target) not in ends),
        parted=tuple(link for link in links if (link.source, link.target) not in ends_after),
        broken=tuple(Link(*pair) for pair in reached if pair not in reached_after and set(pair) <= set(new)),
    )


def _reached(parts: Sequence[Part], links: Sequence[Link]) -> list[tuple[str, str]]:
    """Which stores each client gets to, along the arrows."""
    following: dict[str, list[str]] = {}
    for link in links:
        following.setdefault(link.source, []).append(link.target)
    stores = [part.label for part in parts if part.kind in _STORES]
    found = []
    for client in (part.label for part in parts if part.kind == "client"):
        passed, waiting = {client}, [client]
        while waiting:
            fresh = [label for label in following.get(waiting.pop(), ()) if label not in passed]
            passed.update(fresh)
            waiting += fresh
        found += [(client, store) for store in stores if store in passed]
    return found


def _filled(one: Curveball, question: Question, variant: int) -> Thrown:
    def drawn(text: str) -> str:
        return fill(text, question, variant)

    return Thrown(
        one.key, drawn(one.says), drawn(one.requirement or ""), drawn(one.changes), drawn(one.keeps), one.touches
    )
