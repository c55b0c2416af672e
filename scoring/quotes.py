"""Words of an answer as a page shows them: verbatim, and with the place where they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog import steps

# (section, start, end) of what was written because the interviewer asked.
Reply = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """`text == answer[section][start:end]`, in code points. `prompted`: written because the interviewer asked."""

    section: str
    start: int
    end: int
    text: str
    kind: str = "text"
    prompted: bool = False

    @property
    def anchor(self) -> str:
        """The id of the place in the answer; every quote that begins there shares it."""
        return f"w-{self.section}-{self.start}"

    @property
    def step_title(self) -> str:
        step = steps.BY_KEY.get(self.section)
        return step.title if step else "Answer"

    def overlaps(self, other: "Quote") -> bool:
        return self.section == other.section and self.start < other.end and other.start < self.end


def stored(evidence: Mapping[str, Any], replies: Iterable[Reply] = ()) -> Quote:
    """Evidence as a mark keeps it, and whether it lies in one of these replies."""
    section, start, end = evidence["section"], evidence["start"], evidence["end"]
    prompted = any(section == where and start < last and first < end for where, first, last in replies)
    return Quote(section, start, end, evidence["quote"], evidence.get("kind", "text"), prompted)
