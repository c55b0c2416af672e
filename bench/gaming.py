"""What attacks get and by how much changes move a strong answer: `python bench/gaming.py [--words] [--write]`.

Scores them on every question of the catalog, with the probes of the tests, and says what is beyond its bar;
`--write` keeps those for the tests, which expect them to fail.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from statistics import fmean
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import marked
from bench.attacks import ATTACKS
from bench.changes import CHANGES, shuffled, turned_round
from catalog import answer_file
from catalog.spec import Question
from scoring import content
from scoring.engine import score
from scoring.engine.concepts import Encodes
from scoring.engine.types import Answer

# One figure of a row, and the question it belongs to, or the pair `question < whose answer`.
Figure = tuple[str, float]

TESTS: Final = Path(__file__).resolve().parent.parent / "tests" / "scoring"
PROBES: Final = TESTS / "probes"
SHORT: Final = TESTS / "short_of_the_bar.tsv"

ANOTHER_ANSWER: Final = "another question's answer"
SHUFFLED: Final = "words shuffled, % of its score"
TURNED: Final = "turned round, % of its score"
MOVED: Final = "moved by: "
WRONG: Final = "fluent and wrong"
DESIGNS: Final = "two designs, apart by"
PLAIN: Final = "plain words, mean mark"
ALL: Final = "all questions"
BARS: Final = {
    ANOTHER_ANSWER: content.ANOTHER_QUESTIONS,
    SHUFFLED: 40.0,
    TURNED: 40.0,
    WRONG: 40.0,
    DESIGNS: 8.0,
    PLAIN: 3.0,
}
BAR_OF_ATTACKS: Final = 12.0
BAR_OF_CHANGES: Final = 4.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--words", action="store_true", help="without the encoder")
    parser.add_argument("--write", action="store_true", help=f"what is beyond its bar, into {SHORT.name}")
    arguments = parser.parse_args()
    questions = marked.questions(marked.slugs())
    encoder = None if arguments.words else marked.load_encoder()
    rows = {**figures(questions, encoder), **probed(questions, encoder)}
    for name, found in rows.items():
        show(name, found)
    if arguments.write:
        write(rows)


def show(name: str, found: Sequence[Figure]) -> None:
    values = [value for _, value in found]
    print(f"{name:45} mean {sum(values) / len(values):5.1f}  highest {max(values):5.1f}  n={len(values)}")
    for slug, value in sorted(beyond(name, found).items()):
        print(f"    {slug:40} {value:6.2f}  beyond {bar(name):g}")


def write(rows: Mapping[str, Sequence[Figure]]) -> None:
    lines = [f"{name}\t{slug}\t{v:.2f}\n" for name, found in rows.items() for slug, v in beyond(name, found).items()]
    SHORT.write_text("row\tquestion\tmeasured\n" + "".join(lines), encoding="utf-8")


def bar(row: str) -> float:
    return BARS.get(row, BAR_OF_CHANGES if row.startswith(MOVED) else BAR_OF_ATTACKS)


def beyond(row: str, found: Iterable[Figure]) -> dict[str, float]:
    """Question → its figure, where that is on the wrong side of the bar."""
    return {slug: value for slug, value in found if (value < bar(row) if row == PLAIN else value > bar(row))}


def figures(questions: Mapping[str, Question], encoder: Encodes | None) -> dict[str, list[Figure]]:
    """Row → a figure for each question, or pair of questions.

    Attacks: the overall. Changes of the strong example: by how many points the overall moves. Shuffled and turned
    round: the share of the original that is left, of 100.
    """
    every = list(questions.values())
    rows = {name: [(q.slug, overall(q, attack(q), encoder)) for q in every] for name, attack in ATTACKS.items()}
    rows[ANOTHER_ANSWER] = [
        (pair(q.slug, o.slug), overall(q, model_answer(o), encoder)) for q, o in permutations(every, 2)
    ]
    strong = {q.slug: strong_answer(q) for q in every}
    before = {q.slug: overall(q, strong[q.slug], encoder) for q in every}
    for name, spoil in ((SHUFFLED, shuffled), (TURNED, turned_round)):
        after = {q.slug: overall(q, spoil(strong[q.slug]), encoder) for q in every}
        rows[name] = [(slug, 100 * after[slug] / before[slug] if before[slug] else 0.0) for slug in before]
    for name, change in CHANGES.items():
        changed = {q.slug: overall(q, change(strong[q.slug]), encoder) for q in every}
        rows[MOVED + name] = [(slug, abs(changed[slug] - before[slug])) for slug in changed]
    return rows


def probed(questions: Mapping[str, Question], encoder: Encodes | None) -> dict[str, list[Figure]]:
    """The same of the probes: the overall of what is wrong, how far two good designs stand apart, plain words."""
    marks = [fmean(step_marks(question, probe(f"plain/{slug}.md"), encoder)) for slug, question in questions.items()]
    rows: dict[str, list[Figure]] = {WRONG: [], DESIGNS: [], PLAIN: [(ALL, fmean(marks))]}
    for slug, question in questions.items():
        rows[WRONG].append((slug, overall(question, probe(f"wrong/{slug}.md"), encoder)))
        designs = [overall(question, probe(f"designs/{name}"), encoder) for name in designs_of(slug)]
        if designs:
            rows[DESIGNS].append((slug, max(designs) - min(designs)))
    return rows


def probe(name: str) -> Answer:
    return Answer(answer_file.steps_of((PROBES / name).read_text(encoding="utf-8")))


def designs_of(slug: str) -> list[str]:
    return sorted(path.name for path in (PROBES / "designs").glob(f"{slug}.*.md"))


def overall(question: Question, answer: Answer, encoder: Encodes | None) -> float:
    """0 to 100; an answer that cannot be scored gets nothing."""
    return score(question, answer, encoder=encoder).overall or 0.0


def step_marks(question: Question, answer: Answer, encoder: Encodes | None) -> list[float]:
    return [step.mark or 0.0 for step in score(question, answer, encoder=encoder).steps]


def pair(question: str, other: str) -> str:
    return f"{question} < {other}"


def model_answer(question: Question) -> Answer:
    return Answer(answer_file.steps_of(question.model_answer))


def strong_answer(question: Question) -> Answer:
    """The marked strong example: better than most, and not so good that marks have nowhere to go."""
    return Answer(answer_file.steps_of(next(e.text for e in question.examples if e.kind == "strong")))


if __name__ == "__main__":
    main()
