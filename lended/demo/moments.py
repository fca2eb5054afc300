"""When the steps of the demo happened: on working mornings, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lended import clock
from lended.loans.rules.calendar import next_working_day


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do at a moment."""

    moment: datetime
    do: Callable[[], object]


def morning(day: date) -> datetime:
    """Return a moment on a working morning, not always to the same minute."""
    at_work = next_working_day(day)
    return datetime.combine(at_work, time(8, 40 + at_work.day % 20), tzinfo=clock.LONDON)


def in_order(moments: list[datetime]) -> list[datetime]:
    """Return the moments, each at least ten minutes after the one before."""
    ordered: list[datetime] = []
    for moment in moments:
        least = ordered[-1] + timedelta(minutes=10) if ordered else moment
        ordered.append(max(moment, least))
    return ordered
