"""Loans of a desk in groups, what needs a person first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from lended import clock
from lended.desks.views.lines import Line, lines
from lended.loans.rules import FINAL, State

if TYPE_CHECKING:
    from lended.loans.models import Loan

DUE_SOON = timedelta(days=14)
LATE = "Late"
DUE = "Due within two weeks"
WITH_SCHOOLS = "What is with schools"
OUT = "What is out"

AT_THE_SUPPLIER: dict[str, frozenset[State]] = {
    LATE: frozenset({State.OVERDUE}),
    "To answer": frozenset({State.REQUESTED}),
    "To send": frozenset({State.PREPARING}),
    "To take back and check": frozenset({State.RETURNING, State.INSPECTION}),
    WITH_SCHOOLS: frozenset({State.DISPATCHED, State.ISSUED, State.ACTIVE}),
    "The school’s turn, or nearly over": frozenset(
        {State.OFFERED, State.APPROVED, State.ACCESS_ENDED}
    ),
}
AT_THE_SCHOOL: dict[str, frozenset[State]] = {
    LATE: frozenset({State.OVERDUE}),
    DUE: frozenset(),
    "To confirm": frozenset(
        {State.SCHOOL_SIGNOFF, State.OFFERED, State.APPROVED, State.DISPATCHED, State.ISSUED}
    ),
    OUT: frozenset({State.ACTIVE}),
    "Waiting": frozenset({State.DRAFT, State.WAITLISTED, State.REQUESTED, State.PREPARING}),
    "On its way back, or nearly over": frozenset(
        {State.RETURNING, State.INSPECTION, State.ACCESS_ENDED}
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Loans with one thing in common, what is due first.

    Parameters
    ----------
    is_mixed
        Whether the title leaves open how things stand with each.
    """

    title: str
    lines: tuple[Line, ...]
    is_mixed: bool


def of_supplier(loans: Iterable[Loan]) -> list[Group]:
    """Return what a supplier has to do with, in the order in which it needs somebody."""
    return _grouped(loans, AT_THE_SUPPLIER, lambda _row: "")


def of_school(loans: Iterable[Loan]) -> list[Group]:
    """Return what a school has to do with, in the order in which it needs somebody."""
    soon = clock.today() + DUE_SOON

    def ahead(row: Line) -> str:
        near = row.due_on is not None and row.due_on <= soon
        return DUE if near and row.loan.state == State.ACTIVE else ""

    return _grouped(loans, AT_THE_SCHOOL, ahead)


def _grouped(
    loans: Iterable[Loan], titles: dict[str, frozenset[State]], ahead: Callable[[Line], str]
) -> list[Group]:
    found: dict[str, list[Line]] = defaultdict(list)
    of_state = {state: title for title, states in titles.items() for state in states}
    for row in lines(loan for loan in loans if loan.state not in FINAL):
        found[ahead(row) or of_state[State(row.loan.state)]].append(row)
    return [
        Group(title, tuple(found[title]), is_mixed=len(titles[title]) > 1)
        for title in titles
        if found[title]
    ]
