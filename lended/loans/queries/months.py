"""Reading availability as a calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from lended import clock
from lended.loans.queries.stock import TYPICAL_WEEKS, holds, pauses_of, stock_of_product
from lended.loans.rules.availability import Stock
from lended.loans.rules.calendar import DAY, Window
from lended.loans.rules.months import Month, months

MONTHS_SHOWN = 2


def availability_months(session: Session, product_id: int) -> tuple[Month, ...]:
    """Return on which days of the coming months a loan could begin; nothing without stock.

    Reckoned for four weeks, or for as long as the product is lent when that is shorter.
    """
    pool = stock_of_product(session, product_id)
    if pool is None:
        return ()
    tomorrow = clock.today() + DAY
    held = holds(session, [pool.id], Window(tomorrow, date.max))
    return months(
        Stock(None if pool.unlimited else pool.capacity, pauses_of(pool, pool.product.supplier)),
        held.get(pool.id, []),
        weeks=min(TYPICAL_WEEKS, pool.product.loan_weeks_most),
        ready_on=tomorrow,
        count=MONTHS_SHOWN,
    )
