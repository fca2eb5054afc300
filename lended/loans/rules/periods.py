"""How many are free over a stretch of days, day by day, and for one loan as long as the stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from lended.errors import Invalid
from lended.loans.rules.availability import Stock, earliest_start, sets_free
from lended.loans.rules.calendar import DAY, Dates, Window

FARTHEST = timedelta(days=730)
LONGEST = timedelta(days=366)
FAR_AHEAD = "Choose a day within the next two years."


@dataclass(frozen=True, slots=True)
class Period:
    """Days on end, both inclusive, on each of which so many sets are free; None for no limit."""

    starts_on: date
    ends_on: date
    free: int | None


@dataclass(frozen=True, slots=True)
class Availability:
    """What is free over a stretch of days.

    Parameters
    ----------
    periods
        What is with nobody, without the days that sending and checking would take.
    free
        How many sets could be lent as one loan over the whole stretch; None for no limit.
    earliest_start
        From when so many could be lent for as long; None when nobody knows, or never.
    """

    periods: tuple[Period, ...]
    free: int | None
    earliest_start: date | None


def demand_stretch(dates: Dates, today: date) -> None:
    """Go on only with days that lie ahead, in order, and not too many.

    Raises
    ------
    Invalid
        Beside ``from`` or ``to``.
    """
    problems = {}
    if dates.starts_on < today:
        problems["from"] = "This day has passed. Choose today or a later day."
    elif dates.starts_on > today + FARTHEST:
        problems["from"] = FAR_AHEAD
    if dates.due_on < dates.starts_on:
        problems["to"] = "The last day cannot come before the first."
    elif dates.due_on - dates.starts_on > LONGEST:
        problems["to"] = "Ask for a year at most."
    if problems:
        raise Invalid(problems=problems)


def availability(
    stocks: Sequence[Stock], dates: Dates, sets: int, *, weeks: int, ready_on: date
) -> Availability:
    """Return what is free over a stretch of days, and from when so many sets are for so many weeks.

    Parameters
    ----------
    stocks
        With everything that holds them from the day of asking on, not only in the stretch.
    ready_on
        The first day on which the supplier could begin to prepare.
    """
    return Availability(
        periods(stocks, dates),
        _told(sets_free(stocks, dates)),
        earliest_start(stocks, sets, weeks, ready_on),
    )


def periods(stocks: Sequence[Stock], dates: Dates) -> tuple[Period, ...]:
    """Return a stretch of days cut where the number of sets that are free changes."""
    end = dates.due_on + DAY
    holds = [hold for stock in stocks for hold in stock.holds]
    moments = {moment for hold in holds for moment in (hold.start, hold.end)}
    edges = [dates.starts_on, *sorted(day for day in moments if dates.starts_on < day < end), end]
    found: list[Period] = []
    for start, stop in pairwise(edges):
        free = _free_in(stocks, Window(start, stop))
        if found and found[-1].free == free:
            start = found.pop().starts_on  # noqa: PLW2901 - the two are one
        found.append(Period(start, stop - DAY, free))
    return tuple(found)


def _free_in(stocks: Sequence[Stock], window: Window) -> int | None:
    found = [free for stock in stocks if (free := stock.free_in(window)) is not None]
    return _told(min(found, default=None))


def _told(free: int | None) -> int | None:
    """Return a number of free ones as it is told: never below none, even when one is lost."""
    return None if free is None else max(free, 0)
