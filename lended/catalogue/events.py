"""What happens to suppliers and their listings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SupplierProposed:
    """A supplier waits for LendED's staff to look at it.

    Parameters
    ----------
    words
        What the supplier says of itself.
    """

    supplier_id: int
    person_id: int
    words: str


@dataclass(frozen=True, slots=True)
class SupplierAnswered:
    """Staff approved a supplier or sent it back, with words."""

    supplier_id: int
    person_id: int
    approved: bool
    words: str


@dataclass(frozen=True, slots=True)
class ProductSubmitted:
    """A listing waits for LendED's staff to look at it."""

    product_id: int
    person_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ProductAnswered:
    """Staff made a listing public or sent it back, with words."""

    product_id: int
    person_id: int
    approved: bool
    words: str
