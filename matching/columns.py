"""Term-major columns: for each term, the rows that hold it, so that a need costs its postings."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.counting import Counts
from matching.documents import Document
from matching.strings import Strings

_BETWEEN = "\x1f"  # no code holds the unit separator


@dataclass(frozen=True, slots=True)
class Column:
    """One term: how rare it is, the rows that hold it, ascending, and what it adds to each."""

    rarity: float
    rows: NDArray[np.int32]
    impacts: NDArray[np.float32]

    def impacts_at(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give what the term adds to some rows; 0 where a row does not hold it."""
        places = np.searchsorted(self.rows, rows)
        places[places == len(self.rows)] = 0
        held = self.rows[places] == rows
        return np.where(held, self.impacts[places].astype(np.float64), 0.0)


@dataclass(frozen=True, slots=True)
class TermColumns:
    """The columns of all terms.

    Parameters
    ----------
    terms, rarity
        The terms, sorted, and how rare each is.
    starts
        Where each term's postings start, and where the last end.
    rows, impacts
        The postings.
    """

    terms: Strings
    rarity: NDArray[np.float32]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    impacts: NDArray[np.float32]

    @classmethod
    def of(cls, counts: Counts, rarity: NDArray[np.float32], impacts: NDArray[np.float32]) -> Self:
        """Lay counted postings out term by term."""
        starts = np.searchsorted(counts.terms, np.arange(len(counts.vocabulary) + 1))
        terms = Strings.of(counts.vocabulary)
        return cls(terms, rarity, starts.astype(np.int64), counts.rows.astype(np.int32), impacts)

    def find(self, term: str) -> Column | None:
        """Give a term's column, or None when no document holds it."""
        place = self.terms.find(term)
        if place is None:
            return None
        postings = slice(self.starts.item(place), self.starts.item(place + 1))
        return Column(self.rarity.item(place), self.rows[postings], self.impacts[postings])


@dataclass(frozen=True, slots=True)
class FacetColumns:
    """For each code of each facet, the rows that carry it."""

    names: Strings
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Self:
        """Lay the facets of documents out code by code."""
        carried: dict[str, list[int]] = {}
        for row, document in enumerate(documents):
            for name in _names(document.facets):
                carried.setdefault(name, []).append(row)
        names = sorted(carried)
        starts = np.cumsum([0, *(len(carried[name]) for name in names)], dtype=np.int64)
        rows = np.array([row for name in names for row in carried[name]], dtype=np.int32)
        return cls(Strings.of(names), starts, rows)

    def having(self, facet: str, codes: Collection[str], height: int) -> NDArray[np.bool_]:
        """Mark the rows that carry any of the codes."""
        marked = np.zeros(height, dtype=np.bool_)
        for name in _names({facet: codes}):
            place = self.names.find(name)
            if place is not None:
                marked[self.rows[self.starts.item(place) : self.starts.item(place + 1)]] = True
        return marked

    def count(self, among: NDArray[np.bool_]) -> dict[str, dict[str, int]]:
        """Count the marked rows that carry each code, facet by facet."""
        running = np.concatenate([[0], np.cumsum(among[self.rows], dtype=np.int64)])
        totals = running[self.starts[1:]] - running[self.starts[:-1]]
        counted: dict[str, dict[str, int]] = {}
        for name, total in zip(self.names, totals.tolist(), strict=True):
            facet, code = name.split(_BETWEEN, 1)
            counted.setdefault(facet, {})[code] = total
        return counted


def _names(facets: Mapping[str, Collection[str]]) -> list[str]:
    return [f"{facet}{_BETWEEN}{code}" for facet in facets for code in sorted(set(facets[facet]))]
