"""Agreement between two lists of marks. Arrays are one value per answer."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def kappa(a: ArrayLike, b: ArrayLike, *, step: float, top: float) -> float:
    """Quadratic weighted kappa on a scale from 0 to `top` in steps of `step` (J. Cohen, 1968)."""
    x, y = (np.floor(np.asarray(v, dtype=float) / step + 0.5) for v in (a, b))
    x, y = (np.clip(v, 0, round(top / step)).astype(int) for v in (x, y))
    size = round(top / step) + 1
    seen = np.zeros((size, size))
    np.add.at(seen, (x, y), 1)
    weights = np.subtract.outer(np.arange(size), np.arange(size)) ** 2
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / len(x)
    expected = float((weights * chance).sum())
    return 1 - float((weights * seen).sum()) / expected if expected else float("nan")


def pearson(a: ArrayLike, b: ArrayLike) -> float:
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return float(np.corrcoef(x, y)[0, 1]) if len(x) > 2 and x.std() and y.std() else float("nan")


def spearman(a: ArrayLike, b: ArrayLike) -> float:
    return pearson(ranks(a), ranks(b))


def ranks(values: ArrayLike) -> Array:
    """Places from 1, ties share the mean of theirs."""
    array = np.asarray(values, dtype=float)
    return np.array([(array < v).sum() + ((array == v).sum() + 1) / 2 for v in array])


def error(a: ArrayLike, b: ArrayLike) -> float:
    return float(np.abs(np.asarray(a) - np.asarray(b)).mean())


def partial(a: ArrayLike, b: ArrayLike, given: ArrayLike) -> float:
    """The correlation that is left when what a third quantity explains is taken out of both."""
    ab, ac, bc = pearson(a, b), pearson(a, given), pearson(b, given)
    return (ab - ac * bc) / float(np.sqrt((1 - ac**2) * (1 - bc**2)))


def interval(
    measure: Callable[[Array, Array], float], a: ArrayLike, b: ArrayLike, groups: Sequence[str], *, rounds: int = 1000
) -> tuple[float, float]:
    """The 95 % interval by bootstrap over groups: an author's answers are drawn together."""
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    names = sorted(set(groups))
    places = {name: [i for i, g in enumerate(groups) if g == name] for name in names}
    random = np.random.default_rng(45)
    values = []
    for _ in range(rounds):
        chosen = [i for name in random.choice(names, len(names)) for i in places[str(name)]]
        values.append(measure(x[chosen], y[chosen]))
    low, high = np.nanquantile(values, [0.025, 0.975])
    return float(low), float(high)
