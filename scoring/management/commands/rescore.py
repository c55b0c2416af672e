from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from catalog.models import Question
from scoring import grading
from scoring.models import Submission

# A batch is due a minute after the one before: whoever hands in meanwhile waits for one batch at most.
BATCH = 50
APART = timedelta(minutes=1)


class Command(BaseCommand):
    help = "Queue what other rules judged for the engine, encoder and calibration of today. Earlier results stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--question", metavar="SLUG", help="only answers to this question")
        parser.add_argument("--dry-run", action="store_true", help="count, and queue nothing")

    def handle(self, *args: Any, question: str | None, dry_run: bool, **options: Any) -> None:
        if question and not Question.objects.filter(slug=question).exists():
            raise CommandError(f"there is no question “{question}”")
        ids = _candidates(question)
        if dry_run:
            outdated = sum(grading.is_outdated(_submission(pk)) for pk in ids)
            self.stdout.write(f"{outdated} of {len(ids)} submissions would be scored anew")
            return
        queued = _queue(ids)
        last = f", the last batch in {(queued - 1) // BATCH} minutes" if queued > BATCH else ""
        self.stdout.write(f"{queued} of {len(ids)} submissions are queued to be scored anew{last}")


def _candidates(question: str | None) -> list[UUID]:
    """Oldest first. The sample is loaded anew by load_sample, for the edition that is live."""
    rows = Submission.objects.filter(is_sample=False)
    if question:
        rows = rows.filter(edition__question__slug=question)
    return list(rows.order_by("created_at", "pk").values_list("pk", flat=True))


def _submission(pk: UUID) -> Submission:
    return Submission.objects.select_related("edition").defer("answer", "edition__content").get(pk=pk)


def _queue(ids: list[UUID]) -> int:
    now = timezone.now()
    queued = 0
    for pk in ids:
        queued += grading.rescore(_submission(pk), now=now, due_at=now + queued // BATCH * APART)
    return queued
