"""A part of the index: its documents' keys, columns, facets and words, all sorted and frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from matching.analysis import FULL_NAMES
from matching.columns import FacetColumns, TermColumns
from matching.counting import Counts, count
from matching.documents import Document
from matching.strings import Marks, Strings
from matching.twins import Sketches
from matching.weights import Statistics, Weights, impacts, largest


@dataclass(frozen=True)
class Segment:
    """Documents laid out for search, in the order of their keys.

    Parameters
    ----------
    keys
        The keys; a document's position is its row.
    terms, facets
        The columns.
    words, word_terms, word_counts
        Every plain word seen, the number of its term, and how often it was seen.
    marks
        A mark for each of those words.
    sketches
        What near-duplicates are seen by.
    """

    keys: Strings
    terms: TermColumns
    facets: FacetColumns
    words: Strings
    word_terms: NDArray[np.int64]
    word_counts: NDArray[np.int64]
    marks: Marks
    sketches: Sketches

    @classmethod
    def of(cls, documents: Sequence[Document], counts: Counts, columns: TermColumns) -> Self:
        """Put counted documents and their columns together."""
        words = sorted(counts.words)
        numbers = {term: number for number, term in enumerate(counts.vocabulary)}
        return cls(
            keys=Strings.of(document.key for document in documents),
            terms=columns,
            facets=FacetColumns.of(documents),
            words=Strings.of(words),
            word_terms=np.array([numbers[counts.words[each][0]] for each in words], np.int64),
            word_counts=np.array([counts.words[each][1] for each in words], np.int64),
            marks=Marks.of(words),
            sketches=Sketches.of(documents, counts),
        )

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def shown_words(self) -> NDArray[np.int64]:
        """For each term the position of its commonest word, or of the first in the alphabet."""
        order = np.lexsort((-np.arange(len(self.words)), self.word_counts))
        shown = np.full(len(self.terms.terms), -1, dtype=np.int64)
        shown[self.word_terms[order]] = order
        return shown

    def frequency(self, word: str) -> int:
        """Give how often a plain word was seen."""
        place = self.words.find(word) if self.marks.may_hold(word) else None
        return 0 if place is None else self.word_counts.item(place)

    def commonest_words(self, most: int) -> list[str]:
        """Give the plain words that were seen most often, in any order."""
        if most < len(self.words):
            return self.words.at(np.argpartition(-self.word_counts, most)[:most].tolist())
        return list(self.words)

    def rarities(self, terms: Sequence[str], statistics: Statistics) -> NDArray[np.float32]:
        """Give how rare terms are; one that is not here is as rare as can be."""
        numbers = [self.terms.terms.find(term) for term in terms]
        rarity = self.terms.rarity
        return np.array(
            [statistics.unseen if number is None else rarity.item(number) for number in numbers],
            dtype=np.float32,
        )

    def show(self, term: str) -> str | None:
        """Give the word people know a term by, or None when the term is not here."""
        place = self.terms.terms.find(term)
        if place is None:
            return None
        return FULL_NAMES.get(term) or self.words[self.shown_words.item(place)]


class Rarities(Protocol):
    """What laying further documents out asks of what was fitted before."""

    def rarities(self, terms: Sequence[str], statistics: Statistics) -> NDArray[np.float32]:
        """Give how rare terms are; one that was not fitted is as rare as can be."""
        ...


def fit_segment(documents: Sequence[Document], weights: Weights) -> tuple[Segment, Statistics]:
    """Learn the statistics of a catalogue and lay it out.

    Parameters
    ----------
    documents
        Sorted by key.
    """
    counts = count(documents)
    statistics = Statistics.of(counts)
    rarity = statistics.rarity(counts.holders())
    return _lay_out(documents, counts, rarity, statistics, weights), statistics


def add_segment(
    documents: Sequence[Document], weights: Weights, statistics: Statistics, base: Rarities
) -> Segment:
    """Lay further documents out by the statistics and rarities already learnt.

    Parameters
    ----------
    documents
        Sorted by key.
    base
        Where rarities are read.
    """
    counts = count(documents)
    rarity = base.rarities(counts.vocabulary, statistics)
    return _lay_out(documents, counts, rarity, statistics, weights)


def _lay_out(
    documents: Sequence[Document],
    counts: Counts,
    rarity: NDArray[np.float32],
    statistics: Statistics,
    weights: Weights,
) -> Segment:
    weighed = [impacts(block, rarity, statistics, weights) for block in counts.blocks]
    columns = TermColumns.of(counts, rarity, largest(rarity, statistics, weights), weighed)
    return Segment.of(documents, counts, columns)
