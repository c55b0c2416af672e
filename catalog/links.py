"""Links between pages of the library, as authors write them: `[Caching](topic:caching)`. Pure."""

import re
from typing import Final

KINDS: Final = ("topic", "question", "reference")
_OURS: Final = re.compile(rf"({'|'.join(KINDS)}):([a-z0-9-]+)")
_ELSEWHERE: Final = re.compile(r"https?://[^/]|mailto:.", re.IGNORECASE)


def target(href: str) -> tuple[str, str] | None:
    """The kind and the slug that a link names; None for what names no page of the library."""
    match = _OURS.fullmatch(href)
    return (match[1], match[2]) if match else None


def leads_elsewhere(href: str) -> bool:
    """Whether it is a whole address, which nobody here can check."""
    return bool(_ELSEWHERE.match(href))
