from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from catalog import loader


class Command(BaseCommand):
    help = "Publish the questions of a folder. A broken question is reported and stays as it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: fixtures/questions")

    def handle(self, *args: Any, **options: Any) -> None:
        root = options["folder"] or loader.default_root()
        if not root.is_dir():
            raise CommandError(f"{root} is not a folder")
        loaded = loader.load(root, now=timezone.now())
        for problem in loaded.problems:
            self.stderr.write(str(problem))
        self.stdout.write(
            f"{len(loaded.published)} published, {len(loaded.unchanged)} unchanged, "
            f"{len(loaded.retired)} retired, {len(loaded.broken)} broken"
        )
        if loaded.problems:
            raise CommandError(f"{', '.join(loaded.broken)}: not loaded, what was live stays live")
