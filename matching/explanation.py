"""Saying why: each clue's share of a score, in the teacher's own words."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.analysis import FULL_NAMES
from matching.documents import Reason
from matching.scoring import Question

WHAT_YOU_DESCRIBE = "what you describe"
"""Stands for the teacher's words where it is their meaning that was met, and no one word."""

RELATED = "related in meaning"

Floats = NDArray[np.floating]


class Telling(Protocol):
    """What explaining asks of an index."""

    def show(self, term: str) -> str:
        """Give the word people know a term by."""
        ...

    def impacts_at(self, term: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give what a term adds to some rows; 0 where a row does not hold it."""
        ...


def explain(
    question: Question, index: Telling, rows: NDArray[np.int64], made_of: "MadeOf"
) -> list[tuple[Reason, ...]]:
    """Give the reasons of each row, largest share first; they add up to its score.

    Parameters
    ----------
    rows
        The rows to explain; few.
    """
    worded, meant = made_of.by_words, made_of.by_meaning
    shown = cache(partial(_shown, index))
    told: list[_Told] = [_Told([], []) for _ in rows]
    for clue, weight in zip(question.clues, question.weights, strict=True):
        met: list[list[tuple[str, float]]] = [[] for _ in rows]
        for term, part in clue.terms:
            shares = weight * part / question.scale * index.impacts_at(term, rows)
            for place in np.flatnonzero(shares).tolist():
                met[place].append((term, shares.item(place)))
        for each, terms in zip(told, met, strict=True):
            if terms:
                (each.telling if clue.is_telling else each.filler).append((clue.words, terms))
    return [
        _reasons(each, by_words, by_meaning, shown)
        for each, by_words, by_meaning in zip(told, worded.tolist(), meant.tolist(), strict=True)
    ]


class _Told(NamedTuple):
    """What a document met of a need: words of it, each with the terms they met and what those gave.

    Telling words and filler apart.
    """

    telling: list[tuple[str, list[tuple[str, float]]]]
    filler: list[tuple[str, list[tuple[str, float]]]]


def _reasons(
    told: _Told, worded: float, meant: float, shown: Callable[[tuple[str, ...]], str]
) -> tuple[Reason, ...]:
    """Share what words gave, outside evidence included, in proportion, and add what meaning gave.

    So telling words have what the filler around them gave; where filler alone was heard, it has it.
    """
    said = [
        (words, terms, sum(share for _term, share in terms))
        for words, terms in (told.telling or told.filler if worded > 0 else [])
    ]
    part = sum(share for _words, _terms, share in said)
    reasons = [
        Reason(words, shown(tuple(term for term, _share in terms)), share * worded / part)
        for words, terms, share in said
    ]
    if meant > 0:
        reasons.append(Reason(WHAT_YOU_DESCRIBE, RELATED, meant))
    return tuple(sorted(reasons, key=lambda reason: -reason.share))


def _shown(index: Telling, met: tuple[str, ...]) -> str:
    """Give the name in full where one was met, or the words that were."""
    in_full = [term for term in met if term in FULL_NAMES]
    return " ".join(index.show(term) for term in in_full or met)


class MadeOf(NamedTuple):
    """What the scores of some rows are made of.

    Parameters
    ----------
    words
        What words gave, shape (rows,).
    meaning
        What meaning gave; None for nothing.
    multiplied
        What both are multiplied by; None when they are not.
    """

    words: Floats
    meaning: Floats | None = None
    multiplied: Floats | None = None

    @property
    def scores(self) -> Floats:
        """The scores, shape (rows,)."""
        added = self.words if self.meaning is None else self.words + self.meaning
        return self._times(added)

    @property
    def by_words(self) -> Floats:
        """What words come to in the scores, shape (rows,)."""
        return self._times(self.words)

    @property
    def by_meaning(self) -> Floats:
        """What meaning comes to in the scores, shape (rows,)."""
        return np.zeros(len(self.words)) if self.meaning is None else self._times(self.meaning)

    def _times(self, given: Floats) -> Floats:
        return given if self.multiplied is None else given * self.multiplied


class Explainer:
    """Explains the rows of one ranking together, when the first is asked about: most never are."""

    def __init__(
        self, question: Question, index: Telling, rows: NDArray[np.int64], made_of: MadeOf
    ) -> None:
        self._asked = (question, index, rows, made_of)
        self._told: Sequence[tuple[Reason, ...]] | None = None

    def because(self, place: int) -> tuple[Reason, ...]:
        """Give the reasons of the row at a place of the ranking."""
        if self._told is None:
            self._told = explain(*self._asked)
        return self._told[place]
