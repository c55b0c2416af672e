"""What must hold in what the interviewer may say. Pure; in the form of `catalog.rules`, one generator per rule.

That keys differ, and that a criterion or a given is there, the catalog asks itself; here is what only whoever asks the
questions can tell. `interview.apps` registers both kinds.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, get_args

from catalog.rules import SHARED_RUN, Rule, Violation, statements
from catalog.spec import ComponentKind, Probe, Question
from catalog.variants import fill
from interview.interviewer import facts, probing, words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
_NUMBER = re.compile(
    r"\d|\{[a-z0-9_]+\}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"eighty|ninety|hundreds?|thousand|million|half|third|quarter|fifth|tenth|twentieth|hundredth|thousandth|dozen|once|twice|"
    r"first|second|single|both|each)\b",
    re.IGNORECASE,
)
# What presumes something of the answer has to look for it before.
_PRESUMES = re.compile(
    r"\b(?:you (?!may|can|could|had|have to|want|would|reach|drew\b)\w+|your (?!answer|name|parts|decisions))",
    re.IGNORECASE,
)
# Drawn numbers may make words in a row that the text itself does not.
VARIANTS = 6
_SHAPES = frozenset({"one_store", "queue", "cache", "unread_queue", "alone", "number", "no_number"})
_SHEETS = frozenset({"unused"})


def probes_look_for_something(question: Question) -> Iterator[Violation]:
    """Facts that nothing finds out would never hold, and a probe with them never be asked, or always."""
    for index, probe in enumerate(question.probes):
        for field in ("has", "lacks"):
            for place, fact in enumerate(getattr(probe, field)):
                for message in wrong_with(fact, question):
                    yield ("probes", index, field, place), f"“{fact}” {message}"


def probes_have_keys_of_their_own(question: Question) -> Iterator[Violation]:
    """Of two with one key the second would count as asked."""
    general = {probe.key for probe in probing.general()}
    for index, probe in enumerate(question.probes):
        if probe.key in general:
            message = f"“{probe.key}” is a follow-up for any question; give it a key of its own"
            yield ("probes", index, "key"), message


def probes_give_nothing_away(question: Question) -> Iterator[Violation]:
    """No words in a row of the model answer, a statement or a curveball's solution, and no name of what is missing."""
    solutions = [question.model_answer, *(statement for _, statement in statements(question))]
    solutions += [text for c in question.curveballs for text in (c.changes, c.keeps)]
    given = {run for text in solutions for run in runs(text)}
    for index, probe in enumerate(question.probes):
        said = (probe.says, *(fill(probe.says, question, variant) for variant in range(VARIANTS)))
        if shared := next((run for text in said for run in runs(text) if run in given), None):
            yield ("probes", index, "says"), f"gives “{' '.join(shared)}” away"
        for name in named_though_missing(probe, question):
            yield ("probes", index, "says"), f"names “{name}”, which is what it finds missing"


def probes_are_precise(question: Question) -> Iterator[Violation]:
    """An architect asks with a number, and of what is there."""
    for index, probe in enumerate(question.probes):
        yield from ((("probes", index, "says"), message) for message in imprecise(probe))
        if not probe.presupposes:
            yield (
                ("probes", index, "presupposes"),
                "is empty: name its subject, so that it is not asked where that is left out",
            )


def imprecise(probe: Probe) -> Iterator[str]:
    if not _NUMBER.search(probe.says):
        yield "holds no number"
    if "?" not in probe.says and not re.search(
        r"\b(?:tell|walk|show|name|give|write|work out|count)\b", probe.says, re.IGNORECASE
    ):
        yield "asks nothing"
    if not probe.has and not probe.lacks:
        yield "is asked of any answer: say what it has or lacks"
    if not probe.has and _PRESUMES.search(re.split(r"[.?]", probe.says)[0]):
        yield "presumes something of the answer that it does not look for: give has"


def named_though_missing(probe: Probe, question: Question | None = None) -> Iterator[str]:
    """Names of what a probe lacks, if it says them itself. Only whole names: a point's terms are of any length."""
    says = facts.phrase(_PLACEHOLDER.sub(" ", probe.says))
    for prefix, rest in (pair for fact in probe.lacks for pair in facts.alternatives(fact)):
        names: Iterable[str] = ()
        if prefix == "words":
            names = (rest,)
        elif prefix == "component" and question is not None:
            names = next((c.names for c in question.components if c.key == rest), ())
        elif prefix == "point" and question is not None:
            names = [term for term in _terms(rest, question) if len(words.raw(term)) > 1]
        yield from (name for name in names if facts.phrase(name) in says)


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = _WORD.findall(text.lower())
    return zip(*(found[start:] for start in range(SHARED_RUN)), strict=False)


def wrong_with(fact: str, question: Question | None) -> Iterator[str]:
    """What is wrong with a fact; without a question, as for general probes, it may name nothing of one."""
    components = {component.key for component in question.components} if question else set()
    for prefix, rest in facts.alternatives(fact):
        if prefix == "component" and rest not in components:
            yield f"names the component “{rest}”, which is not listed"
        if prefix == "kind" and rest not in KINDS:
            yield f"names the kind “{rest}”, which there is not"
        if prefix in ("point", "criterion") and not (question and _terms(rest, question)):
            yield f"refers to “{rest}”, which is not defined or has no terms"
        if (prefix == "shape" and rest not in _SHAPES) or (prefix == "sheet" and rest not in _SHEETS):
            yield f"names “{prefix}:{rest}”, which nothing finds out"


def _terms(reference: str, question: Question) -> list[str]:
    key, _, of = reference.partition(".")
    return [
        term
        for _, criterion in question.criteria()
        if criterion.key == key
        for point in criterion.points
        if not of or point.key == of
        for term in point.terms
    ]


KINDS = frozenset(get_args(ComponentKind))
NEEDED: Final[tuple[Rule, ...]] = (probes_look_for_something, probes_have_keys_of_their_own)
EDITORIAL: Final[tuple[Rule, ...]] = (probes_give_nothing_away, probes_are_precise)
