"""Whether what was promised can still be kept, when reality has broken a promise before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from lended import clock
from lended.access import CLOCK
from lended.db import rows
from lended.loans.events import CapacityFreed, LoanAtRisk
from lended.loans.models import Loan, LoanLine, Pool
from lended.loans.rules import NOT_SENT_YET, State
from lended.loans.rules.availability import Hold, out_of_reach
from lended.loans.service.change import note
from lended.loans.service.guard import lock_stock
from lended.work import Work

Line = Row[*tuple[Any, ...]]
HELD = (
    select(
        LoanLine.id,
        LoanLine.loan_id,
        LoanLine.state,
        LoanLine.quantity,
        LoanLine.blocked_from,
        LoanLine.blocked_until,
        Loan.at_risk_at,
    )
    .join(Loan, Loan.id == LoanLine.loan_id)
    .where(
        LoanLine.pool_id == bindparam("pool_id"),
        LoanLine.holds,
        LoanLine.blocked_until > bindparam("today"),
    )
    .order_by(LoanLine.id)
)
"""What has something of a pool already, or waits to be sent it."""


def recheck(work: Work, product_id: int) -> None:
    """Flag the loans to come that no longer fit, and those that fit again; each is told once."""
    waiting: dict[int, bool] = {}
    broken: set[int] = set()
    for pool in lock_stock(work, product_id):
        if pool.unlimited:
            continue
        lines = rows(work.session, HELD, {"pool_id": pool.id, "today": clock.today()}).all()
        promised = [line for line in lines if State(line.state) in NOT_SENT_YET]
        waiting |= {line.loan_id: line.at_risk_at is not None for line in promised}
        if promised:
            taken = [line for line in lines if State(line.state) not in NOT_SENT_YET]
            broken |= _broken(pool, taken, promised)
    for loan_id, flagged in waiting.items():
        if flagged != (loan_id in broken):
            _flag(work, work.session.get_one(Loan, loan_id), at_risk=not flagged)


def recheck_freed(work: Work, event: CapacityFreed) -> None:
    """Look again at what is promised when there may be more, or less, of it than before."""
    recheck(work, event.product_id)


def due_look_again(_today: date) -> Select[Loan]:
    """Find the loans that are at risk: what was not ready yesterday may be today."""
    return select(Loan).where(Loan.at_risk_at.is_not(None), Loan.state.in_(NOT_SENT_YET))


def look_again(work: Work, loan: Loan) -> bool:
    """Take the flag from a loan that fits again."""
    recheck(work, loan.product_id)
    return loan.at_risk_at is None


def _broken(pool: Pool, taken: Sequence[Line], promised: Sequence[Line]) -> set[int]:
    """Return the loans of those lines that can no longer be had, beside what others have."""
    in_service = pool.in_service
    assert in_service is not None
    of_line = {line.id: line.loan_id for line in promised}
    lost = out_of_reach(
        in_service,
        [_hold(line) for line in taken],
        [(line.id, _hold(line)) for line in promised],
    )
    return {of_line[line_id] for line_id in lost}


def _hold(line: Line) -> Hold:
    return Hold(line.quantity, line.blocked_from, line.blocked_until)


def _flag(work: Work, loan: Loan, *, at_risk: bool) -> None:
    loan.at_risk_at = clock.now() if at_risk else None
    note(work, CLOCK, loan, "at_risk" if at_risk else "risk_over", {})
    work.record(LoanAtRisk(loan.id, at_risk, clock.now()))
