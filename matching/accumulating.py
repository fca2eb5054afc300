"""Adding up what terms give to documents: the one place where time is spent.

With numba installed the loops are compiled; without it NumPy does the same sums in the same order,
so that both give the same numbers to the last bit.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from matching import compiled
from matching.columns import Floats, TermColumns
from matching.counting import BLOCK

_TINIEST = np.finfo(np.float32).smallest_subnormal
"""A match has at least this, even where nothing is asked of it."""


class Asked(NamedTuple):
    """The terms of a question in a segment.

    Parameters
    ----------
    terms
        Their numbers, shape (asked,), in the order in which they are added up.
    worth
        What one step of each term adds to a score, shape (asked,).
    telling
        How many of them, from the first, tell what is needed; what follows is filler and is only
        heard by rows that have reached ``least`` without it.
    least
        The score from which a row is a match.
    """

    terms: NDArray[np.int64]
    worth: Floats
    telling: int
    least: np.float32

    @classmethod
    def of(
        cls,
        columns: TermColumns,
        numbers: Sequence[int],
        worth: Sequence[float],
        telling: int,
        least: float,
    ) -> Self:
        """Work out what the steps of terms are worth.

        Parameters
        ----------
        worth
            What each term's impacts are multiplied by.
        """
        terms = np.array(numbers, dtype=np.int64)
        each = np.array(worth, dtype=np.float32) * columns.step[terms]
        return cls(terms, each, telling, np.float32(least))


def scores(columns: TermColumns, asked: Asked, height: int) -> Floats:
    """Add up the scores of all rows, shape (height,)."""
    if compiled.available:
        added: Floats = compiled.scores(*_plain(columns, asked), height)
        return added
    total = np.zeros(height, dtype=np.float32)
    for block in range(columns.blocks):
        here = total[block * BLOCK : (block + 1) * BLOCK]
        for place, (term, worth) in enumerate(zip(asked.terms.tolist(), asked.worth, strict=True)):
            rows, impacts = columns.in_block(term, block)
            if place < asked.telling:
                np.add.at(here, rows, worth * impacts)
            else:
                heard = here[rows] >= asked.least
                np.add.at(here, rows[heard], worth * impacts[heard])
    return total


def head(
    columns: TermColumns, asked: Asked, limit: int, allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], Floats]:
    """Give the matches with the highest scores, best first, lower rows first among equals.

    Parameters
    ----------
    allowed
        Which rows may be given, shape (height,).
    """
    if compiled.available:
        found: tuple[NDArray[np.int64], Floats]
        found = compiled.head(*_plain(columns, asked), min(limit, len(allowed)), allowed)
        return found
    total = scores(columns, asked, len(allowed))
    rows = ((total >= max(asked.least, _TINIEST)) & allowed).nonzero()[0]
    reached = total[rows]
    if 0 < limit < len(rows):
        among_best = reached >= np.partition(reached, len(rows) - limit)[len(rows) - limit]
        rows, reached = rows[among_best], reached[among_best]
    order = (-reached).argsort(kind="stable")[:limit]
    return rows[order], reached[order]


def _plain(columns: TermColumns, asked: Asked) -> tuple[Any, ...]:
    """Give the arrays and numbers that compiled code takes."""
    return (
        columns.starts, columns.rows, columns.impacts, columns.blocks,
        asked.terms, asked.worth, asked.telling, asked.least,
    )  # fmt: skip
