from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Question
from scoring import comparison
from scoring.models import Submission


class Command(BaseCommand):
    help = "Show whose result would change from judge A to judge B, and why. Quotes answers; writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        names = "now (the engine of today), words (the same without its encoder), or a stored engine or grader key"
        parser.add_argument("first", metavar="A", help=names)
        parser.add_argument("second", metavar="B", help=names)
        parser.add_argument("--question", metavar="SLUG", help="only answers to this question")

    def handle(self, *args: Any, first: str, second: str, question: str | None, **options: Any) -> None:
        try:
            judges = comparison.judge(first), comparison.judge(second)
        except LookupError as error:
            raise CommandError(str(error)) from None
        summary = comparison.Summary()
        for submission in _submissions(question):
            a, b = (judge(submission) for judge in judges)
            if a is None or b is None:
                summary.without += 1
                continue
            pair = comparison.Pair(f"{submission.edition.question.slug} {submission.pk}", a, b)
            summary.add(pair)
            if pair.is_changed:
                self.stdout.write("\n".join(comparison.lines(pair, first, second)))
        self.stdout.write("\n".join(summary.lines()))


def _submissions(question: str | None) -> Iterator[Submission]:
    """Oldest first, one at a time: answers may be long and many."""
    rows = Submission.objects.order_by("created_at", "pk")
    if question:
        if not Question.objects.filter(slug=question).exists():
            raise CommandError(f"there is no question “{question}”")
        rows = rows.filter(edition__question__slug=question)
    for pk in list(rows.values_list("pk", flat=True)):
        yield Submission.objects.select_related("edition__question").get(pk=pk)
