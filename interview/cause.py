"""The words of an answer that a follow-up was asked for, to be shown beside it. Pure.

Best effort, and nothing where it is not sure: follow-ups are triggered by stems and by what is not there, and a quote
that has nothing to do with the question would only confuse.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from catalog.spec import Probe, Question
from interview.interviewer import facts, probing

MAX_CHARS: Final = 120
# Nobody writes more in a step.
MOST: Final = 40_000
_FENCE: Final = re.compile(r"^```.*?(?:^```|\Z)", re.MULTILINE | re.DOTALL)
_CLAUSE: Final = re.compile(r"[^.;:!?\n]+")
_DENIED: Final = re.compile(
    r"\b(?:no|not|without|never|neither|nor|instead of|rather than|avoid|reject\w*|skip)\b|n't\b", re.IGNORECASE
)


def of(question: Question, key: str, texts: Iterable[str]) -> str:
    """The words that caused a follow-up, from the first text that has any; "" where none are known."""
    names = _names(question, key)
    return next((found for text in texts for name in names if (found := _clause(name, text))), "")


def probe_of(question: Question, key: str) -> Probe | None:
    return next((probe for probe in (*question.probes, *probing.general()) if probe.key == key), None)


def _names(question: Question, key: str) -> list[re.Pattern[str]]:
    """What each fact of the follow-up may be written as, in its order."""
    probe = probe_of(question, key)
    written = [tuple(dict.fromkeys(_written(question, fact))) for fact in probe.has] if probe else []
    return [_pattern(names) for names in written if names]


def _written(question: Question, fact: str) -> Iterator[str]:
    for prefix, rest in facts.alternatives(fact):
        if prefix == "words":
            yield rest
        for component in question.components:
            if (prefix == "component" and component.key == rest) or (prefix == "kind" and component.kind == rest):
                yield from component.names
        if prefix == "point":
            yield from _terms(question, rest)


def _terms(question: Question, reference: str) -> Iterator[str]:
    key, _, of_point = reference.partition(".")
    for _, criterion in question.criteria():
        if criterion.key == key:
            for point in criterion.points:
                if not of_point or point.key == of_point:
                    yield from point.terms


@lru_cache(maxsize=512)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
    return re.compile(rf"(?<!\w)(?:{either})(?:e?s)?(?!\w)", re.IGNORECASE)


def _clause(name: re.Pattern[str], text: str) -> str:
    """The clause around the first place that is meant; not one that rules it out, quotes somebody or is drawn."""
    prose = _FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), text[:MOST])
    for line in prose.splitlines():
        if line.lstrip().startswith(">") or not name.search(line):
            continue
        for clause in _CLAUSE.finditer(line):
            words = clause[0].strip(" \t-*_#|`,")
            if (found := name.search(words)) and not _DENIED.search(words):
                return _short(words, found.start(), found.end())
    return ""


def _short(words: str, start: int, end: int) -> str:
    """No more than a line or two, with the words that matter in it."""
    if len(words) <= MAX_CHARS:
        return words
    first = max(0, min(start - 40, len(words) - MAX_CHARS))
    last = max(first + MAX_CHARS, end)
    cut = words[first:last].strip()
    return f"{'…' if first else ''}{cut}{'…' if last < len(words) else ''}"
