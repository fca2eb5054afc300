"""Working days, and the days around a loan in which nobody else can have the thing.

Bank holidays are those of England, from the `holidays` library, never from a table of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

DAY = timedelta(days=1)
SATURDAY = 5
DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Window:
    """Whole dates ``[start, end)``, half-open."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day at a school, both inclusive, as people say them."""

    starts_on: date
    due_on: date

    @property
    def weeks(self) -> int:
        """How many weeks, a part of one counted whole."""
        return -(-((self.due_on - self.starts_on).days + 1) // DAYS_IN_A_WEEK)


@dataclass(frozen=True, slots=True)
class Pauses:
    """The working days a supplier needs around a loan of a physical kit; none for digital seats."""

    preparation: int = 0
    transit_out: int = 0
    transit_back: int = 0
    turnaround: int = 0

    @property
    def before(self) -> int:
        """Working days between the kit's leaving the shelf and the loan's first day."""
        return self.preparation + self.transit_out

    @property
    def after(self) -> int:
        """Working days between the loan's last day and the kit's being ready again."""
        return self.transit_back + self.turnaround


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England in a year."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Tell whether suppliers and schools work on a day: no weekend, no bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """Return the day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the working day that lies so many working days after a day; itself for none."""
    for _ in range(count):
        day = next_working_day(day + DAY)
    return day


def take_working_days(day: date, count: int) -> date:
    """Return the working day that lies so many working days before a day; itself for none."""
    for _ in range(count):
        day -= DAY
        while not is_working_day(day):
            day -= DAY
    return day


def blocked_window(dates: Dates, pauses: Pauses) -> Window:
    """Return the dates on which nobody else can have what is lent."""
    return Window(
        take_working_days(dates.starts_on, pauses.before),
        add_working_days(dates.due_on, pauses.after) + DAY,
    )


def first_start(ready_on: date, pauses: Pauses) -> date:
    """Return the first working day on which a kit ready on a day can be at a school."""
    if not pauses.before:
        return next_working_day(ready_on)
    return next_working_day(add_working_days(ready_on - DAY, pauses.before) + DAY)


def whole_weeks(starts_on: date, weeks: int) -> Dates:
    """Return the dates of a loan of so many whole weeks."""
    return Dates(starts_on, starts_on + timedelta(weeks=weeks) - DAY)


def in_words(day: date) -> str:
    """Write a date in full, as people read it: Monday 5 April 2027."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"
