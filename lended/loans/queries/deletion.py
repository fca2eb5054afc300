"""Reading whose data is kept too long."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from lended.db import rows
from lended.loans.models import DeletionDuty, Loan
from lended.loans.rules import TO_BE_DELETED
from lended.loans.rules.deadlines import DAYS_TO_DELETE

FIRST_LATE = (
    select(func.min(DeletionDuty.due_on))
    .join(Loan, Loan.id == DeletionDuty.loan_id)
    .where(
        Loan.supplier_id == bindparam("supplier_id"),
        Loan.state.in_(TO_BE_DELETED),
        DeletionDuty.confirmed_at.is_(None),
        DeletionDuty.due_on < bindparam("today"),
    )
)
"""Built once: every request asks it, and building one costs as much as running it."""


def deletion_waits_since(session: Session, supplier_id: int, today: date) -> date | None:
    """Return since when data of an ended trial waits to be deleted, where that is too long.

    None where nothing is late. Reckoned from the dates, so that it is true whether or not the
    clock has run.
    """
    due_on = rows(session, FIRST_LATE, {"supplier_id": supplier_id, "today": today}).scalar()
    return due_on - timedelta(days=DAYS_TO_DELETE) if due_on else None
