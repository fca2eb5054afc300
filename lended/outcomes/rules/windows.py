"""When an outcome may be given, and when its teacher is reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

OPENS_AFTER = timedelta(days=2)
"""The first day of a loan is day 1, so that an outcome may be given from day 3."""

CLOSES_AFTER = timedelta(days=60)

OCCASIONS: tuple[tuple[str, timedelta], ...] = (
    ("fourteen_days_after", timedelta(days=14)),
    ("three_days_after", timedelta(days=3)),
    ("two_days_before", timedelta(days=-2)),
)
"""Reminders, the latest first, counted from the trial's last day."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The days of a trial.

    Parameters
    ----------
    began_on
        When the product was there; the first day agreed where nobody confirmed it.
    ends_on
        The day it ended, or the last day agreed while it has not.
    ended
        Whether it has been given back or access has ended.
    """

    began_on: date
    ends_on: date
    ended: bool

    @property
    def opens_on(self) -> date:
        """The first day on which an outcome may be given."""
        return self.began_on + OPENS_AFTER

    @property
    def closes_on(self) -> date:
        """The last day on which an outcome may be given or changed."""
        return self.ends_on + CLOSES_AFTER

    @property
    def weeks(self) -> int:
        """How many weeks the trial lasts, a begun half counted as one; never less than one."""
        return max(1, round(((self.ends_on - self.began_on).days + 1) / 7))

    def is_open(self, today: date) -> bool:
        """Tell whether an outcome may be given today; what is not back yet keeps it open."""
        return self.opens_on <= today and (not self.ended or today <= self.closes_on)


def occasion(trial: Trial, today: date) -> str | None:
    """Return which reminder is due today, or None.

    A missed day is caught up, but never with an older reminder once a later one is due.
    """
    if not trial.is_open(today) or today > trial.closes_on:
        return None
    return next((name for name, after in OCCASIONS if today >= trial.ends_on + after), None)
