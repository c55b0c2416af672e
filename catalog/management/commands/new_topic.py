from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import library_folder, loader, scaffold


class Command(BaseCommand):
    help = "Begin a topic: a file with all its parts, to be filled in. check_catalog names what is left to do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="lower case with hyphens, as in cache-invalidation")
        parser.add_argument("--in", dest="folder", type=Path, help="default: fixtures/topics")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, folder = options["slug"], options["folder"] or loader.default_pack() / library_folder.TOPICS
        if not scaffold.is_slug(slug):
            raise CommandError(f"“{slug}” is no slug: lower case, digits and hyphens, a letter first")
        # Elsewhere nobody would find it.
        if folder.absolute().name != library_folder.TOPICS:
            raise CommandError(
                f"the topics of a pack lie in a folder of this name: give {folder / library_folder.TOPICS}"
            )
        try:
            path = scaffold.write_topic(folder, slug)
        except FileExistsError:
            raise CommandError(f"there is a topic “{slug}” already; nothing was changed") from None
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}") from None
        self.stdout.write(str(path))
