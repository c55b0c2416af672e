"""Words that match by meaning rather than letter: what is stored to be searched, and the queries that look there.

A row's `search_text` holds each of its words once, with the field it stands in: ` t:caching t:cach s:store `. Both
the word and its stem are there, so that “caches” finds “caching”, and “replicati” finds it while somebody types. Plain
LIKE is enough to look that up, on every database alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import snowballstemmer  # type: ignore[import-untyped, unused-ignore]
from django.db.models import Case, Func, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, StrIndex, Substr

# Each field outweighs all those below it: a title, other names, a summary, everything else.
WEIGHTS: Final = {"t": 1000, "a": 100, "s": 10, "b": 1}
# What comes close while somebody still types is a little less than the word itself.
BEGUN: Final = 0.7
MAX_CHARS: Final = 100
MAX_WORDS: Final = 8
# Where nothing holds every word, this many are looked for: the longest, because they say most.
MAX_LOOSE: Final = 4
STOP: Final = frozenset(
    "a an and are as at be by can do does for from has how i if in into is it its me my of on or our so than that the "
    "their them then there these they this to vs versus was we what when where which who why will with you your".split()
)
_WORD: Final = re.compile(r"[^\W_]+")
_HYPHENED: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for. Somebody may be in the middle of typing the last one: then it is `unfinished`."""

    word: str
    unfinished: bool = False

    @property
    def stem(self) -> str:
        return stem(self.word)


def index(*, title: str, also: Iterable[str] = (), summary: str = "", body: str = "") -> str:
    """The text to store for something that is to be found."""
    fields = {"t": title, "a": " ".join(also), "s": summary, "b": body}
    seen: set[str] = set()
    stored = []
    for field, text in fields.items():
        for form in _forms(text):
            if form not in seen:
                seen.add(form)
                stored.append(f"{field}:{form}")
    return f" {' '.join(stored)} "


def typed(text: str) -> str:
    """What somebody typed into a field for words, as long as that field lets it be."""
    return text.strip()[:MAX_CHARS]


def telling(text: str) -> list[str]:
    """The words that mean something; where none does, all of them."""
    found = _WORD.findall(_plain(text))[:MAX_WORDS]
    return [word for word in found if word not in STOP] or found


def terms(text: str) -> tuple[Term, ...]:
    """What somebody looks for: the words that mean something, the last of them perhaps not finished."""
    *rest, last = telling(text) or [""]
    return (*map(Term, rest), Term(last, unfinished=True)) if last else ()


def longest(wanted: Sequence[Term]) -> tuple[Term, ...]:
    """Those that say most."""
    return tuple(sorted(wanted, key=lambda term: -len(term.stem))[:MAX_LOOSE])


def every(wanted: Sequence[Term]) -> Q:
    """Rows that hold all the words; none where there are no words."""
    return Q(*(_holds(term) for term in wanted)) if wanted else Q(pk__in=())


def some(wanted: Sequence[Term]) -> Q:
    """Rows that hold any of the words."""
    return Q(*(_holds(term) for term in wanted), _connector=Q.OR)


def which(wanted: Sequence[Term]) -> Combinable:
    """Which of the words a row holds: bit 0 is the first of them."""
    total: Combinable = Value(0, output_field=IntegerField())
    for bit, term in enumerate(wanted):
        total = total + Case(When(_holds(term), then=1 << bit), default=0, output_field=IntegerField())
    return total


def score(wanted: Sequence[Term]) -> Combinable:
    """How well a row fits: the sum over the words, each counted where it weighs most."""
    total: Combinable = Value(0, output_field=IntegerField())
    for term in wanted:
        total = total + _weight(term)
    return total


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    # A new one each time: a stemmer works in its own attributes, and threads share this module.
    return str(snowballstemmer.stemmer("english").stemWord(word))


def _holds(term: Term) -> Q:
    held = Q(search_text__contains=f":{term.stem} ")
    return held | Q(search_text__contains=f":{term.word}") if term.unfinished else held


def _weight(term: Term) -> Combinable:
    whole = _standing(f":{term.stem} ", WEIGHTS)
    begun = {field: int(weight * BEGUN) for field, weight in WEIGHTS.items()}
    return Greatest(whole, _standing(f":{term.word}", begun)) if term.unfinished else whole


def _standing(sought: str, weights: Mapping[str, int]) -> Func:
    """The weight of the field in which this stands first, 0 where it does not stand at all.

    A form is stored once, the weightiest fields first: so the letter before it says all, and one look is enough.
    """
    # Where nothing is found this reads the blank at the end, or nothing: no field is called that.
    letter = Substr("search_text", StrIndex("search_text", Value(sought)) - 1, 1)
    whens = " ".join(f"WHEN '{field}' THEN {weight}" for field, weight in weights.items())
    return Func(letter, template=f"CASE %(expressions)s {whens} ELSE 0 END", output_field=IntegerField())


def _forms(text: str) -> Iterable[str]:
    """Every word with its stem; “fan-out” is also “fanout”."""
    plain = _plain(text)
    joined = [whole.replace("-", "") for whole in _HYPHENED.findall(plain)]
    for word in (*_WORD.findall(plain), *joined):
        if word not in STOP:
            yield word
            yield stem(word)


def _plain(text: str) -> str:
    """Lower case, without accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
