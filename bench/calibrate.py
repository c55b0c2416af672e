"""Fit the lines from evidence to marks: `python bench/calibrate.py FOLDER… [--write VERSION]`.

Folders as in `bench/marked.py`.

Prints how well marks agree with people on answers that were left out while the lines were fitted: once with each
question left out in turn, once with each author. Only those figures say what to expect of new answers. `--write`
then fits on everything and writes `scoring/engine/calibration.json`; raise its version with every such run.

The fit is a least-squares one with slopes that cannot be negative and are held small (ridge). A mark at either end
of the scale only says that the answer is at least as good, or at most as bad. Simulated answers and notes, which are
made up and alike in form, count less than real ones. Attacks and answers that the engine refuses or doubts are left
out: caps, not lines, are for them.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench import marked
from bench import statistics_of_marks as stats
from bench.marked import KEYS, Marked
from catalog.spec import Question
from scoring.engine import calibration, levels
from scoring.engine.compose import Measured, measure
from scoring.engine.concepts import Encodes

RIDGE = 0.1
SIMULATED_COUNTS = 0.7
# What keeps an answer out of the fit.
LEAST_CAP = 3.0
FITTED_KINDS = ("real", "note", "strong", "middling", "weak")
ENDS = (0.25, 3.75)
ROUNDS = 8
# As the page says: nine of ten.
HELD = 0.9
NEARLY = 0.03


@dataclass(frozen=True)
class Example:
    """An answer as the lines see it: step → its row of shares; `caps` hold whatever the lines say."""

    answer: Marked
    rows: dict[str, stats.Array]
    refused: frozenset[str]
    cap: float
    apart: bool = True

    @property
    def weight(self) -> float:
        return 1.0 if self.answer.kind == "real" else SIMULATED_COUNTS

    @property
    def is_fitted(self) -> bool:
        return self.answer.kind in FITTED_KINDS and self.cap >= LEAST_CAP


Lines = dict[str, stats.Array]


def example(question: Question, answer: Marked, encoder: Encodes | None) -> Example:
    measured = measure(question, answer.answer, encoder=encoder)
    refused = frozenset(step for step, reason in measured.refusals.items() if reason)
    return Example(answer, {key: row(measured, key) for key in KEYS}, refused, measured.cap, measured.apart)


def row(measured: Measured, step: str) -> stats.Array:
    """-1 for the start (no mark is given for nothing), then what `calibration.Line` multiplies."""
    own = levels.coverage([c for c in measured.scored if c.step == step]) or 0.0
    early = [min(own, knot) for knot in calibration.KNOTS]
    whole = levels.whole(measured.scored, measured.asked)
    return np.array([-1.0, own, *early, own * measured.apart, whole, *measured.craft[step]])


def fit(examples: Sequence[Example]) -> Lines:
    return {key: _line([e for e in examples if e.is_fitted and key not in e.refused], key) for key in KEYS}


def _line(examples: Sequence[Example], key: str) -> stats.Array:
    x = np.stack([e.rows[key] for e in examples])
    y = np.array([e.answer.marks[key] for e in examples])
    weights = np.array([e.weight for e in examples])
    target = y
    for _ in range(ROUNDS):
        line = rising(x, target, weights)
        value = x @ line
        beyond = ((y >= ENDS[1]) & (value > y)) | ((y <= ENDS[0]) & (value < y))
        target = np.where(beyond, value, y)
    return line


def rising(x: stats.Array, y: stats.Array, weights: stats.Array) -> stats.Array:
    """Weighted ridge with no negative slope, by coordinate descent; the start is not held small."""
    scale = np.sqrt(weights)[:, None]
    gram = (x * scale).T @ (x * scale) + RIDGE * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    right = (x * scale).T @ (y * scale[:, 0])
    line = np.zeros(x.shape[1])
    for _ in range(400):
        for i in range(len(line)):
            line[i] = max(0.0, line[i] + (right[i] - gram[i] @ line) / max(gram[i, i], 1e-9))
    return line


def predict(lines: Lines, e: Example) -> dict[str, float]:
    return {
        key: 0.0 if key in e.refused else levels.tenths(min(float(np.clip(e.rows[key] @ lines[key], 0, 4)), e.cap))
        for key in KEYS
    }


def left_out(examples: Sequence[Example], group: Callable[[Example], str]) -> list[dict[str, float]]:
    """The marks of each answer by lines that were fitted without its group."""
    marks: dict[int, dict[str, float]] = {}
    for name in sorted({group(e) for e in examples}):
        lines = fit([e for e in examples if group(e) != name])
        marks |= {i: predict(lines, e) for i, e in enumerate(examples) if group(e) == name}
    return [marks[i] for i in range(len(examples))]


def report(title: str, examples: Sequence[Example], marks: Sequence[dict[str, float]]) -> None:
    print(f"\n{title}")
    for kind in ("real", "note", "simulated"):
        chosen = [i for i, e in enumerate(examples) if _group(e) == kind]
        if not chosen:
            continue
        people = np.array([examples[i].answer.overall for i in chosen])
        engine = np.array([marked.overall(marks[i]) for i in chosen])
        words = [np.log(max(1, len(examples[i].answer.text.split()))) for i in chosen]
        steps = " ".join(f"{_step_kappa(examples, marks, chosen, key):.2f}" for key in KEYS)
        print(
            f"  {kind:10} n={len(chosen):<3} overall kappa {stats.kappa(engine, people, step=5, top=100):.3f} "
            f"r {stats.pearson(engine, people):.3f} rho {stats.spearman(engine, people):.3f} "
            f"error {stats.error(engine, people):.1f} given length {stats.partial(engine, people, words):.2f} "
            f"steps {steps}"
        )


def _group(e: Example) -> str:
    return e.answer.kind if e.answer.kind in ("real", "note") else "simulated"


def _step_kappa(examples: Sequence[Example], marks: Sequence[dict[str, float]], chosen: list[int], key: str) -> float:
    engine = [marks[i][key] for i in chosen]
    return stats.kappa(engine, [examples[i].answer.marks[key] for i in chosen], step=0.5, top=4)


def step_widths(examples: Sequence[Example], marks: Sequence[dict[str, float]]) -> dict[str, float]:
    """Half the widths that hold nine of ten people's marks of a step."""
    pairs = list(zip(examples, marks, strict=True))
    return {k: round(float(np.quantile([abs(m[k] - e.answer.marks[k]) for e, m in pairs], HELD)), 2) for k in KEYS}


def overall_width(examples: Sequence[Example], marks: Sequence[dict[str, float]]) -> tuple[calibration.Width, str]:
    """The narrowest width, on average, that holds HELD of the overalls that people gave; and what it reaches.

    Nearly as many must be held of answers with steps and of those without, each by themselves.
    """
    engine = np.array([marked.overall(m) for m in marks])
    error = np.abs(engine - np.array([e.answer.overall for e in examples]))
    doubted = np.array([e.cap < calibration.TOP for e in examples])
    apart = np.array([e.apart for e in examples])
    best: tuple[float, calibration.Width, str] | None = None
    for least, middle, doubt, more in product(range(4, 22), range(0, 13, 2), range(3, 13, 3), range(0, 9, 2)):
        width = calibration.Width(float(least), float(middle), float(doubt), float(more))
        rows = zip(engine, doubted, apart, strict=True)
        half = np.array([width.half(v, doubted=bool(d), apart=bool(a)) for v, d, a in rows])
        held = error <= half
        groups = [float(held[group].mean()) for group in (apart, ~apart) if group.any()]
        mean = float((np.minimum(100, engine + half) - np.maximum(0, engine - half)).mean())
        if held.mean() >= HELD and min(groups) >= HELD - NEARLY and (best is None or mean < best[0]):
            told = f"{width}, mean width {mean:.1f}, holds {held.mean():.0%} ({', '.join(f'{g:.0%}' for g in groups)})"
            best = mean, width, told
    if best is None:
        raise SystemExit("no width holds nine of ten")
    return best[1], best[2]


def criterion_lines(examples: Sequence[Example]) -> Lines:
    """The same from the step's own share alone: what a criterion by itself is worth."""
    bare = [
        Example(
            e.answer, {k: np.array([*e.rows[k][: 3 + len(calibration.KNOTS)], 0.0]) for k in KEYS}, e.refused, e.cap
        )
        for e in examples
    ]
    return fit(bare)


def as_record(line: stats.Array) -> dict[str, object]:
    knots = len(calibration.KNOTS)
    values = [round(float(v), 3) for v in line]
    return {
        "start": -values[0],
        "own": values[1],
        "early": values[2 : 2 + knots],
        "apart": values[2 + knots],
        "whole": values[3 + knots],
        "craft": values[4 + knots :],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", metavar="VERSION", help="fit on everything and freeze it under this version")
    parser.add_argument("--words", action="store_true", help="without the encoder; prints, never writes")
    arguments = parser.parse_args()
    encoder = None if arguments.words else marked.load_encoder()
    answers = [a for path in arguments.folders for a in marked.read(path)]
    questions = marked.questions({a.question for a in answers})
    examples = [example(questions[a.question], a, encoder) for a in answers]
    by_question = left_out(examples, lambda e: e.answer.question)
    by_author = left_out(examples, lambda e: e.answer.author)
    report("each question left out in turn", examples, by_question)
    report("each author left out in turn", examples, by_author)
    # A range says where people's marks lie. Notes, on which the engine does better, would make it too narrow.
    people = [i for i, e in enumerate(examples) if _group(e) != "note"] or list(range(len(examples)))
    marked_by_people, guessed = [examples[i] for i in people], [by_question[i] for i in people]
    width, told = overall_width(marked_by_people, guessed)
    widths = step_widths(marked_by_people, guessed)
    print(f"\nnine of ten within: steps {widths}, overall {told}")
    if arguments.write and encoder:
        record = {
            "version": arguments.write,
            "fitted_on": {"answers": len(examples), "questions": len(questions)},
            "steps": {k: as_record(v) for k, v in fit(examples).items()},
            "criteria": {k: as_record(v) for k, v in criterion_lines(examples).items()},
            "step_widths": widths,
            "overall_width": asdict(width),
        }
        calibration.PATH.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        print(f"wrote {calibration.PATH.name}, version {arguments.write}")


if __name__ == "__main__":
    main()
