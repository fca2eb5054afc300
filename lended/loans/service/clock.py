"""What time itself moves.

Everything is computed from dates at each run, so that a missed night catches up and a second run
finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from lended import clock
from lended.access import CLOCK
from lended.catalogue.models import Supplier
from lended.loans.models import Loan, LoanLine
from lended.loans.rules import State
from lended.loans.rules.calendar import add_working_days
from lended.loans.service.change import change
from lended.loans.service.give_back import owe_deletion
from lended.work import Work

DAYS_UNTIL_ASSUMED = 2
AT_ONCE = 200
WHOLE = (
    joinedload(Loan.supplier).joinedload(Supplier.organisation),
    joinedload(Loan.school),
    selectinload(Loan.lines).joinedload(LoanLine.pool),
)
"""What a move has to know of a loan."""


@dataclass(frozen=True, slots=True)
class ClockRun:
    """How many loans a run of the clock moved, and in which way."""

    received: int
    started: int
    ended: int

    @property
    def total(self) -> int:
        """How many moves were made in all."""
        return self.received + self.started + self.ended


def run_clock(work: Work, today: date) -> ClockRun:
    """Make every move that is due by a day.

    - A kit counts as received two working days after it should have arrived; the history says that
      this was assumed.
    - Access counts as begun on its first day.
    - Access ends the day after its last one; then the supplier owes deletion.
    """
    return ClockRun(
        received=_move_all(work, _sent(), lambda loan: _assume_receipt(work, loan, today)),
        started=_move_all(work, _issued(today), lambda loan: _start(work, loan)),
        ended=_move_all(work, _over(today), lambda loan: _end_access(work, loan)),
    )


def _assume_receipt(work: Work, loan: Loan, today: date) -> bool:
    sent_on = clock.day_of(loan.changed_at)
    arrives_on = add_working_days(sent_on, loan.supplier.transit_out_days)
    if today <= add_working_days(arrives_on, DAYS_UNTIL_ASSUMED):
        return False
    change(work, CLOCK, loan, "confirm_receipt", after={"assumed": True})
    return True


def _start(work: Work, loan: Loan) -> bool:
    change(work, CLOCK, loan, "start")
    return True


def _end_access(work: Work, loan: Loan) -> bool:
    change(work, CLOCK, loan, "end_access")
    owe_deletion(work, loan)
    return True


def _move_all(work: Work, due: Select[Loan], move: Callable[[Loan], bool]) -> int:
    return sum(move(loan) for loan in _in_portions(work, due))


def _in_portions(work: Work, due: Select[Loan]) -> Iterator[Loan]:
    """Yield loans by ascending id, a portion in memory at a time."""
    last_id = 0
    while True:
        portion = list(
            work.session.scalars(
                due.where(Loan.id > last_id).options(*WHOLE).order_by(Loan.id).limit(AT_ONCE)
            )
        )
        yield from portion
        if len(portion) < AT_ONCE:
            return
        last_id = portion[-1].id
        work.session.expunge_all()


def _sent() -> Select[Loan]:
    return select(Loan).where(Loan.state == State.DISPATCHED)


def _issued(today: date) -> Select[Loan]:
    return select(Loan).where(
        Loan.state == State.ISSUED, Loan.lines.any(LoanLine.starts_on <= today)
    )


def _over(today: date) -> Select[Loan]:
    """Find access in use whose last line has ended; kits wait until they are sent back."""
    return select(Loan).where(
        Loan.state == State.ACTIVE,
        Loan.lines.any(LoanLine.pool.has(kind="digital")),
        ~Loan.lines.any(LoanLine.due_on >= today),
    )
