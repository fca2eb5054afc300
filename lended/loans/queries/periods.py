"""Reading what is free over a stretch of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Organisation
from lended.loans.models import Pool
from lended.loans.queries.stock import stocks
from lended.loans.rules import periods
from lended.loans.rules.calendar import DAY, Dates, Window
from lended.loans.rules.periods import Availability


def availability(
    session: Session,
    pools: Sequence[Pool],
    school: Organisation | None,
    dates: Dates,
    sets: int,
) -> Availability:
    """Return what of a product is free over a stretch of days.

    Parameters
    ----------
    pools
        All of the product's, with their supplier; at least one.
    school
        Where it would go; None when that is not known.
    """
    product, today = pools[0].product, clock.today()
    return periods.availability(
        stocks(session, pools, product.supplier, Window(today, date.max), school=school),
        dates,
        sets,
        weeks=min(dates.weeks, product.loan_weeks_most),
        ready_on=today + DAY,
    )
