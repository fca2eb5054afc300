"""Reading what is free over a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from lended import clock
from lended.loans.queries.stock import lent_products
from lended.loans.rules import periods
from lended.loans.rules.calendar import DAY, Dates
from lended.loans.rules.periods import Availability


def availability(
    session: Session,
    product_ids: Iterable[int],
    dates: Dates,
    sets: int = 1,
    school_id: int | None = None,
) -> dict[int, Availability]:
    """Return what of each product is free over a stretch of days, in two queries for all of them.

    Products that are not published, or of which their supplier lends nothing, are left out.

    Parameters
    ----------
    school_id
        The organisation at which kits have to arrive; None when that is not known.
    """
    today = clock.today()
    return {
        product_id: periods.availability(
            lent.stocks,
            dates,
            sets,
            weeks=min(dates.weeks, lent.weeks_most),
            ready_on=today + DAY,
        )
        for product_id, lent in lent_products(session, product_ids, today, school_id).items()
    }
