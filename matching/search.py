"""A need, read once and asked for its best, its nearest and its scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from matching.choosing import Allowed, Mask, allow, factors, require_count
from matching.columns import Floats
from matching.documents import Match
from matching.explanation import Explainer, MadeOf
from matching.index import Index
from matching.meaning.comparing import Nearness
from matching.scoring import Question, best, head, score
from matching.twins import AMONG


@dataclass(frozen=True, eq=False)
class Search:
    """What a matcher makes of one need.

    Parameters
    ----------
    least
        The score from which a row is a match.
    prior_bound
        How far outside evidence can move a score.
    nearness
        How near documents are in meaning; None when meanings are not compared.
    """

    index: Index
    question: Question
    least: float
    prior_bound: float
    nearness: Nearness | None = None

    @cached_property
    def row_scores(self) -> Floats:
        """The score of each row of the index."""
        return self._with_meaning(self._word_scores)

    @cached_property
    def above_floor(self) -> Mask:
        """Which rows meet enough of the need to be a match."""
        enough = (self._word_scores >= np.float32(self.least)) & (self._word_scores > 0)
        return enough | self.nearness.near if self.nearness else enough

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
        require_count(min(limit, start))
        chosen = allow(allowed, self.index)
        end = start + limit
        if prior or self.nearness:
            multiplied = factors(prior, self.prior_bound, self.index) if prior else None
            rows = self._best(chosen, multiplied, end)[start:end]
            weighed = None if multiplied is None else multiplied[rows]
            return self._matches(rows, self._word_scores[rows], weighed)
        rows, scores = self._head(chosen, end)
        return self._matches(rows[start:end], scores[start:end])

    def nearest(self, limit: int = 3, allowed: Allowed = None) -> tuple[Match, ...]:
        """Give the best of those that meet some words of the need but stay below the floor.

        Raises
        ------
        TypeError, ValueError
            As `Matcher.rank` does.
        """
        require_count(limit)
        words = score(self.question, self.index, least=0.0)
        scores = self._with_meaning(words)
        rows = np.flatnonzero(allow(allowed, self.index) & ~self.above_floor & (scores > 0))
        rows = best(scores, rows, limit, self.index.places)
        return self._matches(rows, words[rows])

    def _best(
        self, chosen: Mask, multiplied: NDArray[np.float64] | None, limit: int
    ) -> NDArray[np.int64]:
        """Give the best of the chosen rows that match, near-duplicates after the others."""
        final = self.row_scores if multiplied is None else self.row_scores * multiplied
        rows = np.flatnonzero(chosen & self.above_floor & (final > 0))
        sketches = self.index.sketches
        ranked = best(final, rows, max(limit, AMONG) if sketches else limit, self.index.places)
        return ranked[sketches.twins_last(ranked)] if sketches else ranked

    def _head(self, chosen: Mask, limit: int) -> tuple[NDArray[np.int64], Floats]:
        """Give the same where only words count, without scoring every row; and the scores."""
        sketches = self.index.sketches
        most = max(limit, AMONG) if sketches else limit
        rows, scores = head(self.question, self.index, self.least, most, chosen)
        if sketches is None:
            return rows, scores
        order = sketches.twins_last(rows)
        return rows[order], scores[order]

    @cached_property
    def _word_scores(self) -> Floats:
        return score(self.question, self.index, self.least)

    def _with_meaning(self, scores: Floats) -> Floats:
        return scores + self.nearness.added if self.nearness else scores

    def _matches(
        self,
        rows: NDArray[np.int64],
        words: NDArray[np.floating],
        multiplied: NDArray[np.float64] | None = None,
    ) -> tuple[Match, ...]:
        """Give the matches of some rows; words and what multiplies as `MadeOf` takes them."""
        meaning = self.nearness.added[rows] if self.nearness else None
        made_of = MadeOf(words, meaning, multiplied)
        told = Explainer(self.question, self.index, rows, made_of).because
        keys, scores = self.index.keys_at(rows.tolist()), made_of.scores.tolist()
        return tuple(
            [
                Match(key, value, partial(told, place))
                for place, (key, value) in enumerate(zip(keys, scores, strict=True))
            ]
        )
