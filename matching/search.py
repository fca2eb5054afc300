"""A need, read once and asked for its best, its nearest and its scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from matching.choosing import Allowed, Mask, allow, factors
from matching.columns import Floats
from matching.documents import Match
from matching.explanation import Explainer
from matching.index import Index
from matching.scoring import Question, best, head, score


@dataclass(frozen=True, eq=False)
class Search:
    """What a matcher makes of one need.

    Parameters
    ----------
    least
        The score from which a row is a match.
    prior_bound
        How far outside evidence can move a score.
    """

    index: Index
    question: Question
    least: float
    prior_bound: float

    @cached_property
    def row_scores(self) -> Floats:
        """The score of each row of the index."""
        return score(self.question, self.index, self.least)

    @cached_property
    def above_floor(self) -> Mask:
        """Which rows meet enough of the need to be a match."""
        return (self.row_scores >= np.float32(self.least)) & (self.row_scores > 0)

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
            How many of the best to pass over.

        Raises
        ------
        TypeError, ValueError
            As `Matcher.rank` does.
        """
        if limit < 0 or start < 0:
            raise ValueError(f"The limit must not be negative, but is {min(limit, start)}.")
        chosen = allow(allowed, self.index)
        if prior:
            multiplied = factors(prior, self.prior_bound, self.index)
            final = self.row_scores * multiplied
            rows = np.flatnonzero(chosen & self.above_floor & (final > 0))
            rows = best(final, rows, start + limit, self.index.places)[start:]
            return self._matches(rows, final[rows], multiplied[rows])
        rows, scores = head(self.question, self.index, self.least, start + limit, chosen)
        return self._matches(rows[start:], scores[start:], np.ones(max(len(rows) - start, 0)))

    def nearest(self, limit: int = 3, allowed: Allowed = None) -> tuple[Match, ...]:
        """Give the best of those that meet some words of the need but stay below the floor."""
        scores = score(self.question, self.index, least=0.0)
        rows = np.flatnonzero(allow(allowed, self.index) & ~self.above_floor & (scores > 0))
        rows = best(scores, rows, limit, self.index.places)
        return self._matches(rows, scores[rows], np.ones(len(rows)))

    def _matches(
        self,
        rows: NDArray[np.int64],
        scores: NDArray[np.floating],
        multiplied: NDArray[np.float64],
    ) -> tuple[Match, ...]:
        explainer = Explainer(self.question, self.index, rows, multiplied)
        return tuple(
            Match(self.index.key(row), value, partial(explainer.because, place))
            for place, (row, value) in enumerate(zip(rows.tolist(), scores.tolist(), strict=True))
        )
