"""How many are free over a stretch of days, day by day, and for one loan as long as the stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

from lended.errors import Invalid
from lended.loans.rules.availability import Stock, changes_in, earliest_start, sets_free
from lended.loans.rules.calendar import DAY, Dates, Window

FARTHEST = timedelta(days=730)
LONGEST = timedelta(days=366)
FAR_AHEAD = "Choose a day within the next two years."


class Period(NamedTuple):
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
    start, end = dates.starts_on, dates.due_on + DAY
    free_from = _free_from(stocks, Window(start, end)).items()
    cuts = [(next(days)[0], free) for free, days in groupby(free_from, itemgetter(1))]
    ends = [*(day for day, _ in cuts[1:]), end]
    return tuple(
        Period(first, after - DAY, free) for (first, free), after in zip(cuts, ends, strict=True)
    )


def _free_from(stocks: Sequence[Stock], window: Window) -> dict[date, int | None]:
    """Return how many sets are free from each day on that could change it, in order."""
    steps = [
        (day, place, free)
        for place, stock in enumerate(stocks)
        for day, free in _steps(stock, window)
    ]
    found: dict[date, int | None] = {window.start: None}
    left: dict[int, int] = {}
    for day, place, free in sorted(steps):
        left[place] = free
        found[day] = min(left.values())
    return found


def _steps(stock: Stock, window: Window) -> Iterator[tuple[date, int]]:
    """Yield each day on which the number held changes, with how many sets are left; in order."""
    if stock.capacity is None:
        return
    changes = changes_in(stock.holds, window)
    days = sorted(changes)
    for day, held in zip(days, accumulate(map(changes.__getitem__, days)), strict=True):
        yield day, max(stock.capacity - held, 0) // stock.in_a_set


def _told(free: int | None) -> int | None:
    """Return a number of free ones as it is told: never below none, even when one is lost."""
    return None if free is None else max(free, 0)
