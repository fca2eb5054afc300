"""The index as one unchanging whole: fitted documents, those added since, those removed since."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.documents import Document
from matching.meaning.encoders import Encoder
from matching.meaning.meanings import Meanings
from matching.segments import Segment, add_segment, fit_segment
from matching.twins import Sketches
from matching.vocabulary import Vocabulary
from matching.weights import Statistics, Weights


@dataclass(frozen=True)
class Index:
    """Everything a matcher has learnt; a change makes a new index, so that readers never wait.

    Rows count through the fitted documents and then through the added ones.

    Parameters
    ----------
    base
        The documents that were fitted.
    alive
        Which of them have not been removed.
    recent
        Documents added since, sorted by key.
    delta
        The recent documents laid out.
    meanings
        What all of them mean; None when meanings are not compared.
    """

    weights: Weights
    statistics: Statistics
    base: Segment
    alive: NDArray[np.bool_]
    recent: tuple[Document, ...] = ()
    delta: Segment | None = None
    meanings: Meanings | None = None
    segments: tuple[Segment, ...] = field(init=False)

    def __post_init__(self) -> None:
        segments = (self.base,) if self.delta is None else (self.base, self.delta)
        object.__setattr__(self, "segments", segments)

    @classmethod
    def fit(
        cls, documents: Iterable[Document], weights: Weights, encoder: Encoder | None = None
    ) -> Self:
        """Learn a catalogue, and what its documents mean where there is an encoder."""
        ordered = in_order(documents)
        base, statistics = fit_segment(ordered, weights)
        meanings = Meanings.of(ordered, encoder) if encoder else None
        alive = np.ones(len(base), dtype=np.bool_)
        return cls(weights, statistics, base, alive, meanings=meanings)

    def add(self, documents: Iterable[Document], encoder: Encoder | None = None) -> Self:
        """Give an index that also holds these documents; what was learnt stays as it is.

        Parameters
        ----------
        encoder
            The one that fitted documents were encoded by; without it meanings are forgotten.

        Raises
        ------
        ValueError
            When a key is there already.
        """
        arriving = in_order(documents)
        for document in arriving:
            if self.row(document.key) is not None:
                raise ValueError(f"A document with the key {document.key!r} is there already.")
        recent = in_order([*self.recent, *arriving])
        meant = (
            self.meanings.added(self.recent, recent, encoder) if self.meanings and encoder else None
        )
        return self._changed(self.alive, recent, meant)

    def remove(self, keys: Collection[str]) -> Self:
        """Give an index without these documents.

        Raises
        ------
        KeyError
            When a key is not there.
        """
        leaving = set(keys)
        for key in sorted(leaving):
            if self.row(key) is None:
                raise KeyError(f"There is no document with the key {key!r}.")
        alive = self.alive.copy()
        for key in leaving:
            row = self.base.keys.find(key)
            if row is not None:
                alive[row] = False
        staying = [document for document in self.recent if document.key not in leaving]
        meant = self.meanings.keeping(self.recent, staying) if self.meanings else None
        return self._changed(alive, staying, meant)

    def __len__(self) -> int:
        """Count the rows, removed documents included."""
        return sum(len(segment) for segment in self.segments)

    def row(self, key: str) -> int | None:
        """Give the row of a document that is there, or None."""
        row = self.base.keys.find(key)
        if row is not None and self.alive[row]:
            return row
        late = self.delta.keys.find(key) if self.delta else None
        return None if late is None else len(self.base) + late

    def key(self, row: int) -> str:
        """Give the key of a row."""
        return self.keys_at([row])[0]

    def keys_at(self, rows: Sequence[int]) -> list[str]:
        """Give the keys of rows."""
        if self.delta is None:
            return self.base.keys.at(rows)
        first, delta = len(self.base), self.delta
        return [delta.keys[row - first] if row >= first else self.base.keys[row] for row in rows]

    def impacts_at(self, term: str, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give what a term adds to some rows; 0 where a row does not hold it."""
        if self.delta is None:
            number = self.base.terms.terms.find(term)
            return (
                np.zeros(len(rows)) if number is None else self.base.terms.impacts_at(number, rows)
            )
        added = np.zeros(len(rows))
        for offset, segment in self._offset_segments:
            number = segment.terms.terms.find(term)
            if number is not None:
                here = np.flatnonzero((rows >= offset) & (rows < offset + len(segment)))
                added[here] = segment.terms.impacts_at(number, rows[here] - offset)
        return added

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What is known of words."""
        unseen = self.statistics.unseen
        return Vocabulary(self.segments, unseen, self.weights.title_cover * unseen)

    @cached_property
    def sketches(self) -> Sketches | None:
        """What near-duplicates among all rows are seen by; None when no document names a source."""
        if not any(segment.sketches.sources.any() for segment in self.segments):
            return None
        return Sketches.gather(segment.sketches for segment in self.segments)

    def having(self, facets: Mapping[str, Collection[str]]) -> NDArray[np.bool_]:
        """Mark the rows that carry one of the codes of every facet that names any."""
        marked = np.ones(len(self), dtype=np.bool_)
        for facet, codes in facets.items():
            if codes:
                parts = (each.facets.having(facet, codes, len(each)) for each in self.segments)
                marked &= np.concatenate(list(parts))
        return marked

    def count_facets(self, among: NDArray[np.bool_]) -> dict[str, dict[str, int]]:
        """Count the marked rows that carry each code, facet by facet."""
        totals: dict[str, dict[str, int]] = {}
        for offset, segment in self._offset_segments:
            counted = segment.facets.count(among[offset : offset + len(segment)])
            for facet, codes in counted.items():
                before = totals.setdefault(facet, {})
                for code, times in codes.items():
                    before[code] = before.get(code, 0) + times
        return totals

    def show(self, term: str) -> str:
        """Give the word people know a term by."""
        shown = (segment.show(term) for segment in self.segments)
        return next((word for word in shown if word is not None), term)

    @cached_property
    def present(self) -> NDArray[np.bool_]:
        """Which rows hold a document that has not been removed."""
        added = len(self.delta) if self.delta else 0
        return np.concatenate([self.alive, np.ones(added, dtype=np.bool_)])

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """The rows that are there, in the order of `keys`."""
        return np.flatnonzero(self.present)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys that are there: of fitted documents first, then of added ones, each sorted."""
        return tuple(self.key(row) for row in self.rows.tolist())

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """A number per row that sorts as the keys sort; equal ones as their rows."""
        places = np.arange(len(self.base), dtype=np.int64) * 2 + 1
        late = [2 * self.base.keys.place(key) for key in self.delta.keys] if self.delta else []
        return np.concatenate([places, np.array(late, dtype=np.int64)])

    @cached_property
    def _offset_segments(self) -> tuple[tuple[int, Segment], ...]:
        return tuple(zip((0, len(self.base)), self.segments, strict=False))

    def _changed(
        self, alive: NDArray[np.bool_], recent: Sequence[Document], meanings: Meanings | None
    ) -> Self:
        delta = add_segment(recent, self.weights, self.statistics, self.base) if recent else None
        return replace(self, alive=alive, recent=tuple(recent), delta=delta, meanings=meanings)


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Sort documents by key.

    Raises
    ------
    TypeError
        When one of them is not a document.
    ValueError
        When two have the same key.
    """
    listed = list(documents)
    for each in listed:
        if not isinstance(each, Document):
            raise TypeError(f"Only documents can be matched, not {type(each).__name__}.")
    listed.sort(key=lambda document: document.key)
    for before, after in pairwise(listed):
        if before.key == after.key:
            raise ValueError(f"Two documents have the same key, {before.key!r}.")
    return listed
