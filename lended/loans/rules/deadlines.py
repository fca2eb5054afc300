"""Until when somebody is expected to act."""

from __future__ import annotations

from datetime import date

from lended.loans.rules.calendar import Dates, Window, add_working_days
from lended.loans.rules.states import State

DAYS_TO_ANSWER: dict[State, int] = {
    State.SCHOOL_SIGNOFF: 5,
    State.REQUESTED: 5,
    State.OFFERED: 2,
    State.RETURNING: 5,
    State.INSPECTION: 2,
}
"""Working days from the moment a loan came into a state."""


def act_by(
    state: State, since: date, dates: Dates, blocked: Window, deletion_due: date | None
) -> date | None:
    """Return the day by which the next step is expected; None where no day is.

    Parameters
    ----------
    since
        The day on which the loan came into its state.
    deletion_due
        The day by which the supplier has to delete personal data, if there may be any.
    """
    if state in DAYS_TO_ANSWER:
        return add_working_days(since, DAYS_TO_ANSWER[state])
    if state in {State.APPROVED, State.PREPARING}:
        return blocked.start
    if state in {State.DISPATCHED, State.ISSUED}:
        return dates.starts_on
    if state in {State.ACTIVE, State.OVERDUE}:
        return dates.due_on
    return deletion_due if state is State.ACCESS_ENDED else None
