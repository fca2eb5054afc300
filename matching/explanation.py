"""Saying why: each clue's share of a score, in the teacher's own words."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.analysis import FULL_NAMES
from matching.documents import Reason
from matching.index import Index
from matching.scoring import Question


def explain(
    question: Question, index: Index, rows: NDArray[np.int64], multiplied: NDArray[np.float64]
) -> list[tuple[Reason, ...]]:
    """Give the reasons of each row, largest share first; they add up to its score.

    Parameters
    ----------
    rows
        The rows to explain; few.
    multiplied
        What the score of each of these rows was multiplied by.
    """
    telling: list[list[Reason]] = [[] for _ in rows]
    filler: list[list[Reason]] = [[] for _ in rows]
    for clue, weight in zip(question.clues, question.weights, strict=True):
        shares = {
            term: weight * part / question.scale * multiplied * _impacts(index, term, rows)
            for term, part in clue.terms
        }
        for place, owed in enumerate(sum(shares.values(), np.zeros(len(rows))).tolist()):
            if owed > 0:
                met = [term for term in shares if shares[term][place] > 0]
                reason = Reason(clue.words, _show(met, index), owed)
                (filler if clue.is_filler else telling)[place].append(reason)
    return [_gathered(*both) for both in zip(telling, filler, strict=True)]


def _gathered(telling: list[Reason], filler: list[Reason]) -> tuple[Reason, ...]:
    """Add what filler gave to the telling words it stood around, in proportion."""
    said = telling or filler
    whole = sum(reason.share for reason in telling + filler)
    part = sum(reason.share for reason in said)
    grown = [replace(reason, share=reason.share * whole / part) for reason in said]
    return tuple(sorted(grown, key=lambda reason: -reason.share))


def _impacts(index: Index, term: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    impacts = np.zeros(len(rows))
    for offset, column in index.columns(term):
        impacts += column.impacts_at(rows - offset)
    return impacts


def _show(met: list[str], index: Index) -> str:
    names = [term for term in met if term in FULL_NAMES]
    return " ".join(index.show(term) for term in names or met)
