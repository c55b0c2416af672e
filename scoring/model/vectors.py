"""Write what shared texts mean: `python scoring/model/vectors.py` after changing them, the questions or the model.

`impossible.npz`: the wrong claims of `scoring/engine/impossible.yaml`. Without a file that fits the texts and the
model, every worker works them out when it scores for the first time. `problems.npz`: the questions of the catalog and
the problems of `scoring/engine/problems.yaml`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import numpy as np

from catalog import folder
from scoring.engine import bank, problems
from scoring.engine.encoder import Encoder
from scoring.engine.prepare import Prepared

QUESTIONS = Path(__file__).resolve().parent.parent.parent / "fixtures" / "questions"


def main() -> None:
    encoder = Encoder()
    write_impossible(encoder)
    write_problems(encoder)


def write_impossible(encoder: Encoder) -> None:
    claims, corrections = bank.shared_texts()
    made = bank.make(encoder, claims, corrections)
    np.savez(
        bank.VECTORS,
        digest=np.array(bank.digest(encoder, claims, corrections)),
        claims=made[0].astype(np.float16),
        corrections=made[1].astype(np.float16),
    )
    print(f"{bank.VECTORS.name}: {len(claims)} claims, {len(corrections)} corrections")


def write_problems(encoder: Encoder) -> None:
    asked = problems_of(QUESTIONS, encoder)
    others = {name: mean(texts, encoder) for name, texts in problems.described().items() if name not in asked}
    np.savez(
        problems.PATH,
        encoder=np.array(encoder.fingerprint),
        names=np.array([*asked, *others]),
        asked=np.array([True] * len(asked) + [False] * len(others)),
        means=np.stack([*asked.values(), *others.values()]).astype(np.float16),
    )
    print(f"{problems.PATH.name}: {len(asked)} questions, {len(others)} other problems")


def mean(texts: Sequence[str], encoder: Encoder) -> problems.Matrix:
    found: problems.Matrix = encoder.encode(texts, keep=False).mean(axis=0)
    return found


def problems_of(path: Path, encoder: Encoder) -> dict[str, problems.Matrix]:
    """Slug → the mean of the vectors of its statements, for every question of a folder."""
    questions = {place.name: folder.read(place).question for place in folder.question_folders(path)}
    return {slug: Prepared(question).centre(encoder) for slug, question in sorted(questions.items()) if question}


if __name__ == "__main__":
    main()
