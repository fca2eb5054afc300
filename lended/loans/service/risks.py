"""Whether what was promised can still be kept, when reality has broken a promise before it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from lended import clock
from lended.access import CLOCK
from lended.loans.events import CapacityFreed, LoanAtRisk
from lended.loans.models import Loan, LoanLine, Pool
from lended.loans.rules import NOT_SENT_YET, State
from lended.loans.rules.availability import Hold, out_of_reach
from lended.loans.service.change import note
from lended.loans.service.guard import lock_stock
from lended.work import Work


def recheck(work: Work, product_id: int) -> None:
    """Flag the loans to come that no longer fit, and those that fit again; each is told once."""
    pools = [pool for pool in lock_stock(work, product_id) if not pool.unlimited]
    waiting: dict[int, Loan] = {}
    broken: set[int] = set()
    for pool in pools:
        taken, promised = _held(work, pool)
        waiting |= {line.loan_id: line.loan for line in promised}
        if promised:
            broken |= _broken(pool, taken, promised)
    for loan in waiting.values():
        _flag(work, loan, at_risk=loan.id in broken)


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


def _held(work: Work, pool: Pool) -> tuple[list[LoanLine], list[LoanLine]]:
    """Return the lines that have something already, and those that wait to be sent it."""
    lines = work.session.scalars(
        select(LoanLine)
        .where(
            LoanLine.pool_id == pool.id,
            LoanLine.holds,
            LoanLine.blocked_until > clock.today(),
        )
        .options(joinedload(LoanLine.loan))
        .order_by(LoanLine.id)
        .execution_options(populate_existing=True)
    )
    found: dict[bool, list[LoanLine]] = defaultdict(list)
    for line in lines:
        found[State(line.state) in NOT_SENT_YET].append(line)
    return found[False], found[True]


def _broken(pool: Pool, taken: list[LoanLine], promised: list[LoanLine]) -> set[int]:
    in_service = pool.in_service
    assert in_service is not None
    of_line = {line.id: line.loan_id for line in promised}
    lost = out_of_reach(
        in_service,
        [_hold(line) for line in taken],
        [(line.id, _hold(line)) for line in promised],
    )
    return {of_line[line_id] for line_id in lost}


def _hold(line: LoanLine) -> Hold:
    return Hold(line.quantity, line.blocked_from, line.blocked_until)


def _flag(work: Work, loan: Loan, *, at_risk: bool) -> None:
    if at_risk == (loan.at_risk_at is not None):
        return
    loan.at_risk_at = clock.now() if at_risk else None
    note(work, CLOCK, loan, "at_risk" if at_risk else "risk_over", {})
    work.record(LoanAtRisk(loan.id, at_risk, clock.now()))
