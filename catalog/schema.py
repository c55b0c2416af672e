"""The form of question.yaml as JSON Schema, so that editors complete and check it while one types. Pure."""

import os
from pathlib import Path
from typing import Any, Final

from catalog.folder import FROM_FILES
from catalog.spec import Question

FILE: Final = "question.schema.json"


def modeline(file: Path, home: Path) -> str:
    """The first line of a question.yaml in `home`, from which editors with a YAML language server find the schema."""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(file, home)).as_posix()}"


def of_question() -> dict[str, Any]:
    """What an author writes: all fields but those that live in files of their own."""
    found = Question.model_json_schema()
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["title"] = "A question of Fortyfive"
    for field in FROM_FILES:
        del found["properties"][field]
    found["required"] = [field for field in found["required"] if field not in FROM_FILES]
    return found
