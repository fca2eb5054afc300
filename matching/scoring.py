"""Scoring rows for the clues of a need, and taking the best."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.index import Index
from matching.needs import Clue

BREADTH = 4
"""How many of a need's weightiest clues count for the floor: a long need says much by the way."""


@dataclass(frozen=True, slots=True)
class Question:
    """The clues of a need with their weights in one index.

    Parameters
    ----------
    weights
        What each clue counts in the score.
    scale
        What a score is divided by, so that meeting everything gives about 1.
    ground
        The rarity a match must cover a share of; 0 when the need is nothing but filler.
    """

    clues: tuple[Clue, ...]
    weights: tuple[float, ...]
    scale: float
    ground: float


@dataclass(frozen=True, slots=True)
class Scores:
    """For each row of an index, its score, and the share of the need's weighty words it meets."""

    score: NDArray[np.float64]
    coverage: NDArray[np.float64]


def ask(clues: Sequence[Clue], index: Index, filler_weight: float) -> Question:
    """Weigh the clues of a need by how rare they are in an index."""
    weights = [clue.emphasis * (filler_weight if clue.is_filler else 1.0) for clue in clues]
    masses = [_mass(clue, index) for clue in clues]
    whole = sum(weight * mass for weight, mass in zip(weights, masses, strict=True))
    telling = [mass for clue, mass in zip(clues, masses, strict=True) if not clue.is_filler]
    title = index.weights.title_cover * index.statistics.unseen
    return Question(
        clues=tuple(clues),
        weights=tuple(weights),
        scale=whole + title * max(weights, default=1.0),
        ground=sum(sorted(telling, reverse=True)[:BREADTH]),
    )


def score(question: Question, index: Index) -> Scores:
    """Score every row; the cost is that of the postings of the question's terms."""
    scores, covered = np.zeros(len(index)), np.zeros(len(index))
    for clue, weight in zip(question.clues, question.weights, strict=True):
        for term, part in clue.terms:
            for offset, column in index.columns(term):
                rows = column.rows + offset
                scores[rows] += weight * part / question.scale * column.impacts.astype(np.float64)
                if not clue.is_filler:
                    covered[rows] += part * column.rarity
    return Scores(scores, covered / question.ground if question.ground else covered)


def best(
    scores: NDArray[np.float64], rows: NDArray[np.int64], limit: int, places: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give the rows with the highest scores, best first; ties go by key.

    Parameters
    ----------
    rows
        The rows to choose from, ascending.
    places
        A number per row that sorts as the keys sort.
    """
    if 0 < limit < len(rows):
        least = np.partition(scores[rows], len(rows) - limit)[len(rows) - limit]
        rows = rows[scores[rows] >= least]
    order = np.lexsort((rows, places[rows], -scores[rows]))
    return rows[order[:limit]]


def _mass(clue: Clue, index: Index) -> float:
    return sum(part * index.rarity(term) for term, part in clue.terms)
