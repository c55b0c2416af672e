"""Changes of a strong answer that should not move its marks, and its words shuffled; the same on every run."""

import math
import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from catalog.steps import STEPS
from scoring.engine.text import Section, read_section
from scoring.engine.types import Answer

Change = Callable[[Answer], Answer]
Rewrite = Callable[[str, str], str]

SEED: Final = "attacks"


def _each(rewrite: Rewrite) -> Change:
    return lambda answer: Answer({key: rewrite(key, text) for key, text in answer.sections.items()})


def shuffled(answer: Answer, seed: str = SEED) -> Answer:
    """The words of each sentence, and of each line of a drawing, in random order."""

    def rewrite(key: str, text: str) -> str:
        draw = random.Random(f"{seed}:{key}")
        for start, end in reversed(_spans(read_section(key, text))):
            words = text[start:end].split()
            text = text[:start] + " ".join(draw.sample(words, len(words))) + text[end:]
        return text

    return _each(rewrite)(answer)


def _spans(section: Section) -> list[tuple[int, int]]:
    """Sentences, and the lines of blocks that are not read as sentences, in order."""
    found = {(s.start, s.end) for s in section.sentences}
    starts = {start for start, _ in found}
    for block in section.blocks:
        position = block.start
        for line in block.text.splitlines(keepends=True):
            begin = position + len(line) - len(line.lstrip())
            if line.strip() and begin not in starts:
                found.add((begin, begin + len(line.strip())))
            position += len(line)
    return sorted(found)


def turned_round(answer: Answer) -> Answer:
    """Fluent as before, and wrong: each sentence says the opposite, as far as one word can make it."""
    return _each(lambda _, text: _outside_fences(text, lambda part: "".join(map(_turned, part.splitlines(True)))))(
        answer
    )


def _turned(line: str) -> str:
    return "".join(_opposite(part) for part in re.split(r"(?<=[.;:!?])(?=\s)", line))


def _opposite(sentence: str) -> str:
    for found, made in (*_OPPOSITES, *_NEGATIONS):
        turned = found.sub(made, sentence, count=1)
        if turned != sentence:
            return turned
    return sentence


def _swaps(*pairs: tuple[str, str]) -> Iterator[tuple[re.Pattern[str], str]]:
    for a, b in pairs:
        yield re.compile(rf"\b{a}\b"), b
        yield re.compile(rf"\b{b}\b"), a


_OPPOSITES: Final = tuple(
    _swaps(
        ("never", "always"), ("before", "after"), ("primary", "replica"), ("at least", "at most"), ("more", "fewer"),
        ("fastest", "slowest"), ("cheap", "expensive"), ("oldest", "newest"), ("rises", "falls"), ("without", "with"),
    )
)  # fmt: skip
_NEGATIONS: Final = (
    (re.compile(r"\b(is|are|was|can|must|may|will|would|should|has|have)\b(?! not)"), r"\1 not"),
    (
        re.compile(
            r"\b(takes?|keeps?|goes|go|gets?|gives?|holds?|reads?|writes?|sends?|stores?|answers?|asks?|needs?|costs?|"
            r"returns?|checks?|serves?|retries|survives?|moves?|makes?|puts?|uses?|waits?|falls?|stays?|runs?|drops?)\b"
        ),
        r"never \1",
    ),
)


def padded(answer: Answer) -> Answer:
    """300 words about baking bread, a part after each step."""
    return Answer({key: f"{text}\n\n{more}" for (key, text), more in zip(answer.sections.items(), _BREAD, strict=True)})


def padded_at_the_end(answer: Answer) -> Answer:
    last = STEPS[-1].key
    return Answer({**answer.sections, last: "\n\n".join((answer.sections[last], *_BREAD))})


_BREAD: Final = (
    "Good bread begins the evening before, with flour, water and a spoonful of old dough. My grandmother kept hers in "
    "a blue jar beside the stove and fed it every Sunday after church. She never weighed anything. She felt the "
    "stickiness with two fingers, looked at the clouds, and added a little more flour when rain was coming.",
    "Rye drinks more than wheat, and wholemeal more than white, which is why recipes from other countries so often "
    "disappoint. A baker from the village told me to trust the bowl instead of the book. When the dough comes away "
    "from the sides in one smooth lump, it has had enough, whatever the page may say about it.",
    "Then comes the waiting. In summer the dough rises before lunch, in winter it sulks until the afternoon. Children "
    "poke it and watch the dent slowly fill. We fold it like a letter, turn it over, dust the basket with flour, and "
    "cover it with the linen cloth that came with my aunt from Moravia after the war.",
    "The oven should be far hotter than seems sensible. A bowl of boiling water on the lowest shelf makes the steam "
    "that lets the crust stretch and shine. For the first quarter of an hour nobody opens the door, however good it "
    "smells. The cat sits in front of the glass and follows the loaf as it grows and cracks.",
    "When it sounds hollow under the knuckles, it is done. It must cool on a rack by the window, and that is the "
    "hardest part, since everybody wants the heel with salted butter. By evening half of it has gone. What is left "
    "becomes toast on Monday, soup on Tuesday, and crumbs for the sparrows on the sill by Wednesday.",
)


def pasted_twice(answer: Answer) -> Answer:
    return _each(lambda _, text: f"{text}\n\n{text}")(answer)


def reordered(answer: Answer, seed: str = SEED) -> Answer:
    """The paragraphs of each step in another order; what introduces a paragraph stays with it."""

    def rewrite(key: str, text: str) -> str:
        found = list(_paragraphs(text))
        random.Random(f"{seed}:{key}").shuffle(found)
        return "\n\n".join(found)

    return _each(rewrite)(answer)


_FENCED: Final = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_INTRODUCES: Final = re.compile(r"(?:^#{1,6} [^\n]+|^\*\*[^*\n]+\*\*[:.]?|:)\s*\Z", re.MULTILINE)


def _paragraphs(text: str) -> Iterator[str]:
    kept = ""
    for block in _blocks(text):
        kept = f"{kept}\n\n{block}" if kept else block
        if not _INTRODUCES.search(block):
            yield kept
            kept = ""
    if kept:
        yield kept


def _blocks(text: str) -> Iterator[str]:
    """Stretches between blank lines; what is fenced is one, blank lines or not."""
    position = 0
    for match in _FENCED.finditer(text):
        yield from _stretches(text[position : match.start()])
        yield match[0]
        position = match.end()
    yield from _stretches(text[position:])


def _stretches(text: str) -> Iterator[str]:
    return (part.strip("\n") for part in re.split(r"\n\s*\n", text) if part.strip())


def bulleted(answer: Answer) -> Answer:
    """Each sentence of the prose as an item of a list."""

    def rewrite(key: str, text: str) -> str:
        rows = [s for s in read_section(key, text).sentences if s.kind == "prose" and s.text[-1] in ".!?:;)"]
        for sentence in reversed(rows):
            before, after = text[: sentence.start].rstrip(" "), text[sentence.end :].lstrip(" ")
            before = before if not before or before.endswith("\n") else before + "\n"
            after = after if not after or after.startswith("\n") else "\n" + after
            text = f"{before}- {' '.join(sentence.text.split())}{after}"
        return text

    return _each(rewrite)(answer)


def _typo(word: str, place: int, draw: random.Random) -> str:
    """Two letters swapped, one left out, one doubled or another hit."""
    a, letter, b = word[:place], word[place], word[place + 1 :]
    made = (a + b[:1] + letter + b[1:], a + b, a + letter + letter + b, a + draw.choice("etaoinsr") + b)
    return made[draw.randrange(len(made))]


def typos_in_letters(answer: Answer, seed: str = SEED) -> Answer:
    """Two letters of a hundred are wrong: about every tenth word."""
    return _typos(answer, seed, lambda word, draw: [i for i in range(len(word)) if draw.random() < TYPOS])


def typos_in_words(answer: Answer, seed: str = SEED) -> Answer:
    """Two words of a hundred have a letter wrong."""
    return _typos(answer, seed, lambda word, draw: [draw.randrange(len(word))] if draw.random() < TYPOS else [])


TYPOS: Final = 0.02
_WORD: Final = re.compile(r"[A-Za-z]{3,}")


def _typos(answer: Answer, seed: str, places: Callable[[str, random.Random], list[int]]) -> Answer:
    """Drawings and code are left as they are."""

    def mistype(word: str, draw: random.Random) -> str:
        for place in reversed(places(word, draw)):
            word = _typo(word, place, draw)
        return word

    def rewrite(key: str, text: str) -> str:
        draw = random.Random(f"{seed}:{key}")
        return _outside_fences(text, lambda part: _WORD.sub(lambda match: mistype(match[0], draw), part))

    return _each(rewrite)(answer)


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    parts, position = [], 0
    for match in _FENCED.finditer(text):
        parts += [change(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, change(text[position:])])


_NUMBER: Final = r"(?<![\w.,^/–-])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
_SIZE: Final = re.compile(rf"{_NUMBER} ?(?P<unit>[KMGTP]B)\b")
_LAST_SIZE: Final = re.compile(rf"{_SIZE.pattern}(?=[^\d\n]*$)", re.MULTILINE)
_MILLISECONDS: Final = re.compile(rf"{_NUMBER} ?ms\b")
_PER_SECOND: Final = re.compile(
    rf"{_NUMBER}(?P<scale> ?[kMG]| thousand| million)?(?P<what> [a-z]+)? ?(?:/ ?s|(?:per|a) second)\b"
)
# Active users of a month are not thirty times those of a day.
_PER_DAY: Final = re.compile(
    rf"{_NUMBER}(?P<scale> ?[kMG]B?| thousand| million| billion)?"
    r"(?P<what> (?!active|daily|users|people)[a-z]+)? ?(?:/ ?day|(?:per|a) day)\b"
)
_ARITHMETIC: Final = re.compile(r"[=≈×÷→*]|\d ?/ ?\d")
_SMALLER: Final = {"KB": "B", "MB": "KB", "GB": "MB", "TB": "GB", "PB": "TB"}


def in_other_units(answer: Answer) -> Answer:
    """The same quantities in other units: 1,000 GB for 1 TB, 0.2 s for 200 ms, by the minute, by the month.

    In a line of arithmetic only the size that comes last, so that the rest still comes out.
    """
    return _each(lambda _, text: _outside_fences(text, lambda part: "".join(map(_converted, part.splitlines(True)))))(
        answer
    )


def _converted(line: str) -> str:
    size = _LAST_SIZE if _ARITHMETIC.search(line) else _SIZE
    if size is _SIZE:
        line = _PER_DAY.sub(lambda m: f"{_times(m, 30)}{m['scale'] or ''}{m['what'] or ''} per month", line)
        line = _PER_SECOND.sub(lambda m: f"{_times(m, 60)}{m['scale'] or ''}{m['what'] or ''} per minute", line)
        line = _MILLISECONDS.sub(lambda m: f"{_times(m, 0.001)} s", line)
    return size.sub(lambda m: f"{_times(m, 1000)} {_SMALLER[m['unit']]}", line)


def _times(match: re.Match[str], factor: float) -> str:
    value = float(match["number"].replace(",", "")) * factor
    digits = max(0, 3 - math.floor(math.log10(value)) - 1) if 0 < value < 100 else 0
    shown = f"{value:,.{min(digits, 6)}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


CHANGES: Final[Mapping[str, Change]] = {
    "300 words about bread": padded,
    "300 words about bread at the end": padded_at_the_end,
    "pasted twice": pasted_twice,
    "paragraphs in another order": reordered,
    "bullets for prose": bulleted,
    "a typo in 2 % of the words": typos_in_words,
    "a typo in 2 % of the letters": typos_in_letters,
    "other units": in_other_units,
}
