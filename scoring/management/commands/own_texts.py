from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import folder, loader
from catalog.complaints import counted
from scoring import content

COLUMNS = "{:24}{:>7}{:>8}{:>10}{:>6}  {}"


class Command(BaseCommand):
    help = (
        "What each question's own texts get: the model answer's lowest step (0 to 4), examples (of 100), and the most"
        " that another question's model answer gets. Exit 1 if one is on the wrong side of its bar."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: fixtures")
        parser.add_argument("--own", action="store_true", help="leave out the answers to other questions")

    def handle(self, *args: Any, **options: Any) -> None:
        root = options["folder"] or loader.default_pack()
        if not root.is_dir():
            raise CommandError(f"{root} is not a folder")
        readings = [folder.read(path) for path in folder.question_folders(loader.questions_of(root))]
        for problem in (problem for reading in readings for problem in reading.problems):
            self.stderr.write(str(problem))
        questions = [reading.question for reading in readings if reading.question]
        others: dict[str, tuple[float, str]] = {}
        if not options["own"]:
            for question, other, overall in content.anothers(questions):
                others[question.slug] = max(others.get(question.slug, (-1.0, "")), (overall, other.slug))
        self.stdout.write(COLUMNS.format("question", "model", "strong", "middling", "weak", "another's"))
        beyond = 0
        for question in questions:
            found = content.standing(question)
            strong, middling, weak = (_span(found.of(kind)) for kind in ("strong", "middling", "weak"))
            most, whose = others.get(question.slug, (0.0, ""))
            beyond += any(content.shortcomings(found)) or most > content.ANOTHER_QUESTIONS
            another = f"{most:g} {whose}" if whose else "not asked"
            self.stdout.write(COLUMNS.format(question.slug, f"{found.lowest:g}", strong, middling, weak, another))
        if beyond or len(questions) < len(readings):
            broken = len(readings) - len(questions)
            raise CommandError(f"{beyond} beyond a bar, {broken} not readable, of {counted(len(readings), 'question')}")


def _span(values: tuple[float, ...]) -> str:
    return "–".join(f"{value:g}" for value in sorted({min(values), max(values)})) if values else ""
