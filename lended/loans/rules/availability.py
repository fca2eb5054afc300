"""How many are free: the one function that list, request, approval and calendar all ask.

The greatest sum of half-open intervals is reached at the window's start or where an interval
starts inside it, because the sum only falls everywhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from lended.loans.rules.calendar import (
    DAY,
    Dates,
    Pauses,
    Window,
    blocked_window,
    first_day,
    first_start,
    whole_weeks,
)

NEVER = date(9999, 12, 31)
"""Until when something that has not come back is taken."""
ALWAYS = Window(date.min, date.max)


class Hold(NamedTuple):
    """So many taken over the dates ``[start, end)``; thousands are read at once."""

    quantity: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is of one kind of thing, and what holds it.

    Parameters
    ----------
    capacity
        In service; None when there is no limit.
    in_a_set
        How many a school gets with each set it asks for: 6 tablets, 30 seats.
    """

    capacity: int | None
    pauses: Pauses
    holds: Sequence[Hold] = ()
    in_a_set: int = 1

    def free_in(self, window: Window) -> int | None:
        """Return how many sets are free throughout a window; None when there is no limit."""
        free = free_in(self.capacity, self.holds, window)
        return None if free is None else free // self.in_a_set

    def free_for(self, dates: Dates) -> int | None:
        """Return how many sets can be lent over the whole of some dates; None for any number."""
        if self.capacity is None:
            return None
        return self.free_in(blocked_window(dates, self.pauses))


def changes_in(holds: Iterable[Hold], window: Window) -> dict[date, int]:
    """Return by how much the number held changes on days of a window; by all of it on its first."""
    first, after = window.start, window.end
    changes = defaultdict(int, {first: 0})
    for quantity, start, end in holds:
        if start < after and end > first:
            changes[max(start, first)] += quantity
            if end < after:
                changes[end] -= quantity
    return changes


def most_held(holds: Iterable[Hold], window: Window) -> int:
    """Return the greatest number held at any moment of a window."""
    changes = changes_in(holds, window)
    return max(accumulate(changes[day] for day in sorted(changes)))


def free_in(capacity: int | None, holds: Iterable[Hold], window: Window) -> int | None:
    """Return how many are free throughout a window; None when there is no limit.

    Below zero when reality has broken the promise: a kit was lost, or one is late.
    """
    return None if capacity is None else capacity - most_held(holds, window)


def out_of_reach(
    capacity: int, taken: Iterable[Hold], promised: Iterable[tuple[int, Hold]]
) -> frozenset[int]:
    """Return which promises no longer fit beside what is taken; those that begin first come first.

    Parameters
    ----------
    taken
        Out with schools, or kept from everybody.
    promised
        Not sent yet, each with a number to call it by.
    """
    kept, lost = list(taken), set()
    in_turn = sorted(promised, key=lambda one: (one[1].start, one[0]))
    if most_held([*kept, *(hold for _, hold in in_turn)], ALWAYS) <= capacity:
        return frozenset()
    for number, hold in in_turn:
        if most_held(kept, Window(hold.start, hold.end)) + hold.quantity > capacity:
            lost.add(number)
        else:
            kept.append(hold)
    return frozenset(lost)


def sets_free(stocks: Iterable[Stock], dates: Dates) -> int | None:
    """Return how many whole sets can be lent over some dates; None when there is no limit."""
    found = [free for stock in stocks if (free := stock.free_for(dates)) is not None]
    return min(found, default=None)


def sets_in_service(stocks: Iterable[Stock]) -> int | None:
    """Return how many whole sets there are when nothing is lent; None when there is no limit."""
    found = [stock.capacity // stock.in_a_set for stock in stocks if stock.capacity is not None]
    return min(found, default=None)


def fits(stocks: Iterable[Stock], dates: Dates, sets: int) -> bool:
    """Tell whether so many whole sets can be lent over some dates."""
    free = sets_free(stocks, dates)
    return free is None or free >= sets


def earliest_start(
    stocks: Sequence[Stock],
    sets: int,
    weeks: int,
    ready_on: date,
    not_before: date | None = None,
) -> date | None:
    """Return the first working day from which so many sets can be lent for so many weeks.

    Only the earliest possible day and the days on which something comes back need trying, because
    nothing becomes free on any other.

    Parameters
    ----------
    ready_on
        The first day on which the supplier could begin to prepare.
    not_before
        The first day on which it is wanted; None for as soon as can be.

    Returns
    -------
    date or None
        None when there is not enough stock, or nobody knows when what is out comes back.
    """
    holds = [hold for stock in stocks for hold in stock.holds]
    returns = {hold.end for hold in holds if ready_on < hold.end < NEVER}
    for ready in sorted({ready_on, *returns}):
        start = earliest_of(stocks, ready, not_before)
        if fits(stocks, whole_weeks(start, weeks), sets):
            return start
    return None


def earliest_of(stocks: Sequence[Stock], ready: date, not_before: date | None = None) -> date:
    """Return the first day on which everything ready on a day can be at a school together.

    Parameters
    ----------
    not_before
        The first day that is wanted; None for any.
    """
    return first_day(
        max(first_start(ready, stock.pauses, not_before) for stock in stocks),
        DAY,
        lambda day: all(stock.pauses.meet_on(day) for stock in stocks),
    )
