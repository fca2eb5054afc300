"""How many are free over a stretch of days, day by day, and for one loan as long as the stretch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import floordiv

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
    limited = [stock for stock in stocks if stock.capacity is not None]
    left = [stock.capacity or 0 for stock in limited]
    in_a_set = [stock.in_a_set for stock in limited]
    start, end = dates.starts_on, dates.due_on + DAY
    found: list[Period] = []
    for day, changes in [*_edges(limited, Window(start, end)), (end, ())]:
        if day > start:
            free = _told(min(map(floordiv, left, in_a_set), default=None))
            if found and found[-1].free == free:
                start = found.pop().starts_on
            found.append(Period(start, day - DAY, free))
            start = day
        for place, change in changes:
            left[place] += change
    return tuple(found)


def _edges(stocks: Sequence[Stock], window: Window) -> list[tuple[date, Sequence[tuple[int, int]]]]:
    """Return the days on which what is left of some stock changes, in order, and by how much."""
    changes: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for place, stock in enumerate(stocks):
        for hold in stock.holds:
            if hold.start < window.end and hold.end > window.start:
                changes[max(hold.start, window.start)].append((place, -hold.quantity))
                changes[hold.end].append((place, hold.quantity))
    return [(day, changes[day]) for day in sorted(changes) if day < window.end]


def _told(free: int | None) -> int | None:
    """Return a number of free ones as it is told: never below none, even when one is lost."""
    return None if free is None else max(free, 0)
