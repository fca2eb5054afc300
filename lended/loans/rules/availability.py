"""How many are free: the one function that list, request, approval and calendar all ask.

The greatest sum of half-open intervals is reached at the window's start or where an interval
starts inside it, because the sum only falls everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lended.loans.rules.calendar import Pauses, Window, blocked_window, first_start, whole_weeks

NEVER = date(9999, 12, 31)
"""Until when something that has not come back is taken."""


@dataclass(frozen=True, slots=True)
class Hold:
    """So many taken over the dates ``[start, end)``."""

    quantity: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to lend.

    Parameters
    ----------
    capacity
        None when there is no limit.
    """

    capacity: int | None
    pauses: Pauses


def most_held(holds: Iterable[Hold], window: Window) -> int:
    """Return the greatest number held at any moment of a window."""
    inside = [hold for hold in holds if hold.start < window.end and hold.end > window.start]
    moments = {max(hold.start, window.start) for hold in inside}
    return (
        max(
            (sum(hold.quantity for hold in inside if hold.start <= moment < hold.end))
            for moment in moments
        )
        if moments
        else 0
    )


def free_in(capacity: int | None, holds: Iterable[Hold], window: Window) -> int | None:
    """Return how many are free throughout a window; None when there is no limit.

    Below zero when reality has broken the promise: a kit was lost, or one is late.
    """
    return None if capacity is None else capacity - most_held(holds, window)


def fits(capacity: int | None, holds: Iterable[Hold], window: Window, quantity: int) -> bool:
    """Tell whether so many are free throughout a window."""
    free = free_in(capacity, holds, window)
    return free is None or free >= quantity


def earliest_start(
    stock: Stock, holds: Sequence[Hold], quantity: int, weeks: int, ready_on: date
) -> date | None:
    """Return the first working day from which so many can be lent for so many weeks.

    Only the earliest possible day and the days on which something comes back need trying, because
    nothing becomes free on any other.

    Parameters
    ----------
    ready_on
        The first day on which the supplier could begin to prepare.

    Returns
    -------
    date or None
        None when there is not enough stock, or nobody knows when what is out comes back.
    """
    returns = {hold.end for hold in holds if ready_on < hold.end < NEVER}
    for ready in sorted({ready_on, *returns}):
        start = first_start(ready, stock.pauses)
        window = blocked_window(whole_weeks(start, weeks), stock.pauses)
        if fits(stock.capacity, holds, window, quantity):
            return start
    return None
