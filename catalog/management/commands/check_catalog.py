from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import checking, loader


class Command(BaseCommand):
    help = (
        "Check questions, topics, cards and reference pages; every problem with file and line, exit 1 if there is one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        root = options["folder"] or loader.default_pack()
        if not root.is_dir():
            raise CommandError(f"{root} is not a folder")
        checked = checking.check(root)
        for problem in checked.problems:
            self.stderr.write(str(problem))
        if checked.problems:
            raise CommandError(f"{len(checked.problems)} problems in {checked.told}")
        self.stdout.write(f"{checked.told}, no problem")
