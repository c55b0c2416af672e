"""The candidate asks, the bank answers.

A message is cut into its questions, and each is held against the clarifications: by words, by what means the same, by
the kind of answer that is wanted, and with a letter or two forgiven. A wrong answer is worse than none, so where the
best is not clearly best it is said what was not understood; and where the bank holds nothing, that it is the
candidate's to assume. A decision is handed back, since it is what the interview is about.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from catalog.spec import Clarification, Question
from catalog.steps import REQUIREMENTS
from catalog.variants import draw, fill
from interview.interviewer import deciding, matching, pieces, words
from interview.interviewer.bank import GIVEN, worded
from interview.interviewer.types import Exchange, Reply, Said

# Nobody reads further, and nobody asks more at once.
MAX_TEXT: Final = 2000
MAX_QUESTIONS: Final = 6

ASSUME: Final = "That is yours to decide: say what you assume, and go on with it."
ASSUME_A_NUMBER: Final = "I have no figure for that. Assume one, write it down with your reason, and go on with it."
VAGUE: Final = (
    "Ask me about one thing at a time and I will tell you what I know: who uses it and how much, how quick and how "
    "exact it has to be, what exists already, what may go wrong."
)
LOST: Final = "I did not follow that; ask it another way."
IN_BRIEF: Final = "The brief says so: “{sentence}”"
POLITE: Final = "I am here. Ask me what you would like to know, or go on with your design."
MORE: Final = "Those were many questions at once. I have answered the first {count}; ask me the others again."
# What stays true when it is asked again, though nothing of the bank was said.
_LASTING: Final = frozenset({"assume", "decide", "brief"})
AGAIN: Final = "You asked that before, and it still holds. "
# The same answer to what was asked in other words, or to something else that it answers as well.
AS_SAID: Final = "As I said: "


def answer(question: Question, variant: int, text: str, asked: Sequence[Exchange]) -> Reply:
    """What the interviewer says to a message. The same arguments always give the same reply."""
    before = {exchange.key for exchange in asked if exchange.kind == "reply" and exchange.key}
    earlier = {
        worded(piece)
        for exchange in asked
        if exchange.kind == "question"
        for piece in pieces.questions_of(exchange.text)
    }
    found = list(pieces.questions_of(text[:MAX_TEXT]))
    said: dict[tuple[str, str], Said] = {}
    for piece in found[:MAX_QUESTIONS]:
        for one in _replies(question, variant, piece):
            # Two questions that one answer answers get it once.
            if (which := (one.key, "" if one.key else one.text)) not in said:
                said[which] = _if_said_before(one, before, is_same=worded(piece) in earlier)
    return Reply(tuple(_bounded(list(said.values()), is_cut=len(found) > MAX_QUESTIONS)))


def _bounded(said: list[Said], *, is_cut: bool) -> Iterator[Said]:
    """What is said in the end: a greeting goes unanswered beside a question."""
    real = [one for one in said if one.manner != "polite"]
    yield from real or said[:1] or [Said("polite", "", POLITE)]
    if is_cut:
        yield Said("vague", "", MORE.format(count=MAX_QUESTIONS))


def exchanges(at: float, step: str, text: str, reply: Reply) -> tuple[Exchange, ...]:
    """The question and each part of its reply, as they are kept."""
    question = Exchange(at, "question", "", text[:MAX_TEXT], step)
    return (question, *(Exchange(at, "reply", said.key, said.text, step) for said in reply.said))


def asked_well(
    question: Question, asked: Sequence[Exchange], *, frozen_at: float | None = None
) -> tuple[Clarification, ...]:
    """The clarifications that change the design and were asked in time: before the requirements were frozen.

    Without `frozen_at`, that is the moment at which something was said outside the first step.
    """
    told = {exchange.key for exchange in _in_time(asked, frozen_at) if exchange.kind == "reply"}
    return tuple(c for key, c in question.keyed_clarifications() if c.matters and key in told)


def _in_time(asked: Sequence[Exchange], frozen_at: float | None) -> Iterator[Exchange]:
    for exchange in asked:
        if frozen_at is not None and exchange.at > frozen_at:
            return
        if frozen_at is None and exchange.step != REQUIREMENTS:
            return
        yield exchange


def _replies(question: Question, variant: int, piece: str) -> list[Said]:
    """One reply, or two where “latency and availability” asks for two things."""
    if words.words(piece) and not (
        pieces.is_vague(piece)
        or pieces.is_no_question(piece)
        or pieces.is_foreign(piece)
        or pieces.is_personal(piece)
        or deciding.is_between(piece)
    ):
        keys = [_sure(question, half) for half in pieces.halves(piece)]
        named = list(dict.fromkeys(key for key in keys if key))
        if None not in keys and 1 < len(named) <= MAX_QUESTIONS:
            return [_told(question, variant, key) for key in named]
    return [_reply(question, variant, piece)]


def _reply(question: Question, variant: int, piece: str) -> Said:
    if pieces.is_vague(piece):
        return Said("vague", "", VAGUE)
    if pieces.is_foreign(piece) or pieces.is_personal(piece):
        return Said("lost", "", LOST)
    if pieces.is_no_question(piece):
        return Said("polite", "", POLITE)
    if deciding.is_surely(piece):
        return Said("decide", "", deciding.counter_question(piece))
    first, second = matching.best(question, piece)[:2]
    if matching.is_clear(first, second):
        return _told(question, variant, first.key)
    if matching.is_a_tie(first, second):
        return Said("which", "", _which(question, first.key, second.key))
    if deciding.is_perhaps(piece):
        return Said("decide", "", deciding.counter_question(piece))
    if sentence := matching.in_brief(fill(question.brief, question, variant), piece):
        return Said("brief", "", IN_BRIEF.format(sentence=sentence))
    if not pieces.may_be_one(piece):
        return Said("polite", "", POLITE)
    if pieces.says_nothing(piece):
        return Said("lost", "", LOST)
    return Said("assume", "", ASSUME_A_NUMBER if words.is_about_a_quantity(piece) else ASSUME)


def _sure(question: Question, piece: str) -> str | None:
    first, second = matching.best(question, piece)[:2]
    return first.key if matching.is_clear(first, second) else None


def _told(question: Question, variant: int, key: str) -> Said:
    if key.startswith(GIVEN):
        given = next(g for g in question.givens if GIVEN + g.key == key)
        value = draw(question, variant)[given.key]
        return Said("given", key, f"{given.label}: {value}. That much is fixed; build on it.")
    return Said("answer", key, fill(question.clarification(key).answer, question, variant))


def _if_said_before(said: Said, before: set[str], *, is_same: bool) -> Said:
    """What was told before is told again and said to be; that it was asked before, only where it was."""
    if said.key in before if said.key else is_same and said.manner in _LASTING:
        return Said(said.manner, said.key, (AGAIN if is_same else AS_SAID) + said.text, again=True)
    return said


def _which(question: Question, one: str, other: str) -> str:
    return f"Do you mean “{_wording(question, one)}” or “{_wording(question, other)}” Ask me either."


def _wording(question: Question, key: str) -> str:
    if key.startswith(GIVEN):
        return next(f"{given.label}?" for given in question.givens if GIVEN + given.key == key)
    return question.clarification(key).ask[0]
