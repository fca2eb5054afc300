"""Saying why: each clue's share of a score, in the teacher's own words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.analysis import FULL_NAMES
from matching.documents import Reason
from matching.needs import Clue
from matching.scoring import Question


class Telling(Protocol):
    """What explaining asks of an index."""

    def show(self, term: str) -> str:
        """Give the word people know a term by."""
        ...

    def impacts_at(self, term: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give what a term adds to some rows; 0 where a row does not hold it."""
        ...


def explain(
    question: Question, index: Telling, rows: NDArray[np.int64], multiplied: NDArray[np.float64]
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
        shares = weight / question.scale * multiplied * _impacts(clue, index, rows)
        names = {term: index.show(term) for term, _ in clue.terms}
        for place in np.flatnonzero(shares.any(axis=0)).tolist():
            owed = shares[:, place]
            met = [term for term, share in zip(names, owed, strict=True) if share > 0]
            reason = Reason(clue.words, _shown(met, names), float(owed.sum()))
            (telling if clue.is_telling else filler)[place].append(reason)
    return [_gathered(*both) for both in zip(telling, filler, strict=True)]


class Explainer:
    """Explains the rows of one ranking together, when the first is asked about: most never are."""

    def __init__(
        self,
        question: Question,
        index: Telling,
        rows: NDArray[np.int64],
        multiplied: NDArray[np.float64],
    ) -> None:
        self._asked = (question, index, rows, multiplied)
        self._told: Sequence[tuple[Reason, ...]] | None = None

    def because(self, place: int) -> tuple[Reason, ...]:
        """Give the reasons of the row at a place of the ranking."""
        if self._told is None:
            self._told = explain(*self._asked)
        return self._told[place]


def _impacts(clue: Clue, index: Telling, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give what each term of a clue, down, adds to each row, across."""
    impacts = np.zeros((len(clue.terms), len(rows)))
    for place, (term, part) in enumerate(clue.terms):
        impacts[place] = part * index.impacts_at(term, rows)
    return impacts


def _shown(met: list[str], names: dict[str, str]) -> str:
    """Give the name in full where one was met, or the words that were."""
    in_full = [term for term in met if term in FULL_NAMES]
    return " ".join(names[term] for term in in_full or met)


def _gathered(telling: list[Reason], filler: list[Reason]) -> tuple[Reason, ...]:
    """Add what filler gave to the telling words it stood around, in proportion."""
    said = telling or filler
    whole = sum(reason.share for reason in telling + filler)
    part = sum(reason.share for reason in said)
    grown = [replace(reason, share=reason.share * whole / part) for reason in said]
    return tuple(sorted(grown, key=lambda reason: -reason.share))
