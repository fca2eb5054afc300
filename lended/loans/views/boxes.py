"""What should be in the boxes of a loan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lended.loans.rules.papers import Item, expected_items
from lended.loans.rules.terms import Part

if TYPE_CHECKING:
    from lended.loans.models import Loan


def items_of(loan: Loan) -> tuple[Item, ...]:
    """Return every item of every line, as it is when everything is there."""
    return tuple(
        item
        for line in loan.lines
        if line.pool.kind == "physical"
        for item in expected_items(line.pool.contents, line.quantity)
    )


def what_is_lent(loan: Loan) -> str:
    """Return what a loan is of, as people say it: 1 kit; 6 × Robots, 30 × Seats."""
    return ", ".join(
        Part(line.pool.kind, line.quantity, line.pool.label).words for line in loan.lines
    )


def serials_of(loan: Loan) -> list[str]:
    """Return the serials of the kits a loan was sent."""
    return [binding.unit.serial for line in loan.lines for binding in line.bindings if binding.unit]
