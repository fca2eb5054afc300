"""An index written out document by document, for an engine that keeps it in a store.

Impacts are those of the columns in memory, steps and all, so that both engines add up the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.columns import Floats
from matching.documents import Document
from matching.index import in_order
from matching.persistence import VERSION
from matching.segments import Rarities, Segment, add_segment, fit_segment
from matching.weights import Statistics, Weights


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of a whole catalogue, and how its fields are weighed."""

    weights: Weights
    statistics: Statistics

    def plain(self) -> dict[str, Any]:
        """Give it as plain values, to be kept as JSON."""
        return {
            "version": VERSION,
            "weights": asdict(self.weights),
            "statistics": asdict(self.statistics),
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self | None:
        """Read plain values again; None when they are of another version."""
        if plain.get("version") != VERSION:
            return None
        return cls(Weights(**plain["weights"]), Statistics(**plain["statistics"]))


@dataclass(frozen=True, slots=True)
class Rows:
    """Documents written out."""

    segment: Segment

    def terms(self) -> Iterator[tuple[str, float, str]]:
        """Give each term, how rare it is, and the word people know it by, in their order."""
        columns = self.segment.terms
        for term, rarity in zip(columns.terms, columns.rarity.tolist(), strict=True):
            yield term, rarity, self.segment.show(term) or term

    @property
    def words(self) -> Mapping[str, int]:
        """Every plain word seen, and how often: typing errors are put right by them."""
        return dict(zip(self.segment.words, self.segment.word_counts.tolist(), strict=True))

    def documents(self) -> Iterator["Written"]:
        """Give each document as it is written out."""
        segment = self.segment
        columns = segment.terms.by_row(len(segment))
        sketches = segment.sketches
        # The columns of no document at all have one row.
        for key, (places, impacts), source, bits in zip(
            segment.keys, columns, sketches.sources.tolist(), sketches.bits, strict=False
        ):
            yield Written(key, places, impacts, source, bits.tobytes())


@dataclass(frozen=True, slots=True)
class Written:
    """A document written out.

    Parameters
    ----------
    places, impacts
        The places of its terms in `Rows.terms`, and what each adds.
    source, sketch
        What near-duplicates are seen by; see `matching.twins.Sketches`.
    """

    key: str
    places: NDArray[np.int64]
    impacts: Floats
    source: int
    sketch: bytes


def fit_rows(documents: Iterable[Document], weights: Weights) -> tuple[Rows, Learnt]:
    """Learn a catalogue and write it out.

    Raises
    ------
    TypeError, ValueError
        As `Matcher.fit` does.
    """
    segment, statistics = fit_segment(in_order(documents), weights)
    return Rows(segment), Learnt(weights, statistics)


def add_rows(documents: Iterable[Document], learnt: Learnt, fitted: Rarities) -> Rows:
    """Write further documents out by what was learnt before.

    Parameters
    ----------
    fitted
        Where the rarities of terms are read.

    Raises
    ------
    TypeError, ValueError
        As `Matcher.add` does.
    """
    return Rows(add_segment(in_order(documents), learnt.weights, learnt.statistics, fitted))
