"""Until when something stays held: until it is ready again, or while nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lended import clock
from lended.loans import queries
from lended.loans.models import Loan, LoanLine, Pool
from lended.loans.rules.availability import NEVER
from lended.loans.rules.calendar import DAY, Window, add_working_days
from lended.loans.rules.terms import Part
from lended.loans.service.guard import Held
from lended.loans.service.promises import dates_of
from lended.work import Work


def kit_lines(loan: Loan) -> list[LoanLine]:
    """Return the lines of which something is sent and comes back."""
    return [line for line in loan.lines if line.pool.kind == "physical"]


def lines_without_serials(loan: Loan) -> list[LoanLine]:
    """Return the lines of which nobody can say for each kit which one went."""
    return [
        line
        for line in kit_lines(loan)
        if sum(binding.unit_id is not None for binding in line.bindings) < line.quantity
    ]


def still_out(loan: Loan) -> str:
    """Return what of a loan has not come back, as people say it: 2 × Tablets."""
    return ", ".join(
        Part(line.pool.kind, line.quantity - line.back, line.pool.label).words
        for line in kit_lines(loan)
        if line.back < line.quantity
    )


def until_ready(loan: Loan) -> Held:
    """Return what stays held after a loan that came back today: kits, until they are ready again.

    Nothing is held longer than it was: others may have been promised it from then on.
    """
    windows = {
        line.pool_id: Window(
            line.blocked_from, max(min(line.blocked_until, day), line.blocked_from + DAY)
        )
        for line in kit_lines(loan)
        if (day := _ready_again_on(loan, line.pool)) > clock.today()
    }
    return Held(dates_of(loan), windows, lasting=True)


def open_ended(loan: Loan, lines: Iterable[LoanLine]) -> Held:
    """Return what stays held while nobody knows when it will be there again."""
    windows = {line.pool_id: Window(line.blocked_from, NEVER) for line in lines}
    return Held(dates_of(loan), windows, lasting=True)


def keep_open_ended(work: Work, lines: Iterable[LoanLine]) -> None:
    """Hold lines while nobody knows when what they have comes back."""
    for line in lines:
        line.blocked_until = NEVER
    work.session.flush()


def _ready_again_on(loan: Loan, pool: Pool) -> date:
    pauses = queries.pauses_of(pool, loan.supplier)
    return add_working_days(clock.today(), pauses.turnaround, pauses.supplier)
