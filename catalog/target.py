"""What a path leads to that somebody gives to be checked. Pure."""

from dataclasses import dataclass
from pathlib import Path

from catalog.folder import EXAMPLES, LIBRARY, MODEL_ANSWER, QUESTION, question_folders

_ENDINGS = dict(zip(LIBRARY, (".md", ".yaml", ".md"), strict=True))


class NoContent(ValueError):
    """Nothing that can be checked; says what to give instead."""

    def __init__(self, path: Path) -> None:
        found = "holds nothing to check" if path.is_dir() else "is no file of a pack"
        super().__init__(
            f"{path} {found if path.exists() else 'does not exist'}: give a pack, which has questions/, topics/, "
            f"cards/ or reference/ in it, one of these folders, the folder of a question, or a file of them"
        )


@dataclass(frozen=True, slots=True)
class Target:
    """`root` is a pack, a folder of questions, or a question. `part` is what was meant of a pack; None: all of it."""

    root: Path
    part: Path | None = None


def find(path: Path) -> Target:
    """What to check for `path`. Raises NoContent where it is no part of a pack."""
    if path.is_dir():
        # The folder itself, and the one above it, need not have a name in the path.
        path = path.resolve() if path.name in ("", "..") else path
        is_part = path.name in LIBRARY and not question_folders(path)
        return Target(path.parent, part=path) if is_part else Target(path)
    if path.is_file():
        path = path if len(path.parts) > 2 else path.absolute()
        home = path.parent
        if path.name in (QUESTION, MODEL_ANSWER):
            return Target(home)
        if home.name == EXAMPLES and path.suffix == ".md":
            return Target(home.parent)
        if _ENDINGS.get(home.name) == path.suffix:
            return Target(home.parent, part=path)
    raise NoContent(path)
