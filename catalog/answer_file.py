"""Answers as Markdown files: five step headings, each followed by its text. Pure.

Model answers, marked examples and the files of `score_answer` share this form. A text in which fewer than
three headings match is one body that every step may draw on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.steps import BY_KEY, STEPS, Step

BODY = "body"
MIN_HEADINGS = 3

_HEADING = re.compile(r"^(#{1,3})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_EXPORTED_SCORE = re.compile(r"^# Score[ \t]*$", re.MULTILINE)
# "Step 3: High-level design (10 min)" is the heading "high level design".
_DECORATION = re.compile(r"^(?:step\s*)?\d*\s*[.:)–-]*\s*|\s*[(\[].*$", re.IGNORECASE)

_NAMES = {
    "requirements": ("requirements", "clarify requirements", "requirement", "requirements and scope"),
    "estimation": (
        "estimation",
        "estimations",
        "estimates",
        "back of envelope estimation",
        "back of the envelope estimation",
        "capacity estimation",
        "scale estimation",
    ),
    "high_level_design": ("high level design", "high level"),
    "deep_dive": ("deep dive", "design deep dive", "deep dives", "detailed design"),
    "wrap_up": ("wrap up", "wrapping up", "wrap"),
}
_STEP_OF = {name: step for step, names in _NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a file. `offset` is where its text begins, in code points."""

    step: str
    text: str
    offset: int


def split(file_text: str) -> tuple[Section, ...]:
    """The sections of an answer file, in file order; a single `body` section when it is not stepped.

    What follows the line `# Score` of an exported session is feedback, not answer.
    """
    file_text = _EXPORTED_SCORE.split(file_text, maxsplit=1)[0]
    headings = list(_step_headings(file_text))
    found = {step for step, _, _ in headings}
    if len(found) < MIN_HEADINGS:
        front = _FRONT_MATTER.match(file_text)
        start = front.end() if front else 0
        return (Section(BODY, file_text[start:], start),)
    sections = []
    ends = [start for _, start, _ in headings[1:]] + [len(file_text)]
    for (step, _, text_start), end in zip(headings, ends, strict=True):
        sections.append(Section(step, file_text[text_start:end], text_start))
    return tuple(sections)


def one_step(file_text: str, step: str) -> tuple[Section, ...]:
    """A file that answers one step, with or without its heading."""
    for found, _, start in _step_headings(file_text):
        if found == step:
            return (Section(step, file_text[start:], start),)
    front = _FRONT_MATTER.match(file_text)
    start = front.end() if front else 0
    return (Section(step, file_text[start:], start),)


def headings(sections: Sequence[Section]) -> list[Step]:
    """The steps that a text read as one body has headings of: one or two, or it would have been split."""
    return [BY_KEY[step] for s in sections if s.step == BODY for step, _, _ in _step_headings(s.text)]


def steps_of(file_text: str) -> dict[str, str]:
    """Step key → text, for files known to be stepped; absent steps are empty."""
    texts = {step.key: "" for step in STEPS}
    for section in split(file_text):
        if section.step in texts:
            texts[section.step] = (texts[section.step] + "\n" + section.text).strip()
    return texts


def join(texts: dict[str, str]) -> str:
    """The file form of an answer held as step texts."""
    return "\n\n".join(f"## {step.title}\n\n{texts.get(step.key, '').strip()}" for step in STEPS) + "\n"


def _step_headings(text: str) -> Iterator[tuple[str, int, int]]:
    """(step, heading start, text start) for the first heading of each step, fences left out."""
    fences = [match.span() for match in _FENCE.finditer(text)]
    seen: set[str] = set()
    for match in _HEADING.finditer(text):
        if any(start <= match.start() < end for start, end in fences):
            continue
        step = _STEP_OF.get(_normal(match.group(2)))
        if step and step not in seen:
            seen.add(step)
            yield step, match.start(), match.end()


def _normal(heading: str) -> str:
    bare = _DECORATION.sub("", heading.strip(" *_"))
    return re.sub(r"[\s_-]+", " ", bare).strip(" :.*_").lower()
