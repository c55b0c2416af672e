"""The interviewer's words in an answer: quoted so that a reply can stand below, or copied. They are nobody's merit.

They are taken out as soon as the text is read, so that nothing after that can mistake them for the candidate's: no
evidence, no numbers, no coverage, and no share in how an answer is judged as a whole. The text itself stays as it is,
and so do the places in it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from scoring.engine.guards import COPIED_SHARE, Prompts, grams, is_copied
from scoring.engine.text import (
    LEFT_OUT,
    Document,
    Section,
    Sentence,
    looks_like_diagram,
    read_section,
    tokens,
)

# Who speaks, where a quote says so.
_SPEAKER: Final = "interviewer"
_QUOTE: Final = re.compile(r"[ \t]*>")
# A heading of fewer words is anybody's.
FEWEST_STEMS: Final = 3
# A sentence that was changed here and there is known by its runs of three words: so much of it lies in some. Of what
# people write of their own on the same questions, nothing has more than two thirds.
RUN: Final = 3
FEWEST_WORDS: Final = 6
IN_RUNS: Final = 0.7
# One whose words stand in another order, or are left out here and there, is known by adding nothing: of its words with
# a meaning all but one in ten stand in one sentence that was said. Of replies that take up a question in its words and
# add their own, five in six do at most. One of fewer words must say all that the other says.
ONE_IN: Final = 10
FEWEST_MEANT: Final = 3
FEWEST_IN_PART: Final = 5
# Words without a meaning of their own that answer a question all the same, as any figure does.
_ANSWERS: Final = frozenset("not no never none neither nor without cannot nobody nothing only both instead".split())
_CHOICE: Final = "or"
_LEFT_OUT: Final = tuple(t.stem for t in tokens(LEFT_OUT) if t.stem)


def without(document: Document, said: Sequence[str], prompts: Prompts) -> Document:
    """The answer without what the interviewer said; `prompts` is what everybody is told who reads or asks."""
    if not said:
        return document
    words = _Said(said, prompts)
    return Document({key: _without(section, words) for key, section in document.sections.items()})


class _Said:
    """What was said, as whole texts, as runs of words, and as what each sentence means."""

    def __init__(self, texts: Sequence[str], prompts: Prompts) -> None:
        found = [tokens(text) for text in texts]
        self.prompts = Prompts(texts)
        words = [tuple(token.word for token in one) for one in found]
        self._texts = tuple(f" {' '.join(one)} " for one in words)
        # Who asks for a requirement is to write it down, and will not find quite other words for it.
        asked = [place for place, one in enumerate(words) if not is_copied(one, prompts)]
        self._runs = frozenset(run for place in asked for run in _runs(words[place]))
        sentences = (sentence for place in asked for sentence in read_section("", texts[place]).sentences)
        self._meant = [(_meaning(s), s.words) for s in sentences if not is_copied(s.words, prompts)]
        self._pairs = frozenset(pair for one in found for pair in pairwise(token.stem for token in one if token.stem))

    def quoted(self, words: Sequence[str]) -> bool:
        """Whether words stand like this in what was said: two and more, or one that is ascribed to who said it."""
        own = words[1:] if words[0] == _SPEAKER else words
        run = f" {' '.join(own)} "
        return not own or (len(words) > 1 and any(run in text for text in self._texts))

    def copied(self, words: tuple[str, ...]) -> bool:
        """Whether words are a copy, as those of the brief are known, or one that was changed here and there."""
        return is_copied(words, self.prompts) or (len(words) >= FEWEST_WORDS and self._in_runs(words) >= IN_RUNS)

    def repeated(self, sentence: Sentence, *, beside: bool = False) -> bool:
        """Whether a sentence adds nothing to one that was said; `beside` where it stands beside others that were."""
        meaning = _meaning(sentence)
        in_part = beside or len(meaning) >= FEWEST_IN_PART
        return len(meaning) >= FEWEST_MEANT and any(
            ONE_IN * len(meaning - said) <= len(meaning)
            and (in_part or said <= meaning)
            and not _answers(sentence.words, words)
            for said, words in self._meant
        )

    def _in_runs(self, words: Sequence[str]) -> float:
        """The share of words that stand in a run that was said; of figures, those of the sentence's own do not."""
        inside: set[int] = set()
        for place, run in enumerate(_runs(words)):
            if run in self._runs:
                inside.update(range(place, place + RUN))
        return len(inside) / len(words)

    def heads(self, stems: Sequence[str]) -> bool:
        """Whether a heading, as stems, repeats what was said."""
        pairs = list(pairwise(stems))
        return len(stems) >= FEWEST_STEMS and sum(p in self._pairs for p in pairs) > COPIED_SHARE * len(pairs)


def _meaning(sentence: Sentence) -> frozenset[str]:
    """Its stems and its figures."""
    return frozenset(t.stem or t.word for t in sentence.tokens if t.stem or t.word[0].isdigit())


def _answers(words: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether a sentence in the words of another answers it: denies, restricts, gives a figure or takes a side."""
    new = set(words).difference(asked)
    takes_a_side = _CHOICE in asked and _CHOICE not in words
    return takes_a_side or any(word in _ANSWERS or word.endswith("n't") or word[0].isdigit() for word in new)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


def _without(section: Section, said: _Said) -> Section:
    places = _said_in(section, said)
    kept = [s for s in section.sentences if s.start not in places]
    heard = [s for s in section.sentences if s.start in places]
    live = {sentence.start for sentence in kept}
    blocks = tuple(
        block
        for block in section.blocks
        if looks_like_diagram(block) or not _holds(heard, block.start, block.end) or _any(live, block.start, block.end)
    )
    own = tuple(_under_own_words(sentence, said) for sentence in kept)
    return replace(section, sentences=own, blocks=blocks, heard=sum(len(s.tokens) for s in heard))


def _said_in(section: Section, said: _Said) -> set[int]:
    """Where the sentences begin that the interviewer said; one that is too short to be known stands beside others."""
    found = {
        s.start
        for s in section.sentences
        if said.copied(s.words) or said.repeated(s) or (_is_quoted(s, section.text) and said.quoted(s.words))
    }
    in_order = list(pairwise(section.sentences))
    for one, other in (*in_order, *((b, a) for a, b in reversed(in_order))):
        is_beside = one.start in found and one.paragraph == other.paragraph
        is_short = len(grams(other.words)) < 2 and said.quoted(other.words)
        if is_beside and (is_short or said.repeated(other, beside=True)):
            found.add(other.start)
    return found


def _is_quoted(sentence: Sentence, text: str) -> bool:
    return bool(_QUOTE.match(text, text.rfind("\n", 0, sentence.start) + 1))


def _under_own_words(sentence: Sentence, said: _Said) -> Sentence:
    """The same, where what stands above it is the interviewer's: that says nothing of what the candidate means."""
    leaves_out = sentence.leaves_out
    title = sentence.heading[: -len(_LEFT_OUT)] if leaves_out else sentence.heading
    if title and said.heads(title):
        sentence = replace(sentence, heading=_LEFT_OUT if leaves_out else (), lead=sentence.lead if leaves_out else "")
    if not leaves_out and said.copied(tuple(token.word for token in tokens(sentence.lead))):
        sentence = replace(sentence, lead="")
    return sentence


def _holds(sentences: Iterable[Sentence], start: int, end: int) -> bool:
    return any(start <= sentence.start < end for sentence in sentences)


def _any(places: Iterable[int], start: int, end: int) -> bool:
    return any(start <= place < end for place in places)
