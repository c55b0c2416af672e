"""Which words of a step are the reply to a follow-up."""

import pytest

from interview import prompted
from interview.interviewer import Exchange

ASKED = "What happens when a hub dies?"
DRAWN = "```mermaid\nflowchart LR\n  a[Phone] --> b[Hub]\n```"


def replies(text: str) -> list[str]:
    said = [Exchange(100.0, "probe", "hub", ASKED, "deep_dive")]
    return [text[reply.start : reply.end].strip() for reply in prompted.replies(text, said)]


@pytest.mark.parametrize(
    "reply",
    [
        DRAWN,
        f"{DRAWN}\n\nThe second hub takes over.",
        f"As drawn:\n\n{DRAWN}\n\nIt takes over.",
        "```sh\nfail over\n```",
    ],
)
def test_what_is_drawn_below_a_quote_is_the_reply_and_so_is_what_is_said_of_it(reply: str) -> None:
    assert replies(f"Before.\n\n{prompted.quote(ASKED)}\n\n{reply}\n\n## Else\n\n{DRAWN}\n\nAfter.") == [reply]
