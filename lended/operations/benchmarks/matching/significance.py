"""Whether a difference between two systems is more than chance.

References
----------
M. Smucker, J. Allan, B. Carterette, A comparison of statistical significance tests for information
retrieval evaluation, CIKM 2007: randomisation over queries.
S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics
6, 1979.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Name = TypeVar("Name")

ROUNDS = 10_000
ROUNDS_AT_ONCE = 500
SEED = 1979


def chance_of(differences: Floats, rounds: int = ROUNDS) -> float:
    """Give the chance of a sum of paired differences as far from 0, were their signs random.

    Parameters
    ----------
    differences
        For each query one system's score less the other's, weighted where queries weigh
        differently; shape (queries,).
    """
    random = np.random.default_rng(SEED)
    found = abs(differences.sum()) - 1e-12
    further = 0
    for begin in range(0, rounds, ROUNDS_AT_ONCE):
        shape = (min(ROUNDS_AT_ONCE, rounds - begin), len(differences))
        signs = random.integers(0, 2, shape, dtype=np.int8) * 2 - 1
        further += int(np.count_nonzero(np.abs(signs @ differences) >= found))
    return (further + 1) / (rounds + 1)


def corrected(chances: Mapping[Name, float]) -> dict[Name, float]:
    """Correct the chances of several comparisons for there being several, by Holm's method."""
    worst = 0.0
    found: dict[Name, float] = {}
    for place, (name, chance) in enumerate(sorted(chances.items(), key=lambda item: item[1])):
        worst = max(worst, min(1.0, chance * (len(chances) - place)))
        found[name] = worst
    return found
