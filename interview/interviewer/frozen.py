"""What the frozen requirements leave out. Nothing that the interviewer says may go against them.

To leave something unsaid costs little, so this is generous: whatever may be ruled out counts as ruled out.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from catalog.spec import Question
from catalog.variants import draw
from interview.interviewer import words

_OUT: Final = re.compile(
    r"\b(?:out ?of ?scope|outofscope|not inscope|not in scope|non[- ]?goals?|leave\w* out|left out|leaving out|"
    r"leave aside|left aside|"
    r"exclud\w+|skip\w*|omit\w*|ignor\w+|(?:do|does|will|would|shall|need|can|is|are|should|must) not "
    r"(?:be |is )?(?:need|support|build|design|allow|have|offer|keep|cover|handle|include|consider|do|want|"
    r"required?|supported|needed|"
    r"allowed|wanted|part|included|necessary|covered|considered|built|in)\w*|cannot|can not|never|no need|not "
    r"needed|not required|"
    r"not supported|not part|unnecessary|later version|in a later|second version|phase (?:two|2)|v2\b|for later|"
    r"comes? later|"
    r"not now|not today|postpone\w*|somebody else|another team|other teams?)\b"
)
_NO: Final = re.compile(r"^(?:we (?:have|need|want|do|use) )?(?:no|without|neither|nor)\b")
_MODAL: Final = re.compile(r"\b(?:may|must|should|shall|will|can|lose|loses|lost)\b")
_CLAUSE: Final = re.compile(r"[.;!?\n]+|,?\s\b(?:but|though|although|while|whereas|because|since)\b|\s[–—-]\s")
_LIST: Final = re.compile(r"^\s*(?:[-*•+]|\d+[.)])\s+")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s+|^\s*\*\*[^*]+\*\*:?\s*$|^[^.]{1,60}:\s*$")
_AMOUNT: Final = re.compile(
    # Only where a figure begins, and no longer than anybody writes one.
    r"(?<!\d)(?<!\d[,.])(?:(\d[\d,.]{0,20})\s?(k|m|b|bn|t|thousand|million|billion|trillion)?\s([a-z]{3,})|"
    r"(\d[\d,.]{0,20})(k|m|b|bn|t)\b\s?([a-z]{3,}))"
)
_POWERS: Final = {3: "k thousand", 6: "m million", 9: "b bn billion", 12: "t trillion"}
_SCALES: Final = {name: 10.0**power for power, names in _POWERS.items() for name in names.split()}
# Amounts of which every answer holds many, each of something else.
_ANY: Final = frozenset("second seconds minute minutes hour hours milliseconds percent per times".split())
_PLACEHOLDER: Final = re.compile(r"\{([a-z0-9_]+)\}")
SAME: Final = 0.01
# Nobody freezes more, and nobody else is read further.
MOST: Final = 10_000
_BLANKS: Final = re.compile(r"[^\S\n]+")


def leaves_out(frozen: str | None, subjects: Iterable[str]) -> bool:
    """Whether one of these subjects is ruled out."""
    if not frozen:
        return False
    out = _left_out(_legible(frozen))
    return any(f" {' '.join(words.stems(subject))} " in clause for subject in subjects for clause in out)


def has_other_numbers(frozen: str | None, says: str, question: Question, variant: int) -> bool:
    """Whether somebody froze a number of the same things that is another one than this text would name."""
    if not frozen or not (keys := _PLACEHOLDER.findall(says)):
        return False
    drawn, written = draw(question, variant), _amounts(_legible(frozen))
    for key in keys:
        for value, noun in _amounts(drawn.get(key, "")):
            alike = [other for other, of in written if of == noun]
            if alike and all(abs(other - value) > SAME * value for other in alike):
                return True
    return False


def _legible(frozen: str) -> str:
    """As far as it is read, with one blank wherever there are many: so that no pattern meets a long run of them."""
    return _BLANKS.sub(" ", "\n".join(frozen[:MOST].splitlines()))


@lru_cache(maxsize=256)
def _left_out(frozen: str) -> tuple[str, ...]:
    return tuple(f" {' '.join(words.stems(clause))} " for clause in _excluding(frozen))


def _excluding(text: str) -> Iterator[str]:
    """Every clause that rules something out, and every item of a list under a heading that does."""
    under = False
    for line in text.splitlines():
        if _HEADING.match(line):
            under = bool(_OUT.search(words.plain(line)))
        elif not line.strip():
            continue
        elif under and not _LIST.match(line):
            # A heading counts for the lines right below it as well; the next heading ends it.
            yield line
        for clause in _CLAUSE.split(words.plain(line)):
            bare = _LIST.sub("", clause or "").strip(" ,:*#")
            if _OUT.search(bare) or (_NO.match(bare) and not _MODAL.search(bare)) or (under and _LIST.match(line)):
                yield bare


@lru_cache(maxsize=256)
def _amounts(text: str) -> tuple[tuple[float, str], ...]:
    return tuple(_read_amounts(text))


def _read_amounts(text: str) -> Iterator[tuple[float, str]]:
    for match in _AMOUNT.finditer(words.plain(text)):
        figure, scale, noun = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        if noun in _ANY:
            continue
        try:
            value = float(figure.replace(",", "").rstrip("."))
        except ValueError:
            continue
        yield value * _SCALES.get(scale or "", 1.0), words.stem(noun)
