"""Availability as months of days: on which days a loan could begin, and how many are free then."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lended.loans.rules.availability import Hold, Stock, free_in
from lended.loans.rules.calendar import blocked_window, first_start, is_working_day, whole_weeks

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
        ``free``, ``few``, ``none``, ``closed`` (nobody works) or ``past`` (too soon).
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
    stock: Stock, holds: Sequence[Hold], *, weeks: int, ready_on: date, count: int
) -> tuple[Month, ...]:
    """Return so many months, from the one in which the first loan could begin.

    Parameters
    ----------
    weeks
        How long the loan is for which the days are looked at.
    ready_on
        The first day on which the supplier could begin to prepare.
    """
    first = first_start(ready_on, stock.pauses)

    def day_of(on: date) -> CalendarDay:
        if not is_working_day(on):
            return CalendarDay(on, None, "closed")
        if on < first:
            return CalendarDay(on, None, "past")
        window = blocked_window(whole_weeks(on, weeks), stock.pauses)
        free = free_in(stock.capacity, holds, window)
        return CalendarDay(on, None if free is None else max(free, 0), _state(stock, free))

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


def _state(stock: Stock, free: int | None) -> str:
    if free is None:
        return "free"
    if free <= 0:
        return "none"
    scarce = (stock.capacity or 0) >= FEW_OF_AT_LEAST and free <= FEW
    return "few" if scarce else "free"
