"""What a candidate writes because the interviewer asked. Pure.

A follow-up is answered in the step's own text, below a quote of it: so it is saved like all else that is typed, and
whoever reads the answer sees what it answers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from interview.interviewer import Exchange

WHO: Final = "Interviewer"
# What is written, or drawn as a flowchart, below a quote is the reply to it until the text goes on with something else.
_ENDS: Final = re.compile(rf"^(?:#{{1,6}} |> {WHO}: )", re.MULTILINE)
# The interviewer's words where they were quoted, with the lines of the quote that follow.
_QUOTE: Final = re.compile(rf"^> {WHO}: .*(?:\n>.*)*", re.MULTILINE)
_QUOTED: Final = frozenset(["probe", "curveball"])


@dataclass(frozen=True, slots=True)
class Reply:
    """What stands below the quote of a follow-up: `text[start:end]`."""

    key: str
    start: int
    end: int


def quote(says: str) -> str:
    """The Markdown quote that a reply is written below."""
    return "\n".join(f"> {line}".rstrip() for line in f"{WHO}: {says}".splitlines())


def words(text: str) -> int:
    """How many words of a text are the candidate's own: without the follow-ups quoted in it."""
    return len(_QUOTE.sub("", text).split())


def replies(text: str, said: Sequence[Exchange]) -> Iterator[Reply]:
    """The replies of a text, in its order; each to the first quote of what was said."""
    found = [(text.find(quote(one.text)), one) for one in said if one.kind in _QUOTED]
    for at, one in sorted(((at, one) for at, one in found if at >= 0), key=lambda pair: pair[0]):
        start = at + len(quote(one.text))
        ends = _ENDS.search(text, start)
        end = ends.start() if ends else len(text)
        if text[start:end].strip():
            yield Reply(one.key, start, end)
