from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from pydantic import TypeAdapter, ValidationError

from catalog import loader, scaffold, schema, spec


class Command(BaseCommand):
    help = "Begin a question: a folder with every field, to be filled in. check_catalog names what is left to do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="lower case with hyphens, as in ride-hailing")
        parser.add_argument("--in", dest="folder", type=Path, help="default: fixtures/questions")

    def handle(self, *args: Any, **options: Any) -> None:
        ours, slug = loader.default_root(), options["slug"]
        try:
            TypeAdapter(spec.Slug).validate_python(slug)
        except ValidationError:
            raise CommandError(f"“{slug}” is no slug: lower case, digits and hyphens, a letter first") from None
        try:
            paths = scaffold.write(options["folder"] or ours, slug, schema_file=ours / schema.FILE)
        except FileExistsError:
            raise CommandError(f"there is a question “{slug}” already; nothing was changed") from None
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}") from None
        for path in paths:
            self.stdout.write(str(path))
