"""Everything that can be said against the content of a folder, without a database. Pure but for what scoring adds."""

from dataclasses import dataclass
from pathlib import Path

from catalog import folder, library_folder, library_rules, loader
from catalog.folder import Problem
from catalog.library_rules import Known


@dataclass(frozen=True, slots=True)
class Checked:
    """`told` counts what was checked, in words."""

    problems: tuple[Problem, ...]
    told: str


def check(root: Path) -> Checked:
    """A folder of questions, or a pack: `questions/`, and beside it `topics/`, `cards/` and `reference/`."""
    paths = folder.question_folders(loader.questions_of(root))
    readings = [folder.read(path, thorough=True) for path in paths]
    library = library_folder.read(root)
    problems = [problem for reading in readings for problem in reading.problems]
    problems += [*library.problems, *library_rules.problems(library, _known(root, library, readings))]
    told = f"{len(readings)} questions"
    if library.topics or library.cards or library.reference:
        told += f", {len(library.topics)} topics, {len(library.cards)} cards, {len(library.reference)} reference pages"
    return Checked(tuple(sorted(set(problems))), told)


def _known(root: Path, library: library_folder.Library, readings: list[folder.Reading]) -> Known:
    """What is in the folder, and what is in ours: a pack may refer to either. A broken question is known by name."""
    own = {r.slug: _criteria(r) for r in readings}
    topics, reference = ({p.item.slug for p in pages} for pages in (library.topics, library.reference))
    ours = loader.default_pack()
    if root.resolve() != ours.resolve():
        shipped = library_folder.read(ours)
        own = {**{p.name: _criteria(folder.read(p)) for p in folder.question_folders(loader.default_root())}, **own}
        topics |= {p.item.slug for p in shipped.topics}
        reference |= {p.item.slug for p in shipped.reference}
    return Known(topics, reference, own)


def _criteria(reading: folder.Reading) -> set[str]:
    return {criterion.key for _, criterion in reading.question.criteria()} if reading.question else set()
