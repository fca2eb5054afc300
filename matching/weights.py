"""How much a word in a document counts: saturated frequency, length per field, rarity, title.

References
----------
S. Robertson, H. Zaragoza, M. Taylor, Simple BM25 extension to multiple weighted fields, CIKM 2004.
"""

from dataclasses import dataclass
from math import log1p
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.counting import Block, Counts, lengths

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How fields are weighed.

    Parameters
    ----------
    title_weight
        How many words of the text a word of the title is worth.
    saturation
        The frequency at which a word counts half of what it ever can; above 0.
    length
        How far a long field is held against a document, from 0 (not) to 1 (in full).
    title_cover
        What a title wholly covered by the need adds, in units of one rare word.
    """

    title_weight: float
    saturation: float
    length: float
    title_cover: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """What was learnt of a whole catalogue when it was fitted; frozen until it is fitted again."""

    documents: int
    title_mean: float
    text_mean: float

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """Learn the statistics of counted documents."""
        titles, texts = lengths(counts.blocks, "title"), lengths(counts.blocks, "text")
        return cls(len(titles), _mean(titles), _mean(texts))

    def rarity(self, documents: NDArray[np.int64]) -> NDArray[np.float32]:
        """Give the inverse document frequency of terms by the documents that hold them."""
        odds = (self.documents - documents + 0.5) / (documents + 0.5)
        return np.log1p(np.maximum(odds, 0.0)).astype(np.float32)

    @property
    def unseen(self) -> float:
        """The rarity of a word no fitted document holds."""
        return float(np.float32(log1p((self.documents + 0.5) / 0.5)))


def impacts(
    block: Block, rarity: NDArray[np.float32], statistics: Statistics, weights: Weights
) -> NDArray[np.float32]:
    """Give what each posting adds to the score of its document for a need of one such word.

    Parameters
    ----------
    block
        Postings with their frequencies in title and text.
    rarity
        One number per term of the catalogue.
    """
    title = _slope(block.title_lengths, statistics.title_mean, weights.length)[block.rows]
    text = _slope(block.text_lengths, statistics.text_mean, weights.length)[block.rows]
    frequency = weights.title_weight * block.in_title / title + block.in_text / text
    rarities = rarity[block.terms].astype(np.float64)
    covered = weights.title_cover * statistics.unseen * _title_shares(block, rarities)
    return (rarities * frequency / (weights.saturation + frequency) + covered).astype(np.float32)


def largest(
    rarity: NDArray[np.float32], statistics: Statistics, weights: Weights
) -> NDArray[np.float32]:
    """Give the most that each term can add to any document: said without end, and the title."""
    return (rarity + weights.title_cover * statistics.unseen).astype(np.float32)


def _title_shares(block: Block, rarities: Floats) -> Floats:
    """Give each posting's share of the rarity of its document's title; 0 when not in the title."""
    titled = np.where(block.in_title > 0, rarities, 0.0)
    whole = np.bincount(block.rows, weights=titled, minlength=len(block.title_lengths))
    shares = np.zeros_like(titled)
    np.divide(titled, whole[block.rows], out=shares, where=titled > 0)
    return shares


def _slope(terms: NDArray[np.int64], mean: float, strength: float) -> Floats:
    return 1.0 - strength + strength * (terms / mean)


def _mean(terms: NDArray[np.int64]) -> float:
    return float(terms.mean()) if terms.any() else 1.0
