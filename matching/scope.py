"""Telling needs about something else altogether from those that what is offered may answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.documents import Code, require_text
from matching.meaning.encoders import Encoder, choose
from matching.needs import LONGEST_NEED
from matching.proposals import CodeProposer

NEAREST = 5
"""How many of a side's phrases, the nearest in meaning, speak for it."""


@dataclass(frozen=True, eq=False, slots=True)
class _Side:
    """The phrases of one side.

    Parameters
    ----------
    phrases
        What they mean, shape (phrases, dimensions); None where meanings are not compared.
    """

    proposer: CodeProposer
    phrases: NDArray[np.float32] | None

    @classmethod
    def of(cls, codes: Sequence[Code], encoder: Encoder | None) -> Self:
        said = [words for code in codes for words in (code.label, *code.phrases)]
        return cls(CodeProposer().fit(codes), encoder.encode(said) if encoder and said else None)

    def nearness(self, meaning: NDArray[np.float32]) -> float:
        """Give the mean cosine of the phrases nearest in meaning."""
        assert self.phrases is not None
        cosines = self.phrases @ meaning
        nearest = min(NEAREST, len(cosines))
        return float(np.partition(cosines, -nearest)[-nearest:].mean())


class ScopeReader(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Tell whether a need is about what is offered, by phrases for that and for other things.

    Words that were said count by the confidence of `CodeProposer`, and meanings, where the table of
    `matching.meaning` is there, by the cosines of the phrases that come nearest. It takes more to
    send somebody away than to let them look: the two sides must differ by a margin.

    Parameters
    ----------
    margin
        By how much something else must outweigh what is offered.
    said
        The confidence from which a phrase for something else counts as said; nobody is sent away
        for what a need may mean.
    words_weight
        What words that were said count beside meanings.

    Attributes
    ----------
    inside_, outside_
        The phrases of both sides.

    Examples
    --------
    >>> reader = ScopeReader().fit(
    ...     [Code("marking", "Time spent marking", ["piles of books", "marking"])],
    ...     [Code("premises", "Buildings and grounds", ["roof", "boiler", "fence"])],
    ... )
    >>> reader.outside("a new roof"), reader.outside("marking takes my Sunday")
    ('premises', '')
    """

    inside_: _Side
    outside_: _Side

    def __init__(
        self, *, margin: float = 0.02, said: float = 0.3, words_weight: float = 0.5
    ) -> None:
        self.margin = margin
        self.said = said
        self.words_weight = words_weight

    def fit(self, inside: Iterable[Code], outside: Iterable[Code]) -> Self:
        """Learn the phrases of what is offered, and of other things that are asked for.

        Raises
        ------
        TypeError
            When one of them is not a `Code`.
        ValueError
            When a code comes twice on one side.
        """
        encoder = self._encoder
        self.inside_ = _Side.of(list(inside), encoder)
        self.outside_ = _Side.of(list(outside), encoder)
        return self

    def outside(self, need: str) -> str:
        """Give the code of what a need is about instead of what is offered, or nothing.

        Only the first `LONGEST_NEED` characters are read.

        Raises
        ------
        TypeError
            When the need is not text.
        """
        check_is_fitted(self, "inside_")
        need = require_text(need)[:LONGEST_NEED]
        code, confidence = self.outside_.proposer.likeliest(need)
        return code if confidence >= self.said and self.lead(need) < -self.margin else ""

    def lead(self, need: str) -> float:
        """Give how much more speaks for what is offered than for something else, about −1 to 1."""
        said = self.inside_.proposer.likeliest(need)[1] - self.outside_.proposer.likeliest(need)[1]
        encoder = self._encoder
        if encoder is None or not _can_compare(self.inside_, self.outside_):
            return self.words_weight * said
        meaning = encoder.encode([need])[0]
        nearer = self.inside_.nearness(meaning) - self.outside_.nearness(meaning)
        return self.words_weight * said + nearer

    @property
    def _encoder(self) -> Encoder | None:
        encoders = choose("table")
        return encoders.needs if encoders else None


def _can_compare(*sides: _Side) -> bool:
    return all(side.phrases is not None for side in sides)
