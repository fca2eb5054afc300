"""Making the thesaurus: for each word of a lexicon, the words whose vectors are nearest."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.analysis import WORD, lexemes
from matching.meaning.related import WEIGHTS
from matching.meaning.table import Table, unit

MOST_RELATED = 32
LEAST_COSINE = 0.25
SHORTEST_WORD = 3
LEAST_SEEN = 2
"""How often the texts must say a word that is not a piece of its own."""

_ROWS_AT_ONCE = 1000
_FIRST_LOOK = 4 * MOST_RELATED  # many of the nearest share a stem with one nearer still

Floats = NDArray[np.float32]


def lexicon(vocabulary: Sequence[str], texts: Iterable[str]) -> list[str]:
    """Give the words that are in MiniLM's vocabulary as a whole, or said by the texts, sorted."""
    said = Counter(word.lower() for text in texts for word in WORD.findall(text))
    seen = {word for word, times in said.items() if times >= LEAST_SEEN}
    return sorted(word for word in seen.union(vocabulary) if _is_word(word))


def relate(
    words: Sequence[str], vectors: Floats, table: Table
) -> tuple[NDArray[np.int32], NDArray[np.uint16], NDArray[np.uint8]]:
    """Find each word's relatives, by what the table and MiniLM say of it together.

    The table knows the words of schools better; MiniLM knows that a word cut into pieces is one.

    Parameters
    ----------
    vectors
        MiniLM's vectors of the words, shape (words, 384).

    Returns
    -------
    Starts, others and weights, as `matching.meaning.related.Thesaurus` takes them.
    """
    alone = unit((vectors - vectors.mean(axis=0)) @ table.axes)
    together = unit(alone + table.encode(words))
    stems = [lexemes(word)[0].term for word in words]
    lists = list(_relatives(together, stems))
    starts = np.cumsum([0, *map(len, lists)], dtype=np.int32)
    others = np.array([other for found in lists for other, _ in found], dtype=np.uint16)
    cosines = np.array([cosine for found in lists for _, cosine in found])
    return starts, others, np.rint(np.minimum(cosines, 1) * WEIGHTS).astype(np.uint8)


def _relatives(vectors: Floats, stems: Sequence[str]) -> Iterator[list[tuple[int, float]]]:
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        cosines = vectors[start : start + _ROWS_AT_ONCE] @ vectors.T
        looked_at = min(_FIRST_LOOK, len(vectors))
        nearest = np.argpartition(-cosines, looked_at - 1, axis=1)[:, :looked_at]
        for row, places in enumerate(np.sort(nearest, axis=1)):
            order = places[np.argsort(-cosines[row, places], kind="stable")]
            yield _of_other_stems(start + row, order.tolist(), cosines[row], stems)


def _of_other_stems(
    word: int, nearest: Iterable[int], cosines: Floats, stems: Sequence[str]
) -> list[tuple[int, float]]:
    """Keep the nearest word of each stem but the word's own."""
    found: dict[str, tuple[int, float]] = {stems[word]: (word, 1.0)}
    for other in nearest:
        cosine = cosines.item(other)
        if cosine < LEAST_COSINE or len(found) > MOST_RELATED:
            break
        found.setdefault(stems[other], (other, cosine))
    return list(found.values())[1:]


def _is_word(word: str) -> bool:
    plain = word.isascii() and word.isalpha() and len(word) >= SHORTEST_WORD
    return plain and bool(lexemes(word))
