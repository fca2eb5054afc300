"""Working days, and the days around a loan in which nobody else can have the thing.

Bank holidays of the four nations come from the `holidays` library, never from a table of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from lended.errors import Invalid

DAY = timedelta(days=1)
DAYS_IN_A_WEEK = 7
LONGEST_SEARCH = 1500
"""Days after which nobody is looked for any longer: four years."""

NATIONS: dict[str, str] = {
    "ENG": "England",
    "SCT": "Scotland",
    "WLS": "Wales",
    "NIR": "Northern Ireland",
}


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
class Closure:
    """Days on which an organisation is closed, both inclusive, and what people call them."""

    first_on: date
    last_on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """On which days an organisation works.

    Parameters
    ----------
    nation
        A code of `NATIONS`, for its bank holidays.
    weekdays
        The days of the week on which it works, 0 for Monday to 6 for Sunday; at least one.
    closures
        When it is closed besides: holidays of a supplier, weeks without school.
    """

    nation: str = "ENG"
    weekdays: frozenset[int] = frozenset(range(5))
    closures: tuple[Closure, ...] = ()

    def include(self, day: date) -> bool:
        """Tell whether somebody is there on a day."""
        return (
            day.weekday() in self.weekdays
            and day not in bank_holidays(day.year, self.nation)
            and not any(closed.first_on <= day <= closed.last_on for closed in self.closures)
        )


ENGLAND = WorkingDays()
"""Who has said nothing else works from Monday to Friday, bank holidays of England excepted."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """The working days a supplier needs around a loan of a physical kit; none for digital seats.

    Parameters
    ----------
    supplier
        On which days the supplier prepares, sends and takes back.
    school
        On which days somebody at the school can take a kit in or hand it over; None when it is
        not known which school it is.
    """

    preparation: int = 0
    transit_out: int = 0
    transit_back: int = 0
    turnaround: int = 0
    supplier: WorkingDays = ENGLAND
    school: WorkingDays | None = None

    @property
    def before(self) -> int:
        """Working days between the kit's leaving the shelf and the loan's first day."""
        return self.preparation + self.transit_out

    @property
    def after(self) -> int:
        """Working days between the loan's last day and the kit's being ready again."""
        return self.transit_back + self.turnaround

    def meet_on(self, day: date) -> bool:
        """Tell whether a kit can change hands on a day: both sides are there."""
        at_school = self.school is None or self.school.include(day)
        return at_school and self.supplier.include(day)


@lru_cache(maxsize=256)
def bank_holidays(year: int, nation: str = "ENG") -> frozenset[date]:
    """Return the bank holidays of a nation in a year."""
    return frozenset(country_holidays("GB", subdiv=nation, years=year))


def is_working_day(day: date, days: WorkingDays = ENGLAND) -> bool:
    """Tell whether somebody works on a day."""
    return days.include(day)


def next_working_day(day: date, days: WorkingDays = ENGLAND) -> date:
    """Return the day itself when it is a working day, else the first one after it."""
    return first_day(day, DAY, days.include)


def add_working_days(day: date, count: int, days: WorkingDays = ENGLAND) -> date:
    """Return the working day that lies so many working days after a day; itself for none."""
    for _ in range(count):
        day = first_day(day + DAY, DAY, days.include)
    return day


def take_working_days(day: date, count: int, days: WorkingDays = ENGLAND) -> date:
    """Return the working day that lies so many working days before a day; itself for none."""
    for _ in range(count):
        day = first_day(day - DAY, -DAY, days.include)
    return day


def blocked_window(dates: Dates, pauses: Pauses) -> Window:
    """Return the dates on which nobody else can have what is lent."""
    return Window(leaves_on(dates.starts_on, pauses), ready_again_on(dates.due_on, pauses))


def leaves_on(starts_on: date, pauses: Pauses) -> date:
    """Return the day from which a kit is kept for a loan: preparation and the way to the school.

    It is handed over on the last of these days, when both sides are there.
    """
    if not pauses.transit_out:
        return take_working_days(starts_on, pauses.before, pauses.supplier)
    handed_over = first_day(starts_on - DAY, -DAY, pauses.meet_on)
    return take_working_days(handed_over, pauses.before - 1, pauses.supplier)


def ready_again_on(due_on: date, pauses: Pauses) -> date:
    """Return the day from which a kit is free again after a loan's last day.

    It is handed over on the first day after that on which both sides are there.
    """
    if not pauses.transit_back:
        return add_working_days(due_on, pauses.after, pauses.supplier) + DAY
    handed_over = first_day(due_on + DAY, DAY, pauses.meet_on)
    return add_working_days(handed_over, pauses.after - 1, pauses.supplier) + DAY


def first_start(ready: date, pauses: Pauses, not_before: date | None = None) -> date:
    """Return the first day on which a kit ready on a day can be at a school that works then.

    Parameters
    ----------
    not_before
        The first day on which it is wanted; None for as soon as can be.
    """
    wanted = not_before or date.min
    if not pauses.before:
        return first_day(max(ready, wanted), DAY, pauses.meet_on)
    sent = add_working_days(ready - DAY, max(pauses.before - 1, 0), pauses.supplier)
    if pauses.transit_out:
        arrived = first_day(sent + DAY, DAY, pauses.meet_on)
    else:
        arrived = add_working_days(sent, 1, pauses.supplier)
    return first_day(max(arrived + DAY, wanted), DAY, pauses.meet_on)


def whole_weeks(starts_on: date, weeks: int) -> Dates:
    """Return the dates of a loan of so many whole weeks."""
    return Dates(starts_on, starts_on + timedelta(weeks=weeks) - DAY)


def in_words(day: date) -> str:
    """Write a date in full, as people read it: Monday 5 April 2027."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def first_day(day: date, step: timedelta, suits: Callable[[date], bool]) -> date:
    """Return the first day that suits, beginning with a day and going on by a step.

    Raises
    ------
    Invalid
        When none suits for years: somebody who is never there cannot lend or borrow.
    """
    for _ in range(LONGEST_SEARCH):
        if suits(day):
            return day
        day += step
    raise Invalid("There is no working day for years on end. Look at the days of closure.")
