"""The shelf: every published product's facets in memory, to narrow and count 20,000 at once.

A `Shelf` never changes; `Kept` holds the present one and has another built, aside and in the
background, when the catalogue's revision has moved on. No request waits for a rebuild.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lended.catalogue import queries
from lended.catalogue.rules import LEFT_OUT, Filters

Mask = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]
Value = TypeVar("Value")
GROUPS = ("stage", "subject", "type", "device", "devices_needed", "offline", "setup",
          "no_technician", "personal_data", "sign_in", "price_model")  # fmt: skip
LOOK_AGAIN_SECONDS = 1.0
WORD = 64


@dataclass(frozen=True, eq=False, slots=True)
class Shelf:
    """Published products from A to Z.

    Parameters
    ----------
    ids
        Product ids, shape (n,), in alphabetical order of their names.
    columns
        For each group and code a row of booleans, shape (codes, n).
    bits
        The same with 64 products in a number, shape (codes, ⌈n/64⌉), to count quickly.
    codes
        For each group its codes, in the order of the rows.
    """

    revision: int
    ids: npt.NDArray[np.int64]
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


def read_shelf(session: Session) -> Shelf:
    """Build the shelf of what is published now."""
    return shelf_of(queries.revision(session), queries.shelf_rows(session))


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
        letters=tuple(row.name[:1].upper() for row in rows),
        codes=codes,
        columns=columns,
        bits={group: _packed(column) for group, column in columns.items()},
    )


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


class Kept(Generic[Value]):
    """A value built from the catalogue, kept in this process and renewed in the background.

    Parameters
    ----------
    build
        Makes the value from a reading session; called outside requests except for the first.
    revision_of
        Tells which revision of the catalogue a value was built from.
    at_once
        Renew within the call that notices the change; for tests and commands.
    """

    def __init__(
        self,
        engine: Engine,
        build: Callable[[Session], Value],
        revision_of: Callable[[Value], int],
        *,
        at_once: bool = False,
    ) -> None:
        self._engine = engine
        self._build = build
        self._revision_of = revision_of
        self._at_once = at_once
        self._value: Value | None = None
        self._looked_at = 0.0
        self._first = threading.Lock()
        self._renewal = threading.Lock()

    def value(self) -> Value:
        """Return the present value; the very first call builds it."""
        if self._value is None:
            with self._first:
                if self._value is None:
                    self._renew()
        elif self._at_once or time.monotonic() - self._looked_at > LOOK_AGAIN_SECONDS:
            self._looked_at = time.monotonic()
            self._renew_if_stale()
        assert self._value is not None
        return self._value

    def _renew_if_stale(self) -> None:
        with Session(self._engine) as session:
            revision = queries.revision(session)
        if self._value is not None and self._revision_of(self._value) == revision:
            return
        if self._at_once:
            self._renew()
        elif self._renewal.acquire(blocking=False):
            threading.Thread(target=self._renew_aside, name="renewal", daemon=True).start()

    def _renew_aside(self) -> None:
        try:
            self._renew()
        finally:
            self._renewal.release()

    def _renew(self) -> None:
        with Session(self._engine) as session:
            self._value = self._build(session)
        self._looked_at = time.monotonic()
