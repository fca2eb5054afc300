"""Reading availability as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from lended import clock
from lended.loans.models import Pool
from lended.loans.queries.stock import TYPICAL_WEEKS, stocks
from lended.loans.rules.calendar import DAY, Window
from lended.loans.rules.months import Month, months

MONTHS_SHOWN = 2


def availability_months(session: Session, pools: Sequence[Pool]) -> tuple[Month, ...]:
    """Return on which days of the coming months a loan could begin; nothing without stock.

    Reckoned for four weeks, or for as long as the product is lent when that is shorter.

    Parameters
    ----------
    pools
        All of a product's, with the product and its supplier.
    """
    if not pools:
        return ()
    product, tomorrow = pools[0].product, clock.today() + DAY
    return months(
        stocks(session, pools, product.supplier, Window(tomorrow, date.max)),
        weeks=min(TYPICAL_WEEKS, product.loan_weeks_most),
        ready_on=tomorrow,
        count=MONTHS_SHOWN,
    )
