"""Saying why: each clue's share of a score, in the teacher's own words."""

import numpy as np
from numpy.typing import NDArray

from matching.analysis import FULL_NAMES
from matching.documents import Reason
from matching.index import Index
from matching.needs import Clue
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
    reasons: list[list[Reason]] = [[] for _ in rows]
    for clue, weight in zip(question.clues, question.weights, strict=True):
        shares = {
            term: weight * part / question.scale * multiplied * _impacts(index, term, rows)
            for term, part in clue.terms
        }
        for place, owed in enumerate(sum(shares.values(), np.zeros(len(rows))).tolist()):
            if owed > 0:
                met = [term for term in shares if shares[term][place] > 0]
                reasons[place].append(Reason(clue.words, _show(clue, met, index), owed))
    return [tuple(sorted(each, key=lambda reason: -reason.share)) for each in reasons]


def _impacts(index: Index, term: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    impacts = np.zeros(len(rows))
    for offset, column in index.columns(term):
        impacts += column.impacts_at(rows - offset)
    return impacts


def _show(clue: Clue, met: list[str], index: Index) -> str:
    names = [term for term in met if term in FULL_NAMES]
    return " ".join(index.show(term) for term in names or met)
