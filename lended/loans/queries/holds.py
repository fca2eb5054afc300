"""Reading what holds stock: loans, and what is kept for those who waited longest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.orm import Session

from lended import clock
from lended.db import rows
from lended.loans.models import Loan, LoanLine, Pool, QueuePlace
from lended.loans.rules import OUT, State
from lended.loans.rules.availability import Hold
from lended.loans.rules.calendar import Window
from lended.loans.rules.queue import MOST_SKIPS

LINES_OF_OTHERS = select(
    LoanLine.pool_id, LoanLine.quantity, LoanLine.blocked_from, LoanLine.blocked_until
).where(
    LoanLine.blocked_from < bindparam("end"),
    LoanLine.blocked_until > bindparam("start"),
    LoanLine.loan_id != bindparam("without_loan"),
)
OF_POOLS = LoanLine.pool_id.in_(bindparam("pool_ids", expanding=True))
KEPT_FOR = (
    select(QueuePlace.loan_id)
    .join(Loan, Loan.id == QueuePlace.loan_id)
    .where(QueuePlace.skips >= MOST_SKIPS, Loan.state == State.WAITLISTED)
)
"""Loans that were passed over so often on the waiting list that stock is kept for them."""

HELD = LINES_OF_OTHERS.where(LoanLine.holds)
KEPT = LINES_OF_OTHERS.join(Pool, Pool.id == LoanLine.pool_id).where(
    LoanLine.loan_id.in_(KEPT_FOR), LoanLine.quantity <= Pool.capacity
)
"""Nothing is kept for who could not be served even if all were free."""

OUT_NOW = (
    select(LoanLine.pool_id, func.sum(LoanLine.quantity - LoanLine.back))
    .where(OF_POOLS, LoanLine.state.in_(OUT))
    .group_by(LoanLine.pool_id)
)
NO_LOAN = 0
TAKEN = {
    (of_pools, kept): union_all(*(part.where(OF_POOLS) if of_pools else part for part in parts))
    for of_pools in (True, False)
    for kept, parts in ((True, (HELD, KEPT)), (False, (HELD,)))
}
"""What is taken, of some pools or of all, with what is kept or without it; built once, because
building a query costs as much as running it."""


def holds(
    session: Session,
    pool_ids: Iterable[int] | None,
    window: Window,
    without_loan: int | None = None,
    *,
    kept: bool = True,
) -> dict[int, list[Hold]]:
    """Return what holds capacity of each pool somewhere in a window.

    Parameters
    ----------
    pool_ids
        None for every pool there is.
    without_loan
        A loan whose own hold is not to be counted.
    kept
        Whether what is kept for the waiting list counts as held.
    """
    query = TAKEN[pool_ids is not None, kept]
    asked: dict[str, Any] = {
        "start": window.start,
        "end": window.end,
        "without_loan": without_loan or NO_LOAN,
    }
    if pool_ids is not None:
        asked["pool_ids"] = list(pool_ids)
    found: dict[int, list[Hold]] = defaultdict(list)
    for pool_id, quantity, start, end in rows(session, query, asked).all():
        found[pool_id].append(Hold(quantity, start, end))
    return found


def out_now(session: Session, pool_ids: Iterable[int]) -> dict[int, int]:
    """Return how many of each pool are with schools, or on the way, or not checked yet.

    Pools of which nothing is out are left out.
    """
    found = rows(session, OUT_NOW, {"pool_ids": list(pool_ids)})
    return {pool_id: int(many) for pool_id, many in found}


def is_promised(session: Session, pool_ids: Iterable[int]) -> bool:
    """Tell whether anything of these pools is held for a loan today or later."""
    held = select(LoanLine.id).where(
        LoanLine.pool_id.in_(list(pool_ids)),
        LoanLine.holds,
        LoanLine.blocked_until > clock.today(),
    )
    return session.scalar(held.limit(1)) is not None
