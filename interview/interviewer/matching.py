"""How well what somebody asks fits each thing that the bank can tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalog.spec import Question
from interview.interviewer import bank, words
from interview.interviewer.bank import MEASURES, Bank, Entry

# How sure it has to be. A lead makes up for half as much of what is missing, and without one nothing is clear.
ENOUGH: Final = 0.535
AHEAD, LEADING = 0.06, 0.5
# From here on two that are equally good are both named.
DOUBTFUL: Final = 0.5
# Who uses the bank's own words means what they stand for.
EXACT: Final = 2.0
# What a word is worth that is of the same subject, misspelt, or only in the answer.
BY_SUBJECT, BY_TYPO, IN_ANSWER = 0.75, 0.9, 0.35
# What weighs less: a word that says little, a name that is only “how fast”, a wording that comes down to one word.
LITTLE, AS_A_CUE, SHORT = 0.25, 0.3, 0.5
# Where few of the words that tell are known, the evidence is thin.
THIN: Final = 0.8
# Who asks for a number is not answered by what knows none, and is by the number of just these things.
UNCOUNTED, COUNTED = 0.12, 0.35
# How much of the question is explained, how much of a wording and of a name is said, and the kind of answer wanted.
COVERED, WORDED, NAMED, CUED = 0.5, 0.2, 0.3, 0.06
_OF_CUES: Final = frozenset(
    words.stem(word) for word in "fast quick quickly slow soon long large big often high".split()
)


_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_EITHER: Final = re.compile(r"\s(?:or|vs\.?|versus)\s")
_YES_OR_NO: Final = re.compile(r"^(?:so |and |but )?(?:is|are|will|does|do)\b")
_ALTERNATIVE: Final = re.compile(r"^\w+(?: \w+)? or \w+(?: \w+)?\W*$")


@dataclass(frozen=True, slots=True)
class Match:
    key: str
    score: float


def best(question: Question, piece: str) -> list[Match]:
    """The clarifications and givens by how well they fit a question, the best first."""
    held = bank.of(question)
    typed = _typed(piece, held)
    wanted, counted = words.cues(piece), words.counted(piece)
    found = []
    for entry in held.entries:
        score = _score(entry, typed, wanted, held) * _suits(entry, wanted)
        if counted and counted.stem in entry.of:
            score += COUNTED
        elif counted and _fit(entry, counted) < BY_SUBJECT:
            score -= UNCOUNTED
        found.append(Match(entry.key, EXACT if bank.worded(piece) in entry.exact else score))
    return sorted(found, key=lambda match: -match.score)


def is_clear(first: Match, second: Match) -> bool:
    lead = first.score - second.score
    return lead >= AHEAD and first.score + LEADING * lead >= ENOUGH


def is_a_tie(first: Match, second: Match) -> bool:
    """Whether two fit well, and about as well as each other."""
    return first.score >= DOUBTFUL and first.score - second.score < AHEAD


def in_brief(brief: str, piece: str) -> str:
    """The sentence of the brief that says what is asked; "" for none.

    Only for what can be answered with it as it stands: “is it …?”, not how many or why. Of “public or internal?” one
    side will do.
    """
    flat = words.plain(piece)
    if words.is_about_a_quantity(piece) or not (_YES_OR_NO.match(flat) or _ALTERNATIVE.match(flat)):
        return ""
    sentences = [" ".join(one.split()) for one in _SENTENCE.split(brief)]
    stems = [{word.stem for word in words.words(one)} for one in sentences]
    for side in _EITHER.split(flat):
        asked = {word.stem for word in words.words(side) if word.text not in words.LIGHT}
        for sentence, said in zip(sentences, stems, strict=True):
            if asked and asked <= said:
                return sentence
    return ""


def _typed(piece: str, held: Bank) -> list[tuple[words.Word, float]]:
    """The words of a question with what a match of each is worth, misspelt ones put right."""
    found = []
    for word in words.words(piece):
        if word.text in held.known or word.stem in held.weights:
            found.append((word, 1.0))
        elif (meant := words.nearest(word.text, held.spelt)) is not None and not word.subjects:
            found.append((words.word(meant), BY_TYPO))
        else:
            found.append((word, 1.0))
    return list({word.stem: (word, worth) for word, worth in found}.values())


def _score(entry: Entry, typed: Sequence[tuple[words.Word, float]], wanted: frozenset[str], held: Bank) -> float:
    """How well a clarification fits: what it explains of the question, and how much of it the question says."""
    if not typed:
        return 0.0
    total = gained = 0.0
    for word, worth in typed:
        weight = _weight(word, held)
        total += weight
        gained += weight * worth * _fit(entry, word)
    stems = {word.stem for word, _ in typed}
    subjects = {subject for word, _ in typed for subject in word.subjects}
    worded = max(
        (
            _share(wording, stems, subjects, held, BY_SUBJECT) * (1.0 if len(wording) > 1 else SHORT)
            for wording in entry.wordings
        ),
        default=0.0,
    )
    named = max((_share(name, stems, subjects, held, 0.5) * _depth(name, held) for name in entry.names), default=0.0)
    cued = CUED if wanted & entry.cues else -CUED / 2 if wanted and entry.cues else 0.0
    if wanted & words.QUANTITY and not entry.cues & words.QUANTITY:
        cued -= UNCOUNTED
    covered = gained / total * min(1.0, gained / (THIN * held.unknown))
    return COVERED * covered + WORDED * worded + NAMED * named * (0.4 + 0.6 * covered) + cued


def _suits(entry: Entry, wanted: frozenset[str]) -> float:
    """A number of the brief answers only who asks for a number, and for one of its kind."""
    if not entry.measure:
        return 1.0
    asked = {MEASURES[cue] for cue in wanted if cue in MEASURES}
    return 1.0 if entry.measure in asked or (not asked and "?large" in wanted) else 0.6


def _fit(entry: Entry, word: words.Word) -> float:
    if word.stem in entry.strong:
        return 1.0
    if word.subjects & entry.subjects:
        return BY_SUBJECT
    return IN_ANSWER if word.stem in entry.weak else 0.0


def _weight(word: words.Word, held: Bank) -> float:
    known = [held.weights[token] for token in (word.stem, *word.subjects) if token in held.weights]
    if known:
        return max(known)
    return held.unknown * (LITTLE if word.text in words.LIGHT else 1.0)


def _share(wording: frozenset[str], stems: set[str], subjects: set[str], held: Bank, by_subject: float) -> float:
    """How much of a wording the question says, by weight."""
    total = sum(held.weights[token] for token in wording)
    said = 0.0
    for token in wording:
        if token in stems:
            said += held.weights[token]
        elif words.word(token).subjects & subjects:
            said += by_subject * held.weights[token]
    return said / total if total else 0.0


def _depth(name: frozenset[str], held: Bank) -> float:
    """A name of common words says less than one of rare ones, and “how fast” alone names nothing."""
    depth = min(1.0, max(held.weights[token] for token in name) / held.unknown)
    return depth * (AS_A_CUE if name <= _OF_CUES else 1.0)
