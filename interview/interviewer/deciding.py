"""Questions that ask for the solution. They are handed back, with a question that helps to decide and takes no side."""

import re
from itertools import pairwise
from typing import Final

from interview.interviewer import words

# What a design is made of, by what there is to ask back.
_KINDS: Final = {kind: frozenset(names.split()) for kind, names in words.vocabulary()["trade"].items()}
_EVERYDAY: Final = frozenset(words.vocabulary()["everyday"].split())
# Where a design does something; to ask what should happen there is to ask for the design.
_PLACES: Final = frozenset(words.vocabulary()["places"].split())

_YOURS: Final = "That is yours to decide. "
# What there is to think of first, and how it ends.
_BACK: Final = {
    "store": (
        "Which reads and writes does it have to serve, how often, and what must never be wrong?",
        "Tell me that, and then which one you take.",
    ),
    "cache": (
        "What is read again how soon, how old may it be, and what happens on the day it is empty?",
        "Tell me that, and then what you do.",
    ),
    "queue": (
        "What has to wait, for how long at most, and what if it arrives twice?",
        "Tell me that, and then what you take.",
    ),
    "link": (
        "Who has to learn what from whom, how soon, and what if the line breaks?",
        "Tell me that, and then what you choose.",
    ),
    "split": (
        "What grows first, what is asked for together, and what may be lost for how long?",
        "Tell me that, and then what follows.",
    ),
    "algorithm": (
        "What does it have to guarantee here, and what does each way cost at your numbers?",
        "Take one, and tell me why not the other.",
    ),
    "shape": (
        "Who builds and runs it, and which of your numbers asks for more than the simplest arrangement?",
        "Tell me that, and then what you choose.",
    ),
    "": (
        "What are the two best ways you see, and which of your numbers tells them apart?",
        "I would like to hear it from you.",
    ),
}

_ADVICE: Final = re.compile(
    r"\b(?:do you (?:recommend|suggest|prefer|advise)|(?:would|do|did) you (?:recommend|suggest|advise|choose|pick|"
    r"prefer)|"
    r"would you (?:use|go|take|do|have|shard|store|put|start|build|split|model|keep)|what (?:do|would) you "
    r"(?:think|recommend|suggest|advise|choose|prefer|use|take|do|pick)|what would be (?:the )?best|"
    r"(?:what|which) (?:algorithm|design|answer|solution|architecture|approach) (?:would|do) you expect|you expect "
    r"me to|you (?:would|'d) (?:use|take|choose)|(?:is|are) (?:the |my |this |that )?(?:\w+ ){0,4}(?:a|the) "
    r"(?:good|better|best|right|correct|wrong|bad) (?:idea|choice|thing|approach|way|fit|solution|answer)|"
    r"(?:right|correct|best|optimal|ideal|model|expected|your) (?:answer|solution|approach|design|architecture|"
    r"algorithm|way)|"
    r"my (?:design|approach|solution|answer|architecture|diagram|choice)|am i (?:right|wrong|on the right)|"
    r"worth it|better (?:to|choice|option|fit)|the best (?:\w+ )?(?:database|db|store|choice|option|for|way)|"
    r"which (?:\w+ ){0,3}(?:is|are|would be|should be) (?:the )?(?:best|better|right)|what (?:\w+ ){0,3}is best|"
    r"would (?:\w+ ){1,3}be (?:good|better|best|ok|fine|right|enough)|which one\b|what (?:do|should) i (?:do|use|"
    r"choose|pick))\b",
    re.IGNORECASE,
)
_SHOULD: Final = re.compile(
    r"\b(?:should|shall|could|can|may) (?:i|we|it|the \w+|they|my \w+|these|those)\b|\bdo (?:i|we) (?:\w+ )?need\b|"
    r"\bis it (?:ok|okay|fine|all right|alright|good|better)\b"
    r"|\bok to\b|\bi (?:would|will|am going to|want to|plan to)\b",
    re.IGNORECASE,
)
_METHOD: Final = re.compile(
    r"^(?:so |and |but |ok |please )*(?:how (?:should|would|do|can|could|might|to)\b(?: (?:i|we|you|one|it))?(?: "
    r"\w+ly)? "
    r"(?:design|solve|shard|partition|scale|rank|implement|build|store|model|split|structure|generate|"
    r"guarantee|ensure|achieve|choose|cache|invalidate|replicate|distribute|index|fix)|"
    r"how (?:should|would|can|could) (?:i|we) (?:handle|deal|prevent|avoid|make)\b|"
    r"(?:which|what) (?:\w+ ){0,4}(?:should|shall) (?:i|we|it)\b(?! (?:plan|expect|assume|target|be prepared))|how "
    r"many \w+ should (?:i|we) (?:have|use|run|take)\b|"
    r"can you (?:tell me|give me|show me|explain) (?:the (?:answer|solution|design)|how to|which|what)|what is the "
    r"(?:answer|solution))",
    re.IGNORECASE,
)
# Worries about the task, which should is also used for: they are questions about what is wanted.
_WANTED: Final = re.compile(
    r"\b(?:should|shall|do|must) (?:i|we) (?:worry|care|expect|plan|consider|assume|cover|count|be able|also|have "
    r"to|need to|"
    r"support|design for|show|remember|allow|include|handle|notify|always)\b",
    re.IGNORECASE,
)


def is_between(piece: str) -> bool:
    """“Token bucket or sliding window?”: two things of the trade to choose between, or one of them and whatever."""
    sides = re.split(r"\s(?:or|vs\.?|versus)\s", words.plain(piece))
    if len(sides) != 2:
        return False
    before, after = sides[0].split(), sides[1].split()
    if _names(" ".join(before[-3:])) and _names(" ".join(after[:4])):
        return True
    return len(before) + len(after) <= 7 and (_products(" ".join(before[-3:])) or _products(" ".join(after[:2])))


def is_surely(piece: str) -> bool:
    """Whether a piece asks what to do, so that even a clarification about the same thing would be no answer."""
    if is_between(piece):
        return True
    if _ADVICE.search(piece) and not _WANTED.search(piece):
        return True
    if _METHOD.match(words.plain(piece)) and not _WANTED.search(piece):
        return True
    return bool(
        _SHOULD.search(piece) and _products(piece) and not _WANTED.search(piece) and not _MAY.match(piece.strip())
    )


def is_perhaps(piece: str) -> bool:
    """The same where nothing of the bank fits: somebody wants to know whether they may do it like that."""
    if re.match(r"should (?:the|a|an|each|every|it)\b", piece.strip(), re.IGNORECASE):
        return bool(_names(piece) or set(words.raw(piece)) & _PLACES)
    return bool((_SHOULD.search(piece) or _MAY.match(piece.strip())) and _names(piece))


_MAY: Final = re.compile(r"^(?:so |and |hi,? )*(?:may|can|could|am) (?:i|we)\b", re.IGNORECASE)


def counter_question(piece: str) -> str:
    """What to ask back: it helps to decide, and says nothing for or against."""
    found = _names(piece)
    return _YOURS + " ".join(_BACK[found[0] if found else ""])


def _names(text: str) -> list[str]:
    """The kinds of things that are named, the most telling first."""
    said = _said(text)
    return [kind for kind, names in _KINDS.items() if said & names]


def _products(text: str) -> bool:
    """Whether a thing is named that can only be meant as a solution."""
    said = _said(text)
    return any(said & (names - _EVERYDAY) for names in _KINDS.values())


def _said(text: str) -> set[str]:
    """The words of a text, and each two that follow one another as one name."""
    typed = words.raw(text)
    return {*typed, *(f"{first}-{second}" for first, second in pairwise(typed))}
