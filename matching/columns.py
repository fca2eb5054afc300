"""The columns of an index: for each term, and for each code of a facet, the documents that have it.

Postings lie term by term and, within a term, block by block. A row takes two bytes, counted from
the first document of its block, and an impact one, in steps of its term: a million documents of
86 terms each fit in about 260 MB.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.counting import BLOCK, Counts
from matching.documents import Document
from matching.strings import Strings

STEPS = 255
"""The impacts of a term are whole numbers of steps, from 1 to this many."""

Floats = NDArray[np.float32]
_BETWEEN = "\x1f"  # no code holds the unit separator


@dataclass(frozen=True, slots=True)
class TermColumns:
    """The columns of all terms.

    Parameters
    ----------
    terms
        The terms, sorted.
    rarity, step
        How rare each term is, and what one step of its impacts is worth, shape (terms,).
    starts
        Where each term's postings in each block start, and where the last end, shape
        (terms × blocks + 1,).
    rows, impacts
        The postings: the row within its block, ascending, and the impact in steps.
    blocks
        How many blocks there are.
    """

    terms: Strings
    rarity: Floats
    step: Floats
    starts: NDArray[np.int64]
    rows: NDArray[np.uint16]
    impacts: NDArray[np.uint8]
    blocks: int

    @classmethod
    def of(cls, counts: Counts, rarity: Floats, most: Floats, impacts: Sequence[Floats]) -> Self:
        """Lay counted postings out term by term.

        Parameters
        ----------
        most
            The largest impact each term can have in any document, shape (terms,): steps do not
            depend on who else is there.
        impacts
            Block by block, as the counts are.
        """
        height, blocks = len(counts.vocabulary), len(counts.blocks)
        held = [np.bincount(block.terms, minlength=height) for block in counts.blocks]
        starts = np.zeros(height * blocks + 1, dtype=np.int64)
        np.cumsum(np.stack(held, axis=1).ravel(), out=starts[1:])
        step = most / np.float32(STEPS)
        rows = np.empty(starts[-1], dtype=np.uint16)
        stepped = np.empty(starts[-1], dtype=np.uint8)
        for number, (block, added) in enumerate(zip(counts.blocks, impacts, strict=True)):
            firsts = starts[number:-1:blocks] - np.cumsum(held[number]) + held[number]
            places = firsts[block.terms] + np.arange(len(block.terms))
            rows[places] = block.rows
            stepped[places] = np.clip(np.rint(added / step[block.terms]), 1, STEPS)
        return cls(Strings.of(counts.vocabulary), rarity, step, starts, rows, stepped, blocks)

    def in_block(self, term: int, block: int) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
        """Give the postings of a term, by its number, in a block: rows within it, and impacts."""
        place = term * self.blocks + block
        postings = slice(self.starts.item(place), self.starts.item(place + 1))
        return self.rows[postings], self.impacts[postings]

    def impacts_at(self, term: int, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give what a term, by its number, adds to some rows; 0 where a row does not hold it."""
        if self.blocks == 1:
            return self._steps_at(term, 0, rows) * self.step.item(term)
        added = np.zeros(len(rows))
        blocks, within = np.divmod(rows, BLOCK)
        for block in set(blocks.tolist()):
            here = blocks == block
            added[here] = self._steps_at(term, block, within[here])
        return added * self.step.item(term)

    def by_row(self, height: int) -> Iterator[tuple[NDArray[np.int64], Floats]]:
        """Give row by row the numbers of its terms, ascending, and what each adds.

        Parameters
        ----------
        height
            How many rows there are.
        """
        places = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        terms, blocks = np.divmod(places, self.blocks)
        rows = blocks * BLOCK + self.rows
        order = np.argsort(rows, kind="stable")
        cuts = np.cumsum(np.bincount(rows, minlength=height))[:-1]
        impacts = (self.step[terms] * self.impacts)[order]
        yield from zip(np.split(terms[order], cuts), np.split(impacts, cuts), strict=True)

    def _steps_at(self, term: int, block: int, within: NDArray[np.int64]) -> NDArray[np.float64]:
        rows, impacts = self.in_block(term, block)
        if not len(rows):
            return np.zeros(len(within))
        places = np.minimum(np.searchsorted(rows, within.astype(np.uint16)), len(rows) - 1)
        return np.where(rows[places] == within, impacts[places], 0.0)


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


def _names(facets: Mapping[str, Collection[str]]) -> Iterator[str]:
    for facet, codes in facets.items():
        yield from (f"{facet}{_BETWEEN}{code}" for code in sorted(set(codes)))
