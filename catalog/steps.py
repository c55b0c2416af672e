"""The five steps of the interview, as data.

Minutes are those of the 45-minute format: one to read the brief, 43 in steps, one to hand over.
Weights (of 100) are the grading guide's: the deep dive decides.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    title: str
    short: str
    minutes: int
    weight: int
    prompt: str
    looks_for: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.key.replace("_", "-")


REQUIREMENTS: Final = "requirements"
ESTIMATION: Final = "estimation"
HIGH_LEVEL_DESIGN: Final = "high_level_design"
DEEP_DIVE: Final = "deep_dive"
WRAP_UP: Final = "wrap_up"

STEPS: Final[tuple[Step, ...]] = (
    Step(
        REQUIREMENTS,
        "Requirements",
        "Requirements",
        minutes=5,
        weight=15,
        prompt="What the system must do, how well, and what you leave out.",
        looks_for=(
            "The core use cases, in order of importance, and what is out of scope",
            "Needs with numbers: users, read and write ratio, latency, availability, size",
            "Which consistency this system needs, and why",
        ),
    ),
    Step(
        ESTIMATION,
        "Estimation",
        "Estimation",
        minutes=3,
        weight=10,
        prompt="Only the numbers that decide something. Show how you get them, with units.",
        looks_for=(
            "Requests per second, reading and writing, average and peak",
            "Storage over a stated time",
            "What each number rules in or out",
        ),
    ),
    Step(
        HIGH_LEVEL_DESIGN,
        "High-level design",
        "High-level",
        minutes=10,
        weight=25,
        prompt="The parts, how a request flows through them, the interface, and where the data lives.",
        looks_for=(
            "Parts and flow, as a Mermaid diagram, boxes and arrows in text, or prose",
            "The main endpoints and the main entities",
            "A primary store, chosen for a reason",
        ),
    ),
    Step(
        DEEP_DIVE,
        "Deep dive",
        "Deep dive",
        minutes=20,
        weight=35,
        prompt="Solve what makes this question hard. Then the bottleneck that comes first, "
        "and what happens when a part fails.",
        looks_for=(
            "The core challenge solved, not only named",
            "Keys, indexes and access patterns",
            "Hot spots, races, retries, and what a failed part does to the rest",
        ),
    ),
    Step(
        WRAP_UP,
        "Wrap-up",
        "Wrap-up",
        minutes=5,
        weight=15,
        prompt="What you gave up and got for it, what changes at ten times the size, and how you would run it.",
        looks_for=(
            "Trade-offs with both sides",
            "What breaks first at ten times the load",
            "What you watch, what wakes somebody up, how you roll back",
        ),
    ),
)

BY_KEY: Final[dict[str, Step]] = {step.key: step for step in STEPS}
BY_SLUG: Final[dict[str, Step]] = {step.slug: step for step in STEPS}
READ_MINUTES: Final = 1
HAND_OVER_MINUTES: Final = 1
TOTAL_MINUTES: Final = READ_MINUTES + sum(step.minutes for step in STEPS) + HAND_OVER_MINUTES
