from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import loader, scaffold, schema


class Command(BaseCommand):
    help = "Begin a question: a folder with every field, to be filled in. check_catalog names what is left to do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="lower case with hyphens, as in ride-hailing")
        parser.add_argument("--in", dest="folder", type=Path, help="default: fixtures/questions")

    def handle(self, *args: Any, **options: Any) -> None:
        ours, slug = loader.default_root(), options["slug"]
        if not scaffold.is_slug(slug):
            raise CommandError(f"“{slug}” is no slug: lower case, digits and hyphens, a letter first")
        try:
            paths = scaffold.write_question(options["folder"] or ours, slug, schema_file=ours / schema.FILE)
        except FileExistsError:
            raise CommandError(f"there is a question “{slug}” already; nothing was changed") from None
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}") from None
        for path in paths:
            self.stdout.write(str(path))
