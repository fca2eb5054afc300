"""Documents and queries made up to measure speed: as many as wanted, the same every time.

Words look like words, endings and all, so that stemmers have their usual work. How often each is
used follows Zipf's law, and the vocabulary grows with the collection as Heaps' law has it: a
document of 120 words holds about 86 different ones.

References
----------
H. S. Heaps, Information retrieval: computational and theoretical aspects, Academic Press 1978.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching import Document

WORDS_OF_A_DOCUMENT = 120
WORDS_OF_A_TITLE = 6
WORDS_OF_A_QUERY = (3, 12)
EXPONENT = 1.05
GROWTH = 30
"""Different words for each square root of the words in all."""

SYLLABLES = [a + b for a in "bcdfghjklmnprstvw" for b in "aeiou"]
SHORTEST = 3
"""Syllables of the shortest word: shorter ones would often be real words, some of them little."""

ENDINGS = ("", "s", "ing", "ed", "er", "ness", "ly", "ation")
AT_ONCE = 1_000
DOCUMENTS_SEED, QUERIES_SEED = 1, 2


def word(rank: int) -> str:
    """Give the word that is used so and so often, 0 for the commonest.

    >>> word(0), word(7), word(100_000)
    ('babebaba', 'babebacoation', 'bedodaro')
    """
    number = rank + len(SYLLABLES) ** SHORTEST
    syllables = []
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[syllable])
    return "".join(reversed(syllables)) + ENDINGS[rank % len(ENDINGS)]


class Inventor:
    """Makes up the documents and queries of one collection.

    Parameters
    ----------
    size
        How many documents it has.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        count = GROWTH * isqrt(size * WORDS_OF_A_DOCUMENT)
        self._words = np.array([word(rank) for rank in range(count)], dtype=object)
        uses = 1.0 / np.arange(1, count + 1) ** EXPONENT
        self._shares = np.cumsum(uses / uses.sum())

    def documents(self) -> Iterator[Document]:
        """Make up every document in turn; its key is its place."""
        for begin in range(0, self.size, AT_ONCE):
            random = np.random.default_rng((DOCUMENTS_SEED, begin))
            shape = (min(AT_ONCE, self.size - begin), WORDS_OF_A_DOCUMENT)
            for place, words in enumerate(self._draw(random, shape), begin):
                title, text = words[:WORDS_OF_A_TITLE], words[WORDS_OF_A_TITLE:]
                yield Document(key_of(place), " ".join(title), " ".join(text))

    def queries(self, count: int) -> list[str]:
        """Make up queries of 3 to 12 words."""
        random = np.random.default_rng(QUERIES_SEED)
        lengths = random.integers(*WORDS_OF_A_QUERY, size=count, endpoint=True)
        return [" ".join(self._draw(random, (length,))) for length in lengths.tolist()]

    def _draw(self, random: np.random.Generator, shape: tuple[int, ...]) -> npt.NDArray[np.object_]:
        places = np.searchsorted(self._shares, random.random(shape))
        drawn: npt.NDArray[np.object_] = self._words[np.minimum(places, len(self._words) - 1)]
        return drawn


def key_of(place: int) -> str:
    """Give the key of the document at a place."""
    return f"{place:08}"


def write_documents(inventor: Inventor, path: Path) -> None:
    """Write documents down, a line each, so that making them up is not measured."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{each.title}\t{each.text}\n" for each in inventor.documents())


def read_documents(path: Path) -> Iterator[Document]:
    """Read documents that were written down."""
    with path.open(encoding="utf-8") as lines:
        for place, line in enumerate(lines):
            title, _, text = line.rstrip("\n").partition("\t")
            yield Document(key_of(place), title, text)
