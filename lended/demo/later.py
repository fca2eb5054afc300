"""States whose moves are not built yet, set by hand so that the demo shows every one.

When a move of the table is built, its state is led to by the services like the others, and its
line here goes.
"""

from __future__ import annotations

from sqlalchemy import update

from lended import clock
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.rules import HOLDING, State
from lended.loans.rules.availability import NEVER
from lended.work import Work

REASONS = {
    State.OVERDUE: "It had not come back on the working day after it was due.",
    State.NO_SHOW: "The seats were not taken up.",
    State.LOST: "The box did not come back, and nobody could find it.",
    State.FAILED_DELIVERY: "The carrier brought it back twice.",
}


def force(work: Work, loan_id: int, state: State) -> None:
    """Put a loan into a state without its move, with an event that says so."""
    loan = work.session.get_one(Loan, loan_id, populate_existing=True)
    moment = clock.now()
    work.session.add(
        LoanEvent(
            loan_id=loan.id,
            person_id=None,
            at=moment,
            kind=state,
            from_state=loan.state,
            to_state=state,
            words=REASONS[state],
        )
    )
    change = {"state": state, "holds": state in HOLDING}
    if state == State.OVERDUE:
        change["blocked_until"] = NEVER
    work.session.execute(update(LoanLine).where(LoanLine.loan_id == loan.id).values(**change))
    loan.state, loan.changed_at = state, moment
    work.session.flush()
