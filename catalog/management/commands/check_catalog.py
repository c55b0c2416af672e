from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import folder, loader


class Command(BaseCommand):
    help = "Check question folders; every problem with file and line, exit 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: fixtures/questions")

    def handle(self, *args: Any, **options: Any) -> None:
        root = options["folder"] or loader.default_root()
        if not root.is_dir():
            raise CommandError(f"{root} is not a folder")
        readings = [folder.read(path, thorough=True) for path in folder.question_folders(root)]
        problems = [problem for reading in readings for problem in reading.problems]
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems in {len(readings)} questions")
        self.stdout.write(f"{len(readings)} questions, no problem")
