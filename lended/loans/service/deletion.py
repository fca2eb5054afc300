"""Data kept too long: marked once on each occasion, and no new trials in the end."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Select, select

from lended import clock
from lended.access import CLOCK
from lended.errors import Conflict
from lended.loans import queries
from lended.loans.models import DeletionDuty, Loan
from lended.loans.rules import TO_BE_DELETED
from lended.loans.rules.calendar import in_words
from lended.loans.rules.deletion import DAYS_UNTIL_BARRED, MARKS, marks_due
from lended.loans.service.change import change
from lended.work import Work


def demand_nothing_kept(work: Work, loan: Loan) -> None:
    """Go on only when the loan's supplier keeps nobody's data for too long.

    Raises
    ------
    Conflict
        When data of an ended trial has been waiting for deletion for more than 45 days.
    """
    today = clock.today()
    since = queries.deletion_waits_since(work.session, loan.supplier_id, today)
    if since is not None and today > since + timedelta(days=DAYS_UNTIL_BARRED):
        raise Conflict(
            f"Data of an ended trial has been waiting since {in_words(since)} for "
            f"{loan.supplier.name} to delete it. There are no new trials until that is done."
        )


def due_late_deletions(today: date) -> Select[Loan]:
    """Find data that should be deleted by now."""
    return (
        select(Loan)
        .join(DeletionDuty, DeletionDuty.loan_id == Loan.id)
        .where(
            Loan.state.in_(TO_BE_DELETED),
            DeletionDuty.due_on < today,
            DeletionDuty.confirmed_at.is_(None),
            DeletionDuty.late_marks < len(MARKS),
        )
    )


def mark_late(work: Work, loan: Loan) -> bool:
    """Mark a deletion as late, once after thirty days and once after forty-five."""
    duty = work.session.get_one(DeletionDuty, loan.id, populate_existing=True)
    due = marks_due(duty.due_on, clock.today())
    if due <= duty.late_marks:
        return False
    duty.late_marks = due
    change(work, CLOCK, loan, "mark_deletion_late", after={"days": MARKS[due - 1]})
    return True
