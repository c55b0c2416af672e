"""How people ask: words, what stands for what, and what kind of answer is wanted.

The web process asks this, so it is words alone: no model and no numerics. Two texts share a word when they share its
stem, or a `#subject` that both belong to.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import snowballstemmer  # type: ignore[import-untyped, unused-ignore]
import yaml

_WORD: Final = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_APART: Final = re.compile(r"\b(what|how|who|where|when|that|it|there|here|let)'?s\b(?!\s*[-/])")
_NOT: Final = re.compile(r"\b(do|does|did|is|are|was|were|wo|ca|could|should|would|must|have|has|had|need)n['’]?t\b")
_REST: Final = re.compile(r"\b(i|you|we|they|he|she|it|who|that)['’](m|re|ve|ll|d)\b")
_FULL: Final = {"wo": "will", "ca": "can"}
# Two words that mean one thing, each as it is written together.
_JOINED: Final = re.compile(
    r"\b(real[- ]time|third[- ]part(?:y|ies)|3rd[- ]part(?:y|ies)|end[- ]to[- ]end|opt(?:ed|ing)?[- ]outs?|data[- "
    r"]cent(?:er|re)s?|"
    r"time[- ]zones?|out[- ]of[- ]order|out[- ]of[- ]scope|in[- ]scope|exactly[- ]once|at[- ]least[- ]once|at[- "
    r"]most[- ]once|"
    r"(?:sign|log|logged|signed)[- ](?:in|up|out)|day[- ]?light saving|first[- ]come|availability zones?|per "
    r"sec(?:ond)?|long[- ]tail|open[- ]source|up[- ]to[- ]date)\b"
)

_TOGETHER: Final = {
    "availability zone": "zone",
    "availability zones": "zones",
    "per sec": "persecond",
    "per second": "persecond",
}

VOCABULARY: Final = Path(__file__).with_name("vocabulary.yaml")


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The words of vocabulary.yaml, by what they are for."""
    loaded: dict[str, Any] = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    return loaded


_SHORT: Final[dict[str, str]] = vocabulary()["short"]
# Words of which no question can be told from another.
STOP: Final = frozenset(vocabulary()["stop"].split())
# Words that say little where no clarification has them: what people do in any question.
LIGHT: Final = frozenset(vocabulary()["light"].split())
# Small words of other languages, as no English question has them.
FOREIGN: Final = frozenset(vocabulary()["foreign"].split())

# What an answer has to be: asked for by these words and nothing else. They weigh little.
_CUES: Final = (
    ("?many", re.compile(r"\bhow (?:many|much)\b|\b(?:number|count|amount|share|fraction|percentage) of\b")),
    ("?long", re.compile(r"\bhow long\b|\bfor how many (?:years|months|days)\b")),
    ("?soon", re.compile(r"\bhow (?:fast|quick|quickly|soon|real[- ]?time|fresh)\b|\bwithin what time\b")),
    ("?often", re.compile(r"\bhow (?:often|frequent|frequently)\b")),
    ("?large", re.compile(r"\bhow (?:big|large|high|deep|short|small)\b|\b(?:max|maximum|average|avg|mean)\b")),
    ("?who", re.compile(r"\bwho\b|\bby whom\b")),
    ("?where", re.compile(r"\bwhere\b")),
    ("?fail", re.compile(r"\bwhat (?:if|happens)\b|\bgoes? down\b|\bis down\b|\bare down\b")),
)
_COUNTED: Final = re.compile(r"\b(?:how many|how much|(?:number|count|amount) of)((?: \w+){1,3})")
QUANTITY: Final = frozenset({"?many", "?long", "?soon", "?often", "?large"})
_OF_QUANTITY: Final = re.compile(r"\b(?:average|avg|mean|typical|percentage|ratio|size|rate|total|biggest|largest)\b")

MAX_TYPO: Final = 24
_OWN: Final = threading.local()


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was typed, its stem, and the subjects it belongs to."""

    text: str
    stem: str
    subjects: frozenset[str]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    # One for each thread: a stemmer works in its own attributes, and threads share this module.
    if not hasattr(_OWN, "stemmer"):
        _OWN.stemmer = snowballstemmer.stemmer("english")
    return str(_OWN.stemmer.stemWord(word))


def plain(text: str) -> str:
    """Lower case, without accents; short forms spelt out, prefixes joined to what they belong to."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    flat = "".join(letter for letter in apart if not unicodedata.combining(letter))
    flat = _NOT.sub(lambda match: f"{_FULL.get(match[1], match[1])} not", flat)
    flat = _REST.sub(r"\1 ", _APART.sub(r"\1 is", flat))
    flat = _JOINED.sub(lambda match: _TOGETHER.get(match[0], re.sub(r"[- ]", "", match[0])), flat)
    return flat.replace("'", "")


def raw(text: str) -> list[str]:
    """Every word of a text, as it was typed."""
    return [_SHORT.get(typed, typed) for typed in _WORD.findall(plain(text))]


def words(text: str) -> list[Word]:
    """The words that tell one question from another."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    for typed in raw(text):
        if typed not in STOP and len(typed) <= MAX_TYPO * 2:
            yield word(typed)


@lru_cache(maxsize=20_000)
def word(typed: str) -> Word:
    return Word(
        typed, stem(typed), _subjects().get(typed, frozenset()) | _subjects_of_stems().get(stem(typed), frozenset())
    )


def cues(text: str) -> frozenset[str]:
    """What kind of answer is asked for."""
    flat = plain(text)
    return frozenset(name for name, pattern in _CUES if pattern.search(flat))


def counted(text: str) -> Word | None:
    """Of what somebody wants the number: “advertisers” in “how many large advertisers are there”."""
    if not (found := _COUNTED.search(plain(text))):
        return None
    named = words(found[1])
    return named[-1] if len(named) == 1 else named[0] if named else None


def is_about_a_quantity(text: str) -> bool:
    return bool(cues(text) & QUANTITY) or bool(_OF_QUANTITY.search(plain(text)))


# A draft changes by a few words at a time: its other clauses are read once.
@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """All words as stems, small ones included: for finding names and phrases."""
    return tuple(stem(typed) for typed in raw(text))


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The word that was meant where a letter or two are wrong; None when that is not clear.

    Short words differ by a letter too easily, and the first letter is seldom the wrong one.
    """
    if not 4 <= len(typed) <= MAX_TYPO or typed.isdigit():
        return None
    reach = 1 if len(typed) < 8 else 2
    best: tuple[int, str] | None = None
    tied = False
    for candidate in known:
        if candidate[0] != typed[0] or abs(len(candidate) - len(typed)) > reach or len(candidate) < 4:
            continue
        away = distance(typed, candidate, reach)
        if away > reach:
            continue
        if best is None or away < best[0]:
            best, tied = (away, candidate), False
        elif away == best[0] and stem(candidate) != stem(best[1]):
            tied = True
    return None if best is None or tied else best[1]


def distance(a: str, b: str, most: int) -> int:
    """Letters to change, add, leave out or swap with the next one; `most` + 1 for anything beyond."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            step = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                step = min(step, last[j - 2] + 1)
            row.append(step)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


@lru_cache(maxsize=1)
def _subjects() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, members in vocabulary()["subjects"].items():
        for member in members.split():
            found.setdefault(member, set()).add(f"#{name}")
    return {member: frozenset(names) for member, names in found.items()}


@lru_cache(maxsize=1)
def _subjects_of_stems() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for member, names in _subjects().items():
        found[stem(member)] = found.get(stem(member), frozenset()) | names
    return found
