"""Keeping a loan longer: how often, how long, and until when it may still be asked."""

from __future__ import annotations

from datetime import date, timedelta

from lended.loans.rules.calendar import DAY, Dates, WorkingDays, add_working_days, in_words

MOST_EXTENSIONS = 2
"""A third wish to keep something says that it has become part of the lessons."""

GRACE_DAYS = 3
"""Working days after the last day in which it can still be asked for."""


def last_day_possible(dates: Dates, weeks_most: int) -> date:
    """Return the last day until which a loan may ever be kept: twice the product's longest loan."""
    return max(dates.starts_on + timedelta(weeks=2 * weeks_most) - DAY, dates.due_on)


def extension_wrong(
    until: date, dates: Dates, weeks_most: int, today: date, days: WorkingDays
) -> dict[str, str]:
    """Return what is wrong with a wish to keep a loan, keyed by field; nothing when all is well.

    Parameters
    ----------
    weeks_most
        The longest loan of the product.
    days
        The working days of the school.
    """
    last = last_day_possible(dates, weeks_most)
    if today > add_working_days(dates.due_on, GRACE_DAYS, days):
        return {"until": "It was due back some days ago. Please send it back now."}
    if until <= dates.due_on:
        return {"until": f"It is yours until {in_words(dates.due_on)} already. Choose a later day."}
    if until <= today:
        return {"until": "This day has passed. Choose one that lies ahead."}
    if until > last:
        return {"until": f"It can be kept until {in_words(last)} at the latest."}
    return {}
