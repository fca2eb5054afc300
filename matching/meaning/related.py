"""A thesaurus distilled from the encoder: for a word, others that are said of the same things."""

import logging
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.meaning.table import FOLDER, array, lines

WEIGHTS = 255
"""A cosine is kept as a whole number of this many parts."""

_LOG = logging.getLogger(__name__)


class Thesaurus:
    """Words and their relatives.

    Parameters
    ----------
    words
        The words of the lexicon.
    starts
        Where each word's relatives start, and where the last one's end, shape (words + 1,).
    others, weights
        The relatives by their places in the lexicon, the nearest first, and their cosines in parts
        of `WEIGHTS`.
    """

    def __init__(
        self,
        words: list[str],
        starts: NDArray[np.int32],
        others: NDArray[np.uint16],
        weights: NDArray[np.uint8],
    ) -> None:
        if len(starts) != len(words) + 1 or not len(others) == len(weights) == starts[-1]:
            raise ValueError("its parts do not fit together")
        self.words = words
        self._places = {word: place for place, word in enumerate(words)}
        self._starts = starts
        self._others = others
        self._weights = weights

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a thesaurus; its arrays are mapped into memory.

        Raises
        ------
        OSError, ValueError
            When it is not there, or not whole.
        """
        words = lines(folder, "related_words")
        names = ("related_starts", "related_others", "related_weights")
        return cls(words, *(array(folder, name) for name in names))

    def related(self, word: str) -> tuple[tuple[str, float], ...]:
        """Give the relatives of a word as `related` does."""
        place = self._places.get(word.casefold())
        if place is None:
            return ()
        here = slice(self._starts.item(place), self._starts.item(place + 1))
        others, weights = self._others[here].tolist(), self._weights[here].tolist()
        return tuple(
            (self.words[other], weight / WEIGHTS)
            for other, weight in zip(others, weights, strict=True)
        )


@cache
def load_thesaurus(folder: Path = FOLDER) -> Thesaurus:
    """Open the thesaurus, once in a process; without its files an empty one, and it is logged."""
    try:
        return Thesaurus.load(folder)
    except (OSError, ValueError) as error:
        _LOG.warning("No related words: the thesaurus in %s cannot be read: %s", folder, error)
        nothing = np.zeros(0, dtype=np.uint8)
        return Thesaurus([], np.zeros(1, dtype=np.int32), nothing.astype(np.uint16), nothing)


def related(word: str) -> tuple[tuple[str, float], ...]:
    """Give other words that are said of the same things, the nearest first.

    Parameters
    ----------
    word
        A single word, as typed.

    Returns
    -------
    Words with the cosine of their meaning to this one's, at most 1; no two have the same stem, and
    none has the word's own. Nothing for a word that is not in the lexicon.
    """
    return load_thesaurus().related(word)
