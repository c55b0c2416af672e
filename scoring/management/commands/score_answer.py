import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import answer_file, folder, loader
from catalog.answer_file import Section
from catalog.models import Question
from catalog.spec import Question as Spec
from catalog.steps import BY_KEY


class Command(BaseCommand):
    help = "Score Markdown answers without the web. Uses the live edition, else the files of the question."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--question", required=True, metavar="SLUG")
        parser.add_argument("--variant", type=int, default=0, help="whose numbers the answer was given (default 0)")
        parser.add_argument(
            "--step", choices=list(BY_KEY), help="the files answer this step alone; there is no overall"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object per file and line")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        question, edition = _question(options["question"])
        if options["variant"] < 0:
            raise CommandError("--variant counts from 0")
        from scoring import encoding, report
        from scoring.engine import score
        from scoring.engine.types import Answer

        unreadable = []
        for path in options["files"]:
            try:
                # Decoded by hand: line ends stay as they are, so offsets are those of the file.
                text = path.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                unreadable.append(f"{path}: {error}")
                continue
            sections = answer_file.one_step(text, options["step"]) if options["step"] else answer_file.split(text)
            self._warn(path, sections)
            answer = Answer({s.step: s.text for s in sections})
            result = score(question, answer, variant=options["variant"], encoder=encoding.encoder())
            if options["step"]:
                result = report.of_step(result, options["step"])
            if options["json"]:
                record = report.to_json(
                    result, file=str(path), question=question.slug, edition=edition, sections=sections
                )
                self.stdout.write(json.dumps(record, ensure_ascii=False))
            else:
                self.stdout.write(report.to_text(result, file=str(path), question=question, edition=edition))
        if unreadable:
            raise CommandError("could not be read:\n" + "\n".join(unreadable))
        sys.stdout.flush()

    def _warn(self, path: Path, sections: Sequence[Section]) -> None:
        """Few headings are as likely mistyped ones, or a single step, as none at all on purpose."""
        named = [step.title for step in answer_file.headings(sections)]
        if named:
            self.stderr.write(
                f"{path}: only {' and '.join(named)} is headed as a step, so the file is read as one text. "
                "Give all five headings, or --step where it answers one step."
            )


def _question(slug: str) -> tuple[Spec, int]:
    """The live edition; on a machine without a database, what the files say, as edition 0."""
    from django.db import DatabaseError

    try:
        row = Question.objects.live().select_related("edition").filter(slug=slug).first()
    except DatabaseError:
        row = None
    if row is not None and row.edition is not None:
        return row.edition.spec, row.edition.number
    path = loader.default_root() / slug
    if not path.is_dir():
        known = ", ".join(p.name for p in folder.question_folders(loader.default_root()))
        raise CommandError(f"there is no question “{slug}”; known: {known}")
    reading = folder.read(path)
    if reading.question is None:
        raise CommandError("\n".join(str(problem) for problem in reading.problems))
    return reading.question, 0
