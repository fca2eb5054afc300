"""By when somebody is expected to act, written down when a loan comes into a state."""

from __future__ import annotations

from datetime import date

from lended import clock
from lended.errors import Conflict
from lended.loans.models import Loan
from lended.loans.rules import State
from lended.loans.rules.calendar import Dates, Window, WorkingDays, add_working_days, in_words
from lended.loans.rules.deadlines import DAYS_TO_TAKE_UP, act_by
from lended.loans.rules.openings import read_working_days
from lended.loans.service.guard import Held

HELD_UNTIL = "These dates were held until {day}. That has passed, and they may go to others."
NOT_TAKEN_UP = "This could be taken up until {day}. That has passed, and it may go to others."
THE_SCHOOLS = frozenset({State.SCHOOL_SIGNOFF, State.OFFERED})
"""States in which the school is expected to act; in others its supplier is, or a date says."""


def promised_by(loan: Loan, state: State, held: Held | None) -> date | None:
    """Return the day to promise for the next step of a loan that comes into a state now."""
    today = clock.today()
    dates, blocked = Dates(today, today), Window(today, today)
    if held is not None and held.windows:
        dates, blocked = held.dates, next(iter(held.windows.values()))
    elif loan.lines:
        dates, blocked = dates_of(loan), blocked_of(loan)
    return act_by(state, today, dates, blocked, working_days_of(loan, state))


def demand_in_time(loan: Loan) -> None:
    """Go on only by the day that was promised for the answer, whether the clock has run or not.

    Raises
    ------
    Conflict
        When that day is past.
    """
    if loan.act_by is not None and loan.act_by < clock.today():
        raise Conflict(HELD_UNTIL.format(day=in_words(loan.act_by)))


def last_to_take_up(loan: Loan) -> date:
    """Return the last day on which what was agreed can still be sent, or given."""
    dates, days = dates_of(loan), working_days_of(loan, State.PREPARING)
    return min(add_working_days(dates.starts_on, DAYS_TO_TAKE_UP, days), dates.due_on)


def demand_not_missed(loan: Loan) -> None:
    """Go on only while a loan can still be taken up, whether the clock has run or not.

    Raises
    ------
    Conflict
        When it is too late for that.
    """
    last = last_to_take_up(loan)
    if clock.today() > last:
        raise Conflict(NOT_TAKEN_UP.format(day=in_words(last)))


def working_days_of(loan: Loan, state: State) -> WorkingDays:
    """Return the working days of the side that is expected to act in a state."""
    if state in THE_SCHOOLS or loan.supplier.organisation is None:
        return read_working_days(loan.school.working_days)
    return read_working_days(loan.supplier.organisation.working_days)


def dates_of(loan: Loan) -> Dates:
    """Return the first and the last day of a loan at its school."""
    return Dates(
        min(line.starts_on for line in loan.lines), max(line.due_on for line in loan.lines)
    )


def blocked_of(loan: Loan) -> Window:
    """Return from when to when something is kept for a loan."""
    return Window(
        min(line.blocked_from for line in loan.lines),
        max(line.blocked_until for line in loan.lines),
    )
