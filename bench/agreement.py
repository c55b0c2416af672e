"""How well the engine agrees with people: `python bench/agreement.py FOLDER…`, folders as in `bench/marked.py`.

Prints, for each folder, quadratic weighted kappa (half marks for steps, fives for the overall), Pearson, Spearman and
the mean error, with an interval by bootstrap over authors; the same for guesses from the number of words and from the
number of rubric terms named, each fitted on the other authors; what is left of the agreement given the length; the
error by third of quality; how often the range holds the graders' mean; and what attacks on the same questions get.

The calibration in the engine was fitted on marked answers. On those, the figures here flatter it: `bench/calibrate.py`
prints the ones that do not.
"""

import argparse
import math
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench import gaming, marked
from bench import statistics_of_marks as stats
from bench.marked import KEYS, Marked
from catalog.spec import Question
from scoring.engine import ENGINE_VERSION, score
from scoring.engine.concepts import Encodes
from scoring.engine.text import tokens
from scoring.engine.types import Result


@dataclass(frozen=True)
class Row:
    """One answer, what people gave it and what the engine gave it; a step that is not scorable counts 0."""

    marked: Marked
    result: Result
    terms: int

    @property
    def marks(self) -> dict[str, float]:
        return {step.step: step.mark or 0.0 for step in self.result.steps}

    @property
    def words(self) -> float:
        return math.log(max(1, len(self.marked.text.split())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--words", action="store_true", help="without the encoder")
    parser.add_argument("--no-attacks", action="store_true")
    arguments = parser.parse_args()
    encoder = None if arguments.words else marked.load_encoder()
    print(f"engine {ENGINE_VERSION}, {encoder.fingerprint if encoder else 'words alone'}")
    for path in arguments.folders:
        answers = marked.read(path)
        questions = marked.questions({a.question for a in answers})
        rows = [row(questions[a.question], a, encoder) for a in answers]
        cost(questions, rows, marked.load_encoder() if encoder else None)
        print(f"\n{path.name}: {len(rows)} answers, {len(questions)} questions")
        report(rows)
    if not arguments.no_attacks:
        print("\nattacks: overall of 100; changes of a strong answer: points moved (mean, highest, bar)")
        for name, found in gaming.figures(marked.questions(marked.slugs()), encoder).items():
            values = [value for _, value in found]
            print(f"  {name:45} {np.mean(values):6.1f} {max(values):6.1f} {gaming.bar(name):6.0f}   n={len(values)}")


def cost(questions: Mapping[str, Question], rows: Sequence[Row], encoder: Encodes | None) -> None:
    """What scoring takes once questions are known: one answer to each, by an encoder that has seen none of them."""
    chosen = list({r.marked.question: r for r in rows}.values())
    start = time.process_time()
    for one in chosen:
        score(questions[one.marked.question], one.marked.answer, encoder=encoder)
    words = sum(len(one.marked.text.split()) for one in chosen)
    print(f"  {1000 * (time.process_time() - start) / words:.2f} CPU-seconds per 1,000 words ({words} words)")


def row(question: Question, answer: Marked, encoder: Encodes | None) -> Row:
    result = score(question, answer.answer, encoder=encoder)
    known = {
        frozenset(t.stem for t in tokens(term) if t.stem)
        for _, criterion in question.criteria()
        for point in criterion.points
        for term in point.terms
    }
    held = {t.stem for t in tokens(answer.text) if t.stem}
    return Row(answer, result, sum(bool(term) and term <= held for term in known))


def report(rows: Sequence[Row]) -> None:
    print(f"  {'':22}{'engine':42}{'words':18}{'terms':18}")
    print(f"  {'':22}{'kappa':22}{'r':7}{'rho':7}{'error':6}  {'kappa':8}{'r':8}  {'kappa':8}{'r':8}")
    for key in (*KEYS, "overall"):
        line(rows, key)
    graders = min(len(r.marked.graders) for r in rows)
    if graders > 1:
        both = [[marked.overall(r.marked.graders[n]) for r in rows] for n in (0, 1)]
        print(f"  two graders with each other, overall: kappa {stats.kappa(*both, step=5, top=100):.2f}")
    engine, people = [r.result.overall or 0.0 for r in rows], [r.marked.overall for r in rows]
    left = stats.partial(engine, people, [r.words for r in rows])
    print(f"  correlation with the overall that is left given the number of words: {left:.2f}")
    thirds = np.array_split(np.argsort(people, kind="stable"), 3)
    errors = [stats.error(np.array(engine)[t], np.array(people)[t]) for t in thirds]
    print("  mean error of the overall by third of quality: " + ", ".join(f"{e:.1f}" for e in errors))
    ranged = [(r.result.range, r.marked.overall) for r in rows if r.result.range]
    held = np.mean([low <= value <= high for (low, high), value in ranged])
    width = np.mean([high - low for (low, high), _ in ranged])
    print(f"  the range holds the graders' mean in {held:.0%} of answers; its mean width is {width:.1f} points")
    routing(rows)


def line(rows: Sequence[Row], key: str) -> None:
    step, top = (5.0, 100.0) if key == "overall" else (0.5, 4.0)
    people = np.array([r.marked.overall if key == "overall" else r.marked.marks[key] for r in rows])
    engine = np.array([(r.result.overall or 0.0) if key == "overall" else r.marks[key] for r in rows])
    authors = [r.marked.author for r in rows]

    def kappa(a: stats.Array, b: stats.Array) -> float:
        return stats.kappa(a, b, step=step, top=top)

    low, high = stats.interval(kappa, engine, people, authors)
    shown = f"{kappa(engine, people):.2f} [{low:.2f}, {high:.2f}]"
    text = f"  {key:22}{shown:22}{stats.pearson(engine, people):<7.2f}{stats.spearman(engine, people):<7.2f}"
    text += f"{stats.error(engine, people):<6.2f}"
    for baseline in ([r.words for r in rows], [float(r.terms) for r in rows]):
        guess = np.clip(fitted(np.array(baseline), people, authors), 0, top)
        text += f"  {kappa(guess, people):<8.2f}{stats.pearson(baseline, people):<8.2f}"
    print(text)


def fitted(x: stats.Array, y: stats.Array, authors: Sequence[str]) -> stats.Array:
    """A straight line from x to y, for each author fitted on the others."""
    guess = np.zeros(len(y))
    for author in set(authors):
        out = np.array([a == author for a in authors])
        slope, start = np.polyfit(x[~out], y[~out], 1)
        guess[out] = start + slope * x[out]
    return guess


def routing(rows: Sequence[Row]) -> None:
    """What asking a mentor gains: the share that the engine keeps and its error, and the same of each reason to ask."""
    reasons = sorted({reason for r in rows for reason in r.result.ask_mentor})
    parts = [("all", rows), ("not sent to a mentor", [r for r in rows if not r.result.ask_mentor])]
    parts += [(f"sent: {reason}", [r for r in rows if reason in r.result.ask_mentor]) for reason in reasons]
    for name, chosen in parts:
        if chosen:
            error = stats.error([r.result.overall or 0.0 for r in chosen], [r.marked.overall for r in chosen])
            print(f"  {name}: {len(chosen) / len(rows):.0%} of answers, mean error {error:.1f}")


if __name__ == "__main__":
    main()
