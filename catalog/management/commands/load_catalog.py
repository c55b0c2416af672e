from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from catalog import library_folder, library_loader, loader


class Command(BaseCommand):
    help = "Publish questions, topics, cards and reference pages. What is broken is reported and stays as it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        root = options["folder"] or loader.default_pack()
        if not root.is_dir():
            raise CommandError(f"{root} is not a folder")
        loaded = loader.load(loader.questions_of(root), now=timezone.now())
        shelved = library_loader.load(library_folder.read(root), source=loader.source_of(root), now=timezone.now())
        for problem in (*loaded.problems, *shelved.problems):
            self.stderr.write(str(problem))
        self.stdout.write(
            f"{len(loaded.published)} published, {len(loaded.unchanged)} unchanged, "
            f"{len(loaded.retired)} retired, {len(loaded.broken)} broken"
        )
        if shelved.total:
            self.stdout.write(
                f"library: {shelved.published} published, {shelved.unchanged} unchanged, {shelved.retired} retired"
            )
        if loaded.problems or shelved.problems:
            named = loaded.broken or sorted({Path(problem.file).name for problem in shelved.problems})
            raise CommandError(f"{', '.join(named)}: not loaded, what was live stays live")
