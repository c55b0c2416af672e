"""The numbers of a sitting: which value each given takes in a variant, and what follows from them. Pure.

Variant 0 is the canonical one. The same slug and number draw the same values on every machine.
"""

import hashlib
import re
from functools import lru_cache

from catalog.spec import Question
from lib.quantities import Quantity, evaluate

_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


def draw(question: Question, variant: int) -> dict[str, str]:
    """Given key → the value's text. Variant 0 takes the first of each."""
    return {
        given.key: given.values[_pick(f"{question.slug}:{variant}", given.key, len(given.values)) if variant else 0]
        for given in question.givens
    }


def names(question: Question, variant: int) -> dict[str, Quantity]:
    """Every given and every expected quantity, evaluated in order; raises QuantityError for a broken question."""
    return dict(_names(question.slug, tuple(draw(question, variant).items()), _formulas(question)))


def fill(text: str, question: Question, variant: int) -> str:
    """`text` with each `{key}` of a given replaced by its drawn value; other braces stay as they are."""
    drawn = draw(question, variant)
    return _PLACEHOLDER.sub(lambda match: drawn.get(match[1], match[0]), text)


def _pick(seed: str, key: str, count: int) -> int:
    digest = hashlib.sha256(f"{seed}:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count


def _formulas(question: Question) -> tuple[tuple[str, str], ...]:
    return tuple((expected.key, expected.formula) for expected in question.quantities)


# Evaluating a question's formulas takes milliseconds of pint; the values never change.
@lru_cache(maxsize=256)
def _names(
    slug: str, givens: tuple[tuple[str, str], ...], formulas: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, Quantity], ...]:
    known: dict[str, Quantity] = {key: evaluate(value) for key, value in givens}
    for key, formula in formulas:
        known[key] = evaluate(formula, known)
    return tuple(known.items())
