"""Availability as months of days: on which days a loan could begin, and how many are free then."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lended.loans.rules.availability import NEVER, Stock, earliest_of, sets_free
from lended.loans.rules.calendar import whole_weeks

FEW = 2
FEW_OF_AT_LEAST = 4


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which a loan could begin.

    Parameters
    ----------
    free
        How many are free for the whole loan; None where there is no limit or nothing is lent.
    state
        ``free``, ``few``, ``none``, ``not_back`` (something is late, and nobody knows until when),
        ``closed`` (nobody works) or ``past`` (too soon).
    """

    on: date
    free: int | None
    state: str
    url: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday; None stands for a day of another month."""

    title: str
    weeks: tuple[tuple[CalendarDay | None, ...], ...]


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
    return tuple(
        Month(
            f"{date(year, month, 1):%B %Y}",
            tuple(
                tuple(
                    day_of(stocks, date(year, month, number), sets=sets, weeks=weeks, first=first)
                    if number
                    else None
                    for number in week
                )
                for week in calendar.monthcalendar(year, month)
                if date(year, month, max(week)) >= first
            ),
        )
        for year, month in _following(since or first, count)
    )


def day_of(stocks: Sequence[Stock], on: date, *, sets: int, weeks: int, first: date) -> CalendarDay:
    """Return a day as the calendar shows it.

    Parameters
    ----------
    first
        The first day on which a loan could begin at all.
    """
    if not all(stock.pauses.meet_on(on) for stock in stocks):
        return CalendarDay(on, None, "closed")
    if on < first:
        return CalendarDay(on, None, "past")
    free = sets_free(stocks, whole_weeks(on, weeks))
    return CalendarDay(on, None if free is None else max(free, 0), _state(stocks, free, sets))


def _following(first: date, count: int) -> list[tuple[int, int]]:
    start = first.year * 12 + first.month - 1
    return [(number // 12, number % 12 + 1) for number in range(start, start + count)]


def _state(stocks: Sequence[Stock], free: int | None, sets: int) -> str:
    if free is None:
        return "free"
    if free < sets:
        return _none_left(stocks)
    most = min(stock.capacity // stock.in_a_set for stock in stocks if stock.capacity is not None)
    return "few" if most >= FEW_OF_AT_LEAST and free <= FEW else "free"


def _none_left(stocks: Sequence[Stock]) -> str:
    """Tell a thing that somebody has from one that has not come back and has no date."""
    late = any(hold.end == NEVER for stock in stocks for hold in stock.holds)
    return "not_back" if late else "none"
