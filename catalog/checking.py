"""Everything that can be said against the content of a folder, without a database. Pure but for what scoring adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalog import folder, library_folder, library_rules, loader, rules
from catalog.folder import Problem
from catalog.library_rules import Known


@dataclass(frozen=True, slots=True)
class Checked:
    """`told` counts what was checked, in words."""

    problems: tuple[Problem, ...]
    told: str


def check(root: Path, *, thorough: bool = True) -> Checked:
    """A folder of questions, or a pack: `questions/`, and beside it `topics/`, `cards/` and `reference/`.

    `thorough` asks as well what takes seconds for each question: what its own texts get.
    """
    paths = folder.question_folders(loader.questions_of(root))
    readings = [folder.read(path, thorough=thorough) for path in paths]
    library = library_folder.read(root)
    problems = [problem for reading in readings for problem in reading.problems]
    problems += duplicates(readings, {path.name: path for path in paths})
    known = _known(root, readings)
    problems += studies(readings, {path.name: path for path in paths}, known)
    problems += [*library.problems, *library_rules.problems(library, known)]
    told = f"{len(readings)} questions"
    if library.topics or library.cards or library.reference:
        told += f", {len(library.topics)} topics, {len(library.cards)} cards, {len(library.reference)} reference pages"
    return Checked(tuple(sorted(set(problems))), told)


def duplicates(readings: Sequence[folder.Reading], paths: Mapping[str, Path]) -> list[Problem]:
    """Sentences that two questions share: one of them was not written for its question."""
    found: list[Problem] = []
    first: dict[str, str] = {}
    for reading in readings:
        if reading.question is None:
            continue
        for path, statement in rules.statements(reading.question):
            text = " ".join(statement.lower().split())
            owner = first.setdefault(text, reading.slug)
            if owner != reading.slug:
                line = folder.line_of(paths[reading.slug], path)
                file = str(paths[reading.slug] / folder.QUESTION)
                found.append(
                    Problem(file, line, f"“{statement}” stands in {owner} as well; write it for this question")
                )
    return found


def studies(readings: Sequence[folder.Reading], paths: Mapping[str, Path], known: Known) -> list[Problem]:
    """Criteria that send their reader to a topic there is not."""
    found: list[Problem] = []
    for reading in readings:
        for step, rubric in reading.question.steps.items() if reading.question else ():
            for index, criterion in enumerate(rubric.criteria):
                if criterion.study not in known.topics:
                    path = ("steps", step, "criteria", index, "study")
                    line = folder.line_of(paths[reading.slug], path)
                    file = str(paths[reading.slug] / folder.QUESTION)
                    found.append(Problem(file, line, f"names the topic “{criterion.study}”, which there is not"))
    return found


def _known(root: Path, readings: list[folder.Reading]) -> Known:
    """What is in the folder, and what is in ours: a pack may refer to either. A broken question is known by name."""
    own = {r.slug: _criteria(r) for r in readings}
    topics, reference = ({path.stem for path in (root / name).glob("*.md")} for name in ("topics", "reference"))
    ours = loader.default_pack()
    if root.resolve() != ours.resolve():
        shipped = _shipped(ours)
        return Known({*topics, *shipped.topics}, {*reference, *shipped.reference}, {**shipped.questions, **own})
    return Known(topics, reference, own)


@cache
def _shipped(ours: Path) -> Known:
    """What comes with the product does not change while it runs."""
    library = library_folder.read(ours)
    return Known(
        {p.item.slug for p in library.topics},
        {p.item.slug for p in library.reference},
        {p.name: _criteria(folder.read(p)) for p in folder.question_folders(ours / "questions")},
    )


def _criteria(reading: folder.Reading) -> set[str] | None:
    return {criterion.key for _, criterion in reading.question.criteria()} if reading.question else None
