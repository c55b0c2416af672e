"""Links between pages of the library, as authors write them: `[Caching](topic:caching)`. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("topic", "question", "reference")
_LINK: Final = re.compile(r"\]\((?P<kind>topic|question|reference):(?P<slug>[a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Link:
    """A link and the line of the text it stands on, from 0."""

    kind: str
    slug: str
    line: int


def find(text: str) -> Iterator[Link]:
    for number, line in enumerate(text.split("\n")):
        for match in _LINK.finditer(line):
            yield Link(match["kind"], match["slug"], number)


def resolve(text: str, address: Callable[[str, str], str]) -> str:
    """The text with the address of (kind, slug) in place of each such link."""
    return _LINK.sub(lambda match: f"]({address(match['kind'], match['slug'])})", text)
