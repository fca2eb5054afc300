"""A need, read and scored once, and asked for its best, its nearest and its scores."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.choosing import Allowed, Mask, allow, choose, factors
from matching.documents import Match
from matching.index import Index
from matching.scoring import Question, score


@dataclass(frozen=True, eq=False, slots=True)
class Search:
    """What a matcher makes of one need.

    Parameters
    ----------
    row_scores
        The score of each row of the index.
    above_floor
        Which rows meet enough of the need to be a match.
    prior_bound
        How far outside evidence can move a score.
    """

    index: Index
    question: Question
    row_scores: NDArray[np.float64]
    above_floor: Mask
    prior_bound: float

    @property
    def scores(self) -> NDArray[np.float64]:
        """Every document's score in the order of the matcher's keys; 0 below the floor."""
        return np.where(self.above_floor, self.row_scores, 0.0)[self.index.rows]

    def rank(
        self,
        limit: int = 10,
        allowed: Allowed = None,
        prior: Mapping[str, float] | None = None,
        start: int = 0,
    ) -> tuple[Match, ...]:
        """Give the best matches above the floor, best first.

        Parameters
        ----------
        limit, allowed, prior
            As `Matcher.rank` takes them.
        start
            How many of the best to pass over: only what is given is explained, and explaining is
            what costs.

        Raises
        ------
        TypeError, ValueError
            As `Matcher.rank` does.
        """
        chosen = self.above_floor & allow(allowed, self.index)
        multiplied = factors(prior, self.prior_bound, self.index)
        return choose(
            self.question,
            self.index,
            chosen,
            limit,
            scores=self.row_scores,
            multiplied=multiplied,
            start=start,
        )

    def nearest(self, limit: int = 3, allowed: Allowed = None) -> tuple[Match, ...]:
        """Give the best of those that meet some words of the need but stay below the floor."""
        return choose(
            self.question,
            self.index,
            ~self.above_floor & allow(allowed, self.index),
            limit,
            scores=self.row_scores,
            multiplied=np.ones(len(self.index)),
        )


def search(question: Question, index: Index, floor: float, prior_bound: float) -> Search:
    """Score every row of an index for a question."""
    found = score(question, index)
    above = (found.coverage >= floor) & (found.score > 0) & bool(question.ground)
    return Search(index, question, found.score, above, prior_bound)
