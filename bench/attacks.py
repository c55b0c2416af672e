"""Texts that try to get marks without an answer, made from a question's own texts and the same on every run."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from typing import Final

from catalog import variants
from catalog.spec import Criterion, Question
from catalog.steps import ESTIMATION, HIGH_LEVEL_DESIGN, STEPS
from scoring.engine.types import Answer
from scoring.engine.words import FUNCTION_WORDS

Attack = Callable[[Question], Answer]
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'-]+")


# Terms


def terms(question: Question, step: str) -> list[str]:
    """What the rubric of a step calls things, each once; for the design the names of its parts as well."""
    points = [p for s, c in question.criteria() if s == step for p in c.points]
    found = [term for point in points for term in point.terms]
    if step == ESTIMATION:
        found += [text for q in question.quantities for text in (q.label, *q.cues)]
    if step == HIGH_LEVEL_DESIGN:
        found += [name for component in question.components for name in component.names]
    return list(dict.fromkeys(found))


def _with_terms(write: Callable[[Sequence[str]], str]) -> Attack:
    return lambda question: Answer({step.key: write(terms(question, step.key)) for step in STEPS})


_FRAMES: Final = (
    "The system relies on {} together with {}, while {} works with {}.",
    "For this design we choose {} and {}, supported by {} and {}.",
    "Because of the load there is {}, then {}, and {} next to {}.",
    "Our solution combines {} with {} so that {} and {} are covered.",
    "Using {} we get {}, which means {} is handled by {}.",
)


_LONG_FRAMES: Final = (
    "When many people use the product at the same moment, {} is what keeps it quick for all of them.",
    "After a careful look at the numbers the team would choose {}, because it fits this kind of load best.",
    "One part of the answer is {}, which every engineer who has built something like this would expect to see.",
    "It is worth the effort to have {} from the first day, since adding it later costs much more.",
    "Behind the main service stands {}, so that nothing bad happens when a machine is slow or goes away.",
    "If somebody asks why {} is there: it makes the whole thing safer and easier to change.",
    "Our customers never see {}, yet without it they would soon notice that something is missing.",
)


def _framed(found: Sequence[str]) -> str:
    """Four terms to a sentence, the sentences in turn."""
    groups = [list(islice(cycle(found), i, i + 4)) for i in range(0, len(found), 4)]
    return " ".join(frame.format(*group) for frame, group in zip(cycle(_FRAMES), groups, strict=False))


def _wrapped(found: Sequence[str]) -> str:
    """One term to a long sentence that reads well and says nothing; the first sixteen terms."""
    return " ".join(frame.format(term) for frame, term in zip(cycle(_LONG_FRAMES), found[:16], strict=False))


def _spread(found: Sequence[str]) -> str:
    """Two terms to a long sentence, from all over the step: what somebody remembers who has read about it."""
    chosen = found[:: max(1, len(found) // 24)]
    pairs = zip(cycle(_LONG_FRAMES), chosen[::2], chosen[1::2], strict=False)
    return " ".join(frame.format(f"{a} with {b}") for frame, a, b in pairs)


def _glued(found: Sequence[str]) -> str:
    return " ".join(f"We use {a} and {b}." for a, b in zip(found[::2], [*found[1::2], "more"], strict=False))


_DENIALS: Final = ("There is no {}.", "{} is not needed.", "We leave out {} and do without it.", "No {} here.")


def _denied_in_turns(found: Sequence[str]) -> str:
    said = [denial.format(term) for denial, term in zip(cycle(_DENIALS), found, strict=False)]
    return " ".join(text[0].upper() + text[1:] for text in said)


# The words of the rubric, drawn at random: what somebody does who has read it and understood nothing.


_MOULDS: Final = (
    "The {} {} keeps the {} {}, because the {} {} needs the {} {}, so that the {} stays {}.",
    "We {} the {} with a {} {}, so that no {} is {} by the {}.",
    "Each {} has its own {} {}, and a {} {} waits for the {}.",
    "When the {} {} fails, another {} takes over the {} and the {} goes on.",
    "A {} of {} is written to the {} before the {} {} is {}.",
    "Instead of a {} {} there is one {} for every {}, which costs a {} {}.",
)
_DRAWN: Final = 24
_LOOSE_WORDS: Final = 14


def _at_random(moulds: Sequence[str]) -> Attack:
    """Twenty-four sentences for each step; without a mould, fourteen words in a row."""

    def write(question: Question) -> Answer:
        draw = random.Random(question.slug)
        sections = {}
        for step in STEPS:
            said = [s for key, c in question.criteria() if key == step.key for p in c.points for s in p.statements]
            every = [word.lower() for statement in said for word in _WORD.findall(statement)] or [step.short]
            telling = [word for word in every if word not in FUNCTION_WORDS]
            chosen = (
                [draw.choice(moulds) for _ in range(_DRAWN)] if moulds else [" ".join(["{}"] * _LOOSE_WORDS)] * _DRAWN
            )
            words = telling if moulds else every
            texts = [mould.format(*(draw.choice(words) for _ in range(mould.count("{}")))) for mould in chosen]
            sections[step.key] = " ".join(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in texts)
        return Answer(sections)

    return write


# What anybody could write


def prompt(question: Question, *, promise: str = "") -> Answer:
    """What a candidate has before their eyes: the brief, and what each step asks for and looks for."""
    brief = variants.fill(question.brief, question, 0)
    return Answer({s.key: f"{brief}\n\n{s.prompt}\n{_lines(s.looks_for)}\n\n{promise}".strip() for s in STEPS})


def told(question: Question) -> Answer:
    """What the interviewer answers, in every step."""
    answers = _lines([variants.fill(c.answer, question, 0) for c in question.clarifications])
    return Answer({step.key: answers for step in STEPS})


def rubric(question: Question) -> Answer:
    """What a first try is answered with: what the criteria of each step look for, and what was missing."""
    rows = [(step, text) for step, c in question.criteria() for text in (c.looks_for, c.anchors[4], *_missing(c))]
    return Answer({step.key: " ".join(text for key, text in rows if key == step.key) for step in STEPS})


def _missing(criterion: Criterion) -> list[str]:
    return [point.missing for point in criterion.points]


def boilerplate(question: Question) -> Answer:
    """Two hundred words that fit every question."""
    return Answer(dict(zip((step.key for step in STEPS), _BOILERPLATE, strict=True)))


def boilerplate_and_brief(question: Question) -> Answer:
    """The same after a copy of the brief, so that it speaks of the right things."""
    brief = variants.fill(question.brief, question, 0)
    return Answer({key: f"{brief}\n\n{text}" for key, text in boilerplate(question).sections.items()})


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


_BOILERPLATE: Final = (
    "The system should be scalable, reliable, highly available and secure. It must give users a smooth experience "
    "with low latency at all times. Both functional and non-functional requirements matter, and we balance them "
    "according to the priorities of the business.",
    "We expect a large number of users and a lot of traffic, and it will grow over time. Storage and bandwidth "
    "needs are considerable, so we provision enough capacity in the cloud and let auto-scaling add servers whenever "
    "they are needed.",
    "We use a modern microservice architecture in the cloud. Clients talk to a load balancer, which passes requests "
    "on to stateless services. The services use a cache for speed and a database for persistence, and a message "
    "queue decouples the components from each other.",
    "The database is sharded and replicated, so that it scales and has no single point of failure. Caching reduces "
    "the load and improves performance. Failures are handled with retries and failover. Asynchronous processing "
    "makes everything robust and efficient under heavy load.",
    "Every design has trade-offs, and ours strikes a good balance between cost, complexity and performance. We "
    "monitor the system with dashboards and alerts, deploy with modern pipelines, and improve it continuously. In "
    "future it can easily be extended to serve more users.",
)

ATTACKS: Final[Mapping[str, Attack]] = {
    "terms, with commas": _with_terms(lambda found: ", ".join(found) + "."),
    "terms, one per line": _with_terms("\n".join),
    "terms, one per bullet": _with_terms(_lines),
    "terms, glued into sentences": _with_terms(_glued),
    "terms, four per sentence": _with_terms(_framed),
    "terms, one per long sentence": _with_terms(_wrapped),
    "terms, two per long sentence": _with_terms(_spread),
    "prompt copied": prompt,
    "prompt copied and promised": lambda q: prompt(q, promise="We will do all of this, as described above."),
    "interviewer's answers copied": told,
    "rubric copied": rubric,
    "rubric's words, at random": _at_random(()),
    "rubric's words, in one mould": _at_random(_MOULDS[:1]),
    "rubric's words, in six moulds": _at_random(_MOULDS),
    "boilerplate": boilerplate,
    "boilerplate after the brief": boilerplate_and_brief,
    "everything denied": _with_terms(lambda found: " ".join(f"We do not need {term}." for term in found)),
    "everything denied, in turns": _with_terms(_denied_in_turns),
}
