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

WHAT_YOU_DESCRIBE = "what you describe"
"""Stands for the teacher's words where it is their meaning that was met, and no one word."""

RELATED = "related in meaning"


class Telling(Protocol):
    """What explaining asks of an index."""

    def show(self, term: str) -> str:
        """Give the word people know a term by."""
        ...

    def impacts_at(self, term: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give what a term adds to some rows; 0 where a row does not hold it."""
        ...


def explain(
    question: Question,
    index: Telling,
    rows: NDArray[np.int64],
    worded: NDArray[np.floating],
    meant: NDArray[np.floating],
) -> list[tuple[Reason, ...]]:
    """Give the reasons of each row, largest share first; they add up to its score.

    Parameters
    ----------
    rows
        The rows to explain; few.
    worded, meant
        What words and what meaning gave to the score of each of these rows.
    """
    telling: list[list[Reason]] = [[] for _ in rows]
    filler: list[list[Reason]] = [[] for _ in rows]
    for clue, weight in zip(question.clues, question.weights, strict=True):
        shares = weight / question.scale * _impacts(clue, index, rows)
        names = {term: index.show(term) for term, _ in clue.terms}
        for place in np.flatnonzero(shares.any(axis=0)).tolist():
            owed = shares[:, place]
            met = [term for term, share in zip(names, owed, strict=True) if share > 0]
            reason = Reason(clue.words, _shown(met, names), float(owed.sum()))
            (telling if clue.is_telling else filler)[place].append(reason)
    return [
        _sorted([*_adding_up(said or around, by_words), *_meaning(by_meaning)])
        for said, around, by_words, by_meaning in zip(
            telling, filler, worded.tolist(), meant.tolist(), strict=True
        )
    ]


class Explainer:
    """Explains the rows of one ranking together, when the first is asked about: most never are."""

    def __init__(
        self,
        question: Question,
        index: Telling,
        rows: NDArray[np.int64],
        worded: NDArray[np.floating],
        meant: NDArray[np.floating],
    ) -> None:
        self._asked = (question, index, rows, worded, meant)
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


def _adding_up(said: Sequence[Reason], whole: float) -> list[Reason]:
    """Share what words gave, outside evidence included, in proportion.

    So telling words have what the filler around them gave. Filler alone is not heard, and then
    nothing is to be shared.
    """
    part = sum(reason.share for reason in said)
    if whole <= 0:
        return []
    return [replace(reason, share=reason.share * whole / part) for reason in said]


def _meaning(share: float) -> list[Reason]:
    return [Reason(WHAT_YOU_DESCRIBE, RELATED, share)] if share > 0 else []


def _sorted(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: -reason.share))
