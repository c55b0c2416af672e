"""The problems that interviews ask, by their meaning, to tell which of them an answer is about.

`scoring/model/problems.npz` holds one row for each question of the catalog, the mean of its statements' vectors, and
one for each problem of `problems.yaml`, of sentences that are typical of answers to it. All design problems have most
of their vocabulary in common, so what the questions of the catalog share, their mean, is taken away before anything
is compared. Measured on 232 answers to ten questions and 405 good answers held against a question they are not about:
the lead of the own question over the nearest other one of the catalog is at least 0.00 for the first and at most -0.10
for the second. The lead over the other problems is above -0.15 but for answers about folders that are synchronised
or video calls, in place of what was asked.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

Matrix = NDArray[np.floating[Any]]

_OTHERS: Final = Path(__file__).parent / "problems.yaml"
PATH: Final = Path(__file__).parent.parent / "model" / "problems.npz"
# A problem that is nearer than this is the same one under another name.
THE_SAME: Final = 0.7


@dataclass(frozen=True, slots=True)
class Leads:
    """How much nearer an answer is to its question than to any other, -2 to 2."""

    of_the_catalog: float
    of_others: float


@dataclass(frozen=True, slots=True)
class Problems:
    """`rows`: one for each name, of length 1 after `shared` is taken away; `asked`: which are of the catalog."""

    names: tuple[str, ...]
    asked: NDArray[np.bool_]
    shared: Matrix
    rows: Matrix

    def leads(self, answer: Matrix, question: Matrix) -> Leads:
        """Both are means of sentence vectors."""
        own, said = self._own(question), self._own(answer)
        others = np.where(self.rows @ own < THE_SAME, self.rows @ said, -1.0)
        at_home = float(said @ own)
        of_the_catalog, of_others = others[self.asked], others[~self.asked]
        return Leads(at_home - float(of_the_catalog.max(initial=-1.0)), at_home - float(of_others.max(initial=-1.0)))

    def _own(self, mean: Matrix) -> Matrix:
        found = mean - self.shared
        length = float(np.linalg.norm(found))
        return found / length if length else found


def described() -> dict[str, tuple[str, ...]]:
    """The problems of `problems.yaml`: name → sentences."""
    entries = yaml.safe_load(_OTHERS.read_text(encoding="utf-8"))
    return {entry["name"]: tuple(entry["statements"]) for entry in entries}


@lru_cache(maxsize=4)
def known(fingerprint: str) -> Problems | None:
    """What was worked out with this encoder; None when the file is of another one or is not there."""
    if not PATH.is_file():
        return None
    with np.load(PATH) as file:
        if str(file["encoder"]) != fingerprint:
            return None
        names, asked, means = tuple(map(str, file["names"])), file["asked"], file["means"].astype(np.float32)
    shared = means[asked].mean(axis=0)
    rows = means - shared
    return Problems(names, asked, shared, rows / np.linalg.norm(rows, axis=1, keepdims=True))
