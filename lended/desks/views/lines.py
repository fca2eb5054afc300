"""Loans as lines of a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lended import clock
from lended.desks.queries import UNDER_WAY
from lended.loans.rules import STATE_WORDS, State

if TYPE_CHECKING:
    from lended.loans.models import Loan


@dataclass(frozen=True, slots=True)
class Line:
    """A loan in a line of the desk."""

    loan: Loan
    state: str
    due_on: date | None
    late: bool


def lines(found: Iterable[Loan]) -> list[Line]:
    """Return loans as lines, what is due first."""
    today = clock.today()
    rows = []
    for loan in found:
        due_on = max((line.due_on for line in loan.lines), default=None)
        late = due_on is not None and due_on < today and loan.state in UNDER_WAY
        rows.append(Line(loan, STATE_WORDS[State(loan.state)], due_on, late))
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.loan.id))
