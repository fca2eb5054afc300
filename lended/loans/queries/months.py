"""Reading availability as a calendar, and the next time that something is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Organisation
from lended.loans.models import Pool
from lended.loans.queries.stock import TYPICAL_WEEKS, stocks
from lended.loans.rules.availability import Stock, earliest_start
from lended.loans.rules.calendar import DAY, Window
from lended.loans.rules.months import Month, months

MONTHS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """How many sets are looked for, for how long, and for whom.

    Parameters
    ----------
    weeks
        None for four, or for as long as the product is lent when that is shorter.
    since
        A day of the first month looked at, or the first day wanted; None for as soon as can be.
    school_id
        The organisation at which kits have to arrive; None when that is not known.
    """

    sets: int = 1
    weeks: int | None = None
    since: date | None = None
    school_id: int | None = None


SOON = Asked()


def availability_months(
    session: Session, pools: Sequence[Pool], asked: Asked = SOON
) -> tuple[Month, ...]:
    """Return on which days of two months a loan could begin; nothing without stock.

    Parameters
    ----------
    pools
        All of a product's, with the product and its supplier.
    """
    if not pools:
        return ()
    return months(
        _stocks(session, pools, asked),
        sets=asked.sets,
        weeks=_weeks(pools, asked),
        ready_on=clock.today() + DAY,
        since=asked.since,
        count=MONTHS_SHOWN,
    )


def earliest_for(session: Session, pools: Sequence[Pool], asked: Asked) -> date | None:
    """Return the first day, not before the one wanted, from which so many sets can be lent.

    None when there is not enough stock, or nobody knows when what is out comes back.

    Parameters
    ----------
    pools
        All of a product's, with the product and its supplier.
    """
    if not pools:
        return None
    return earliest_start(
        _stocks(session, pools, asked),
        asked.sets,
        _weeks(pools, asked),
        clock.today() + DAY,
        asked.since,
    )


def _stocks(session: Session, pools: Sequence[Pool], asked: Asked) -> list[Stock]:
    school = session.get(Organisation, asked.school_id) if asked.school_id else None
    ahead = Window(clock.today() + DAY, date.max)
    return stocks(session, pools, pools[0].product.supplier, ahead, school=school)


def _weeks(pools: Sequence[Pool], asked: Asked) -> int:
    most = pools[0].product.loan_weeks_most
    return min(asked.weeks or TYPICAL_WEEKS, most)
