from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import RegexValidator

from catalog import loader, scaffold

_is_slug = RegexValidator(r"^[a-z][a-z0-9-]{0,59}$")


class Command(BaseCommand):
    help = "Begin a question: a folder with every field, to be filled in. check_catalog names what is left to do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="lower case with hyphens, as in ride-hailing")
        parser.add_argument("--in", dest="folder", type=Path, help="default: fixtures/questions")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            _is_slug(options["slug"])
        except ValidationError:
            raise CommandError(
                f"“{options['slug']}” is no slug: lower case, digits and hyphens, a letter first"
            ) from None
        try:
            paths = scaffold.write(options["folder"] or loader.default_root(), options["slug"])
        except FileExistsError:
            raise CommandError(f"there is a question “{options['slug']}” already; nothing was changed") from None
        for path in paths:
            self.stdout.write(str(path))
