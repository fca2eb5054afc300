"""Scoring rows for the clues of a need, and taking the best."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from matching import accumulating
from matching.accumulating import Asked
from matching.columns import Floats
from matching.index import Index
from matching.needs import Clue
from matching.segments import Segment

BREADTH = 4
"""How many of a need's weightiest clues count for the floor: a long need says much by the way."""

_is_filler = attrgetter("is_filler")


class Question(NamedTuple):
    """The clues of a need with their weights in one index.

    Parameters
    ----------
    clues
        Those that tell what is needed first, then the filler.
    weights
        What each clue counts in the score.
    scale
        What a score is divided by, so that meeting everything gives about 1.
    ground
        The rarity of the weightiest clues; 0 when the need is nothing but filler.
    """

    clues: tuple[Clue, ...]
    weights: tuple[float, ...]
    scale: float
    ground: float

    def least(self, floor: float) -> float:
        """Give the score that meeting a share of the weightiest clues comes to."""
        return floor * self.ground / self.scale if self.ground else float("inf")


class Weighing(Protocol):
    """What weighing clues asks of a vocabulary."""

    @property
    def title(self) -> float:
        """What covering a whole title adds to a score."""
        ...

    def mass(self, clue: Clue) -> float:
        """Give how rare what a clue stands for is."""
        ...


def ask(clues: Sequence[Clue], vocabulary: Weighing, filler_weight: float) -> Question:
    """Weigh the clues of a need by how rare they are."""
    ordered = sorted(clues, key=_is_filler)
    weights, telling, whole = [], [], 0.0
    for clue in ordered:
        mass, weight = vocabulary.mass(clue), clue.emphasis
        if clue.is_telling:
            telling.append(mass)
        else:
            weight *= filler_weight
        weights.append(weight)
        whole += weight * mass
    telling.sort(reverse=True)
    scale = whole + vocabulary.title * max(weights, default=1.0)
    return Question(tuple(ordered), tuple(weights), scale, sum(telling[:BREADTH]))


def score(question: Question, index: Index, least: float) -> Floats:
    """Score every row; the cost is that of the postings of the question's terms.

    Parameters
    ----------
    least
        The score from which a row is a match; filler adds nothing to one that has less.
    """
    parts = [
        accumulating.scores(each.terms, _asked(question, each, least), len(each))
        for each in index.segments
    ]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def head(
    question: Question, index: Index, least: float, limit: int, allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], Floats]:
    """Give the allowed matches with the highest scores, best first, and the scores.

    Ties go by key.
    """
    if index.delta is None:
        asked = _asked(question, index.base, least)
        return accumulating.head(index.base.terms, asked, limit, allowed)
    found, offset = [], 0
    for each in index.segments:
        here = allowed[offset : offset + len(each)]
        asked = _asked(question, each, least)
        rows, scores = accumulating.head(each.terms, asked, limit, here)
        found.append((rows + offset, scores))
        offset += len(each)
    rows = np.concatenate([rows for rows, _ in found])
    scores = np.concatenate([scores for _, scores in found])
    order = np.lexsort((rows, index.places[rows], -scores))[:limit]
    return rows[order], scores[order]


def best(
    scores: NDArray[np.floating[Any]],
    rows: NDArray[np.int64],
    limit: int,
    places: NDArray[np.int64],
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


def _asked(question: Question, segment: Segment, least: float) -> Asked:
    """Look a question's terms up in a segment, in the order of its clues."""
    numbers: list[int] = []
    worth: list[float] = []
    telling, scale = 0, question.scale
    find = segment.terms.terms.find
    for clue, weight in zip(question.clues, question.weights, strict=True):
        for term, part in clue.terms:
            number = find(term)
            if number is not None:
                numbers.append(number)
                worth.append(weight * part / scale)
        telling = telling if clue.is_filler else len(numbers)
    return Asked.of(segment.terms, numbers, worth, telling, least)
