"""Which questions to take next: those that exercise what the last results were weakest at. Reads, never writes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from catalog import shelves
from catalog.models import Question
from catalog.personal import Missed
from lib.svg.profile import mark_text

SUGGESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, the topic it exercises, and the mark that speaks for it."""

    question: Question
    topic: str
    topic_title: str
    reason: str


def suggest(missed: Sequence[Missed], *, tried: Collection[int]) -> list[Suggestion]:
    """Up to three, for the lowest marks first. Two queries, and none for somebody without results."""
    if not missed:
        return []
    titles = shelves.titles([one.topic for one in missed])
    questions = list(Question.objects.live().only("slug", "title", "difficulty", "topics"))
    found: list[Suggestion] = []
    for one in missed:
        taken = {suggestion.question.pk for suggestion in found}
        fitting = [q for q in questions if one.topic in q.topics and q.pk not in taken]
        if one.topic in titles and fitting and len(found) < SUGGESTED:
            best = min(fitting, key=lambda q: (q.pk == one.question_id, q.pk in tried, q.difficulty_rank, q.title))
            found.append(Suggestion(best, one.topic, titles[one.topic], _reason(one, best)))
    return found


def _reason(missed: Missed, question: Question) -> str:
    said = f"“{missed.criterion}” reached {mark_text(missed.mark)} of 4"
    if question.pk == missed.question_id:
        return f"{said} in your last try; the next one has other numbers."
    return f"{said} in {missed.question_title}."
