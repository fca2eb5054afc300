"""Availability as months of days: on which days a loan could begin, and how many are free then."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lended.loans.rules.availability import NEVER, Stock, earliest_of, sets_free, sets_in_service
from lended.loans.rules.calendar import whole_weeks
from lended.loans.rules.plans import MOST_DAYS_AHEAD

BORROWABLE = frozenset({"free", "some"})


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which a loan could begin.

    Parameters
    ----------
    state
        ``free`` (all of them), ``some``, ``none`` (fewer than were asked for), ``not_back``
        (something is late, and nobody knows until when), ``closed`` (nobody works) or ``past``
        (too soon).
    free, most
        How many are free for the whole loan, and how many there are when nothing is lent; None
        where there is no limit and where nothing is lent that day.
    """

    on: date
    state: str
    free: int | None = None
    most: int | None = None
    url: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday; None stands for a day of another month.

    Parameters
    ----------
    on
        Its first day.
    soonest
        Whether no loan could begin before it.
    """

    title: str
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    on: date
    soonest: bool


def months(
    stocks: Sequence[Stock],
    *,
    sets: int = 1,
    weeks: int,
    ready_on: date,
    since: date | None = None,
    count: int,
) -> tuple[Month, ...]:
    """Return so many months.

    Parameters
    ----------
    sets, weeks
        How many and for how long the days are looked at.
    ready_on
        The first day on which the supplier could begin to prepare.
    since
        A day of the first month; None for that in which the first loan could begin.
    """
    first = earliest_of(stocks, ready_on)

    def weeks_of(month: date) -> tuple[tuple[CalendarDay | None, ...], ...]:
        return tuple(
            tuple(
                day_of(stocks, month.replace(day=number), sets=sets, weeks=weeks, first=first)
                if number
                else None
                for number in week
            )
            for week in calendar.monthcalendar(month.year, month.month)
            if month.replace(day=max(week)) >= first
        )

    begins = max(since or first, first).replace(day=1)
    following = [month_later(begins, number) for number in range(count)]
    return tuple(
        Month(f"{month:%B %Y}", weeks_of(month), month, soonest=month <= first)
        for month in following
    )


def day_of(stocks: Sequence[Stock], on: date, *, sets: int, weeks: int, first: date) -> CalendarDay:
    """Return a day as the calendar shows it.

    Parameters
    ----------
    first
        The first day on which a loan could begin at all.
    """
    if not all(stock.pauses.meet_on(on) for stock in stocks):
        return CalendarDay(on, "closed")
    if on < first:
        return CalendarDay(on, "past")
    free, most = sets_free(stocks, whole_weeks(on, weeks)), sets_in_service(stocks)
    if free is None or most is None:
        return CalendarDay(on, "free")
    state = _none_left(stocks) if free < sets else "some" if free < most else "free"
    return CalendarDay(on, state, max(free, 0), most)


def may_begin_on(day: CalendarDay, today: date) -> bool:
    """Tell whether a request may name a day: something is free, and not more than a year ahead."""
    near = day.on <= today + timedelta(days=MOST_DAYS_AHEAD)
    return day.state in BORROWABLE and near


def month_later(first: date, count: int) -> date:
    """Return the first day of the month so many months after that of a first day."""
    number = first.year * 12 + first.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def _none_left(stocks: Sequence[Stock]) -> str:
    """Tell a thing that somebody has from one that has not come back and has no date."""
    late = any(hold.end == NEVER for stock in stocks for hold in stock.holds)
    return "not_back" if late else "none"
