"""Reading what is free over a stretch of days."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from lended import clock
from lended.loans.models import Pool
from lended.loans.queries.stock import holds, pauses_of
from lended.loans.rules import periods
from lended.loans.rules.availability import Stock
from lended.loans.rules.calendar import DAY, Dates, Window
from lended.loans.rules.periods import Availability


def availability(session: Session, pool: Pool, dates: Dates, quantity: int) -> Availability:
    """Return what of a pool is free over a stretch of days; the pool comes with its supplier."""
    today = clock.today()
    held = holds(session, [pool.id], Window(today, date.max)).get(pool.id, [])
    return periods.availability(
        Stock(None if pool.unlimited else pool.capacity, pauses_of(pool, pool.product.supplier)),
        held,
        dates,
        quantity,
        weeks=min(dates.weeks, pool.product.loan_weeks_most),
        ready_on=today + DAY,
    )
