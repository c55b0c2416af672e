"""Everything that can be said against the content of a folder. Asks files only, no database; upper apps add rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from catalog import folder, library_folder, library_rules, loader, rules, yaml_lines
from catalog.complaints import counted
from catalog.folder import Problem, Reading
from catalog.library_folder import Library
from catalog.library_rules import Known


@dataclass(frozen=True, slots=True)
class Checked:
    """`told` counts what was checked, in words; it is empty where that was nothing.

    `elsewhere` are the problems of the pack beside those of the part that was asked for.
    """

    problems: tuple[Problem, ...]
    told: str
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Shipped:
    """What comes with the product, for others to refer to and to keep apart from.

    files: (kind, slug) → where it is written.  statements: question → the statements of its rubric.
    """

    known: Known = field(default_factory=lambda: Known((), (), {}))
    files: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    statements: Mapping[str, frozenset[str]] = field(default_factory=dict)


def check(root: Path, *, part: Path | None = None, thorough: bool = True) -> Checked:
    """A folder of questions, or a pack: `questions/`, and beside it `topics/`, `cards/` and `reference/`.

    Of a `part` of a pack, a folder or a file, only what is said of it is named. `thorough` asks as well what takes
    seconds for each question: what its own texts get.
    """
    ours = loader.default_pack().resolve()
    shipped = Shipped() if root.resolve() == ours else _shipped(ours)
    readings = _read(root, judge=partial(rules.violations, thorough=thorough))
    library = library_folder.read(root)
    known = _known(root, readings, shipped)
    problems = {problem for reading in readings for problem in reading.problems}
    problems |= {*duplicates(readings, shipped), *studies(readings, known), *taken(readings, library, shipped)}
    problems |= {*library.problems, *library_rules.problems(library, known)}
    named = sorted(problem for problem in problems if _is_of(problem.file, part))
    return Checked(tuple(named), _told(readings, library, part), elsewhere=len(problems) - len(named))


def in_short(problems: Iterable[Problem]) -> list[Problem]:
    """The same with one problem for all texts that are left to write in one part of a file."""
    parts: dict[tuple[str, str], list[Problem]] = {}
    short = []
    for problem in problems:
        if problem.unwritten:
            parts.setdefault((problem.file, problem.unwritten), []).append(problem)
        else:
            short.append(problem)
    for (file, name), left in parts.items():
        line = left[0].line
        many = Problem(file, line, f"{name}: {len(left)} texts to write, first at line {line}", unwritten=name)
        short.append(many if len(left) > 1 else left[0])
    return sorted(short)


def _told(readings: Sequence[Reading], library: Library, part: Path | None) -> str:
    files = {"question": [str(reading.home) for reading in readings]}
    files |= {kind: [entry.file for entry in entries] for kind, entries in _entries(library)}
    counts = {kind: sum(_is_of(file, part) for file in found) for kind, found in files.items()}
    return ", ".join(counted(count, kind) for kind, count in counts.items() if count)


def _is_of(file: str, part: Path | None) -> bool:
    return part is None or Path(file).is_relative_to(part)


def duplicates(readings: Sequence[Reading], shipped: Shipped) -> Iterator[Problem]:
    """Sentences that two questions share: one of them was not written for its question. Once for each two."""
    own = {reading.slug for reading in readings}
    first = {text: slug for slug, texts in shipped.statements.items() if slug not in own for text in texts}
    for reading in readings:
        shared: dict[str, list[tuple[yaml_lines.Path, str]]] = {}
        for path, statement in rules.statements(reading.question) if reading.question else ():
            owner = first.setdefault(_plain(statement), reading.slug)
            if owner != reading.slug:
                shared.setdefault(owner, []).append((path, statement))
        for owner, ((path, statement), *more) in shared.items():
            others = f", and so {'do' if len(more) > 1 else 'does'} {len(more)} more" if more else ""
            yield reading.problem(path, f"“{statement}” stands in {owner} as well{others}; write it for this question")


def studies(readings: Sequence[Reading], known: Known) -> Iterator[Problem]:
    """Criteria that send their reader to a topic there is not."""
    for reading in readings:
        for step, rubric in reading.question.steps.items() if reading.question else ():
            for index, criterion in enumerate(rubric.criteria):
                if criterion.study not in known.topics:
                    path = ("steps", step, "criteria", index, "study")
                    yield reading.problem(path, f"names the topic “{criterion.study}”, which there is not")


def taken(readings: Sequence[Reading], library: Library, shipped: Shipped) -> Iterator[Problem]:
    """Names that something of ours has: loading refuses them."""
    for reading in readings:
        if _is_other(shipped, "question", reading.slug, reading.home):
            yield reading.problem((), f"“{reading.slug}” is a question of ours; give the folder a name of its own")
    for kind, entries in _entries(library):
        for entry in entries:
            if _is_other(shipped, kind, entry.item.slug, Path(entry.file)):
                yield entry.problem(("slug",), f"“{entry.item.slug}” is a {kind} of ours; give it a name of its own")


def _is_other(shipped: Shipped, kind: str, slug: str, file: Path) -> bool:
    """Whether ours is written elsewhere: whoever checks one folder of ours checks ours itself."""
    return shipped.files.get((kind, slug), file.resolve()) != file.resolve()


def _known(root: Path, readings: Sequence[Reading], shipped: Shipped) -> Known:
    """What is in the folder, and what is in ours: a pack may refer to either. A broken question is known by name."""
    topics, pages = (
        {path.stem for path in (_pack_around(root) / name).glob("*.md")}
        for name in (library_folder.TOPICS, library_folder.REFERENCE)
    )
    return Known(
        {*topics, *shipped.known.topics},
        {*pages, *shipped.known.reference},
        {**shipped.known.questions, **{reading.slug: _criteria(reading) for reading in readings}},
    )


def _pack_around(root: Path) -> Path:
    """Of the questions of a pack, or of one of them, the pack; otherwise `root` itself."""
    home = root.absolute()
    return next((folder.parent for folder in (home, home.parent) if folder.name == "questions"), root)


@cache
def _shipped(ours: Path) -> Shipped:
    """What comes with the product does not change while it runs."""
    readings, library = _read(ours), library_folder.read(ours)
    files = {("question", reading.slug): reading.home for reading in readings}
    for kind, entries in _entries(library):
        files |= {(kind, entry.item.slug): Path(entry.file) for entry in entries}
    return Shipped(
        _known(ours, readings, Shipped()),
        files,
        {r.slug: frozenset(_plain(text) for _, text in rules.statements(r.question)) for r in readings if r.question},
    )


def _read(root: Path, *, judge: folder.Judge = rules.faults) -> list[Reading]:
    return [folder.read(path, judge=judge) for path in folder.question_folders(loader.questions_of(root))]


def _entries(library: Library) -> tuple[tuple[str, library_folder.Entries], ...]:
    return (("topic", library.topics), ("reference page", library.reference), ("card", library.cards))


def _criteria(reading: Reading) -> set[str] | None:
    return {criterion.key for _, criterion in reading.question.criteria()} if reading.question else None


def _plain(statement: str) -> str:
    return " ".join(statement.lower().split())
