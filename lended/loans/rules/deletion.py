"""When data of an ended trial is kept too long, and what follows from it."""

from __future__ import annotations

from datetime import date, timedelta

from lended.loans.rules.deadlines import DAYS_TO_DELETE

DAYS_UNTIL_BARRED = 45
"""Days from the end of access after which its supplier is asked for no new trial."""

MARKS = (DAYS_TO_DELETE, DAYS_UNTIL_BARRED)


def marks_due(due_on: date, today: date) -> int:
    """Return how often a deletion is to be marked as late by a day: 0, 1 or 2 times.

    The day on which it is due is still in time.
    """
    ended_on = due_on - timedelta(days=DAYS_TO_DELETE)
    return sum(today > ended_on + timedelta(days=days) for days in MARKS)
