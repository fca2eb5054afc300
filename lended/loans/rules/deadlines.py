"""Until when somebody is expected to act."""

from __future__ import annotations

from datetime import date, timedelta

from lended.loans.rules.calendar import Dates, Window, WorkingDays, add_working_days
from lended.loans.rules.states import State

DAYS_TO_ANSWER: dict[State, int] = {
    State.SCHOOL_SIGNOFF: 5,
    State.REQUESTED: 5,
    State.OFFERED: 2,
    State.RETURNING: 5,
    State.INSPECTION: 2,
}
"""Working days from the moment a loan came into a state."""


DAYS_TO_TAKE_UP = 5
"""Working days of the supplier after a loan's first day at school. What was not sent or given by
then, or by its last day, is not taken up any more, and free for others. Access that was given
begins by itself."""

DAYS_TO_COMMENT = 5
"""Working days of the school from the day on which an incident is opened."""

REMINDED_AFTER = (7, 14)
"""Days after a loan's last day on which what is not back is asked for again."""

DAYS_TO_DELETE = 30
"""Days from the end of access until personal data must be gone."""


def act_by(
    state: State, since: date, dates: Dates, blocked: Window, days: WorkingDays
) -> date | None:
    """Return the day by which the next step is promised; None where no day is.

    Parameters
    ----------
    since
        The day on which the loan came into its state.
    days
        The working days of whoever has to act.
    """
    if state in DAYS_TO_ANSWER:
        return add_working_days(since, DAYS_TO_ANSWER[state], days)
    if state in {State.APPROVED, State.PREPARING}:
        return blocked.start
    if state in {State.DISPATCHED, State.ISSUED}:
        return dates.starts_on
    if state in {State.ACTIVE, State.OVERDUE}:
        return dates.due_on
    return since + timedelta(days=DAYS_TO_DELETE) if state is State.ACCESS_ENDED else None
