from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import checking, loader, target
from catalog.complaints import counted
from catalog.target import NoContent


class Command(BaseCommand):
    help = (
        "Check questions, topics, cards and reference pages; every problem with file and line, exit 1 if there is one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, help="a pack, a folder or a file of it, or a question; default: fixtures"
        )
        parser.add_argument("--all", action="store_true", help="name each text that is left to write")
        parser.add_argument("--unscored", action="store_true", help="leave out what the texts of questions get")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["path"] or loader.default_pack()
        try:
            found = target.find(path)
        except NoContent as error:
            raise CommandError(str(error)) from None
        # What the texts of its questions get says nothing about a part of the library.
        thorough = found.part is None and not options["unscored"]
        checked = checking.check(found.root, part=found.part, thorough=thorough)
        if not checked.told and not checked.problems:
            raise CommandError(str(NoContent(path)))
        if found.part:
            self.stdout.write(f"{path} is checked as part of the pack {found.root}", ending=self._aside(checked))
        shown = list(checked.problems) if options["all"] else checking.in_short(checked.problems)
        for problem in shown:
            self.stderr.write(str(problem))
        if checked.problems:
            within = f" in {checked.told}" if checked.told else ""
            more = "; --all names each text to write" if len(shown) < len(checked.problems) else ""
            raise CommandError(f"{counted(len(checked.problems), 'problem')}{within}{more}")
        self.stdout.write(f"{checked.told}, no problem")

    @staticmethod
    def _aside(checked: checking.Checked) -> str:
        """The pack is not held against who asked for a part of it."""
        elsewhere = checked.elsewhere
        return f"; {counted(elsewhere, 'problem')} elsewhere in it\n" if elsewhere else "\n"
