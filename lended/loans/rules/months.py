"""Availability as months of days: on which days a loan could begin, and how many are free then."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lended.loans.rules.availability import NEVER, Stock, sets_free
from lended.loans.rules.calendar import first_start, whole_weeks

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


def months(stocks: Sequence[Stock], *, weeks: int, ready_on: date, count: int) -> tuple[Month, ...]:
    """Return so many months, from the one in which the first loan could begin.

    Parameters
    ----------
    weeks
        How long the loan is for which the days are looked at.
    ready_on
        The first day on which the supplier could begin to prepare.
    """
    first = max(first_start(ready_on, stock.pauses) for stock in stocks)

    def day_of(on: date) -> CalendarDay:
        if not all(stock.pauses.meet_on(on) for stock in stocks):
            return CalendarDay(on, None, "closed")
        if on < first:
            return CalendarDay(on, None, "past")
        free = sets_free(stocks, whole_weeks(on, weeks))
        return CalendarDay(on, None if free is None else max(free, 0), _state(stocks, free))

    return tuple(
        Month(f"{date(year, month, 1):%B %Y}", _weeks(year, month, first, day_of))
        for year, month in _following(first, count)
    )


def _weeks(
    year: int, month: int, first: date, day_of: Callable[[date], CalendarDay]
) -> tuple[tuple[CalendarDay | None, ...], ...]:
    """Return the weeks of a month, without those that end before the first loan could begin."""
    return tuple(
        tuple(day_of(date(year, month, number)) if number else None for number in week)
        for week in calendar.monthcalendar(year, month)
        if date(year, month, max(week)) >= first
    )


def _following(first: date, count: int) -> list[tuple[int, int]]:
    start = first.year * 12 + first.month - 1
    return [(number // 12, number % 12 + 1) for number in range(start, start + count)]


def _state(stocks: Sequence[Stock], free: int | None) -> str:
    if free is None:
        return "free"
    if free <= 0:
        return _none_left(stocks)
    most = min(stock.capacity // stock.in_a_set for stock in stocks if stock.capacity is not None)
    return "few" if most >= FEW_OF_AT_LEAST and free <= FEW else "free"


def _none_left(stocks: Sequence[Stock]) -> str:
    """Tell a thing that somebody has from one that has not come back and has no date."""
    late = any(hold.end == NEVER for stock in stocks for hold in stock.holds)
    return "not_back" if late else "none"
