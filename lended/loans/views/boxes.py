"""What should be in the boxes of a loan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lended.loans.rules.calendar import in_words
from lended.loans.rules.papers import Item, expected_items
from lended.loans.rules.stock import BATTERIES
from lended.loans.rules.terms import Part

if TYPE_CHECKING:
    from lended.loans.models import Loan, Unit

NO_BATTERY = "none"


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


def kit_words(unit: Unit) -> str:
    """Return a kit as its supplier tells it from others: serial, condition, check, battery."""
    checked = unit.electrical_check_on
    known = [
        unit.condition,
        f"electrical check on {in_words(checked)}" if checked else "no electrical check kept",
        "" if unit.battery == NO_BATTERY else f"battery: {BATTERIES[unit.battery].lower()}",
    ]
    return f"{unit.serial} ({'; '.join(words for words in known if words)})"


def serials_of(loan: Loan) -> list[str]:
    """Return the serials of the kits a loan was sent."""
    return [binding.unit.serial for line in loan.lines for binding in line.bindings if binding.unit]
