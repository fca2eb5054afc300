"""The shelf: every published product's facets in memory, to narrow and count 20,000 at once.

A `Shelf` never changes. When the catalogue has moved on another takes its place, made of the one
before and of the few products that differ; `lended.catalogue.kept` sees to that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from lended.catalogue import queries
from lended.catalogue.rules import LEFT_OUT, Filters

Mask = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]
GROUPS = ("stage", "subject", "type", "device", "devices_needed", "offline", "setup",
          "no_technician", "personal_data", "sign_in", "price_model")  # fmt: skip
WORD = 64
MOST_CHANGED = 500
"""Products that are read one by one; when more have changed, all are read."""


@dataclass(frozen=True, eq=False, slots=True)
class Shelf:
    """Published products from A to Z.

    Parameters
    ----------
    revision
        The catalogue's when it was read.
    ids
        Product ids, shape (n,), in alphabetical order of their names.
    slugs
        The same products by the part of their address that is their own.
    versions
        Which state of each product's words was read: a later one sorts later.
    columns
        For each group and code a row of booleans, shape (codes, n).
    bits
        The same with 64 products in a number, shape (codes, ⌈n/64⌉), to count quickly.
    codes
        For each group its codes, in the order of the rows.
    """

    revision: int
    ids: npt.NDArray[np.int64]
    slugs: tuple[str, ...]
    versions: tuple[str, ...]
    letters: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Mask]
    bits: Mapping[str, Bits]

    def __len__(self) -> int:
        return len(self.ids)

    def mask(self, filters: Filters, without: str = "") -> Mask:
        """Return which products meet the filters, shape (n,), leaving out one group if asked."""
        kept: Mask = np.ones(len(self), dtype=np.bool_)
        for group in GROUPS:
            wanted = _wanted(filters, group)
            if wanted and group != without:
                kept &= self._any_of(group, wanted)
        for name, group in LEFT_OUT.items():
            if unwanted := getattr(filters, name):
                kept &= self._any_of(group, set(self.codes[group]) - set(unwanted))
        return kept

    def counts(self, filters: Filters, among: Mask | None = None) -> dict[str, dict[str, int]]:
        """Count for each code how many products it would leave, given the other groups' filters.

        Parameters
        ----------
        among
            Count only these products, shape (n,).
        """
        among = np.ones(len(self), dtype=np.bool_) if among is None else among
        everything = _packed(self.mask(filters) & among)
        counted = {}
        for group in GROUPS:
            kept = everything
            if _wanted(filters, group):
                kept = _packed(self.mask(filters, without=group) & among)
            sums = np.bitwise_count(self.bits[group] & kept).sum(axis=1, dtype=np.int64)
            counted[group] = dict(zip(self.codes[group], sums.tolist(), strict=True))
        return counted

    def mask_of_ids(self, product_ids: Iterable[int]) -> Mask:
        """Return which products have one of the ids, shape (n,)."""
        found: Mask = np.isin(self.ids, np.fromiter(product_ids, dtype=np.int64))
        return found

    def _any_of(self, group: str, wanted: Collection[str]) -> Mask:
        rows = [row for row, code in enumerate(self.codes[group]) if code in wanted]
        kept: Mask = np.any(self.columns[group][rows], axis=0)
        return kept


def read_shelf(session: Session, before: Shelf | None = None) -> Shelf:
    """Return the shelf of what is published now.

    Parameters
    ----------
    before
        An earlier shelf: only products that have changed since are read, and when none has the
        very same shelf is returned.
    """
    revision = queries.revision(session)
    if before is None:
        return shelf_of(revision, queries.shelf_rows(session))
    if before.revision == revision:
        return before
    order = queries.shelf_order(session)
    known = dict(zip(before.ids.tolist(), before.versions, strict=True))
    changed = [row.id for row in order if known.get(row.id) != row.version]
    if len(changed) > MOST_CHANGED:
        return shelf_of(revision, queries.shelf_rows(session))
    fresh = shelf_of(revision, queries.shelf_rows(session, changed))
    return merged(before, fresh, [row.id for row in order])


def shelf_of(revision: int, rows: Sequence[Any]) -> Shelf:
    """Build the shelf of rows as `queries.shelf_rows` returns them."""
    facets = [_facets(row) for row in rows]
    codes = {
        group: tuple(sorted({code for facet in facets for code in facet[group]}))
        for group in GROUPS
    }
    columns = {group: _column(codes[group], facets, group) for group in GROUPS}
    return Shelf(
        revision=revision,
        ids=np.array([row.id for row in rows], dtype=np.int64),
        slugs=tuple(row.slug for row in rows),
        versions=tuple(row.version for row in rows),
        letters=tuple(row.name[:1].upper() for row in rows),
        codes=codes,
        columns=columns,
        bits={group: _packed(column) for group, column in columns.items()},
    )


def merged(before: Shelf, fresh: Shelf, order: Iterable[int]) -> Shelf:
    """Return a shelf of two, in a given order.

    Parameters
    ----------
    fresh
        Products read anew: where both have one, this one counts.
    order
        Ids of the products wanted; those on neither shelf are left out.
    """
    both = np.concatenate([before.ids, fresh.ids])
    place_of = {product_id: place for place, product_id in enumerate(both.tolist())}
    taken = np.array([place_of[each] for each in order if each in place_of], dtype=np.int64)
    columns = {group: _joined(before, fresh, group)[:, taken] for group in GROUPS}
    used = {group: column.any(axis=1) for group, column in columns.items()}
    columns = {group: column[used[group]] for group, column in columns.items()}
    return Shelf(
        revision=fresh.revision,
        ids=both[taken],
        slugs=_taken(before.slugs + fresh.slugs, taken),
        versions=_taken(before.versions + fresh.versions, taken),
        letters=_taken(before.letters + fresh.letters, taken),
        codes={
            group: _taken(_codes(before, fresh, group), np.flatnonzero(used[group]))
            for group in GROUPS
        },
        columns=columns,
        bits={group: _packed(column) for group, column in columns.items()},
    )


def _taken(words: Sequence[str], places: npt.NDArray[np.int64]) -> tuple[str, ...]:
    return tuple(words[place] for place in places.tolist())


def _codes(before: Shelf, fresh: Shelf, group: str) -> list[str]:
    return sorted({*before.codes[group], *fresh.codes[group]})


def _joined(before: Shelf, fresh: Shelf, group: str) -> Mask:
    """Put the columns of two shelves beside each other, shape (codes of either, n + m)."""
    row_of = {code: row for row, code in enumerate(_codes(before, fresh, group))}
    joined = np.zeros((len(row_of), len(before) + len(fresh)), dtype=np.bool_)
    for shelf, places in ((before, slice(len(before))), (fresh, slice(len(before), None))):
        joined[[row_of[code] for code in shelf.codes[group]], places] = shelf.columns[group]
    return joined


def _facets(row: Any) -> dict[str, tuple[str, ...]]:
    facts = row.facts or {}
    return {
        "stage": row.stages,
        "subject": row.subjects,
        "type": (row.product_type,),
        "device": tuple(facts.get("runs_on", ())),
        "devices_needed": _one(facts.get("devices_needed")),
        "offline": _one(facts.get("offline")),
        "setup": _one(facts.get("setup_effort")),
        "no_technician": ("yes",) if facts.get("technician_needed") is False else (),
        "personal_data": _one(facts.get("personal_data")),
        "sign_in": tuple(facts.get("sign_in", ())),
        "price_model": _one(facts.get("price_model")),
    }


def _one(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()


def _column(
    codes: Sequence[str], facets: Sequence[Mapping[str, Sequence[str]]], group: str
) -> Mask:
    rows = {code: row for row, code in enumerate(codes)}
    column = np.zeros((len(codes), len(facets)), dtype=np.bool_)
    for number, facet in enumerate(facets):
        for code in facet[group]:
            column[rows[code], number] = True
    return column


def _packed(flags: Mask) -> Bits:
    """Put 64 flags of the last axis into each number."""
    missing = -flags.shape[-1] % WORD
    padding = [(0, 0)] * (flags.ndim - 1) + [(0, missing)]
    return np.packbits(np.pad(flags, padding), axis=-1).view(np.uint64)


def _wanted(filters: Filters, group: str) -> tuple[str, ...]:
    chosen = getattr(filters, group)
    if isinstance(chosen, bool):
        return ("yes",) if chosen else ()
    return tuple(chosen)
