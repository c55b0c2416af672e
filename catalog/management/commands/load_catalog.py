from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from catalog import library_folder, library_loader, loader, target


class Command(BaseCommand):
    help = "Publish questions, topics, cards and reference pages. What is broken is reported and stays as it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: fixtures")
        parser.add_argument(
            "--moved-from", type=Path, metavar="FOLDER", help="where this folder was when it was last loaded"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root, old, now = options["folder"] or loader.default_pack(), options["moved_from"], timezone.now()
        if not root.is_dir():
            raise CommandError(f"{root} is not a folder")
        if (whole := target.find(root)).part:
            raise CommandError(f"{root} is a part of a pack: load {whole.root}")
        if old:
            if old.is_dir() and old.resolve() != root.resolve():
                raise CommandError(f"{old} is still there: load it, or remove it first")
            loader.move(old, root)
        loaded = loader.load(loader.questions_of(root), now=now)
        library = library_folder.read(root)
        shelved = library_loader.load(library, source=loader.source_of(root), now=now, broken=loaded.broken)
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
            named = [*loaded.broken, *sorted({Path(problem.file).name for problem in shelved.problems})]
            raise CommandError(f"{', '.join(named)}: not loaded, what was live stays live")
