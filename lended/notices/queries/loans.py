"""How the loans stand that notices speak of, looked up when something is about to be said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import Session

from lended.loans.models import DeletionDuty, Loan, LoanLine, Pool
from lended.loans.rules import State
from lended.notices.models import Notice
from lended.notices.rules import Standing
from lended.notices.rules.reminders import LATEST, REMINDED_IN, SOONEST
from lended.outcomes.models import Outcome

AT_ONCE = 200


def standings(session: Session, loan_ids: Collection[int]) -> dict[int, Standing]:
    """Return how loans stand, by id."""
    if not loan_ids:
        return {}
    rows = session.execute(_standing().where(Loan.id.in_(loan_ids))).all()
    return {row.id: _of(row) for row in rows}


def to_be_reminded(session: Session, today: date, after: int) -> list[Standing]:
    """Return the next loans after an id that have a date near today, by id."""
    first, last = today - LATEST, today + SOONEST
    due, deletion = func.max(LoanLine.due_on), func.max(DeletionDuty.due_on)
    rows = session.execute(
        _standing()
        .where(Loan.state.in_(sorted(REMINDED_IN)), Loan.id > after)
        .having(due.between(first, last) | deletion.between(first, last))
        .limit(AT_ONCE)
    ).all()
    return [_of(row) for row in rows]


def reminders_given(session: Session, loan_ids: Collection[int]) -> set[tuple[int, str, str]]:
    """Return loan, kind and cycle of every reminder there ever was of these loans."""
    rows = session.execute(
        select(Notice.loan_id, Notice.kind, Notice.cycle)
        .where(Notice.loan_id.in_(loan_ids), Notice.cycle != "")
        .distinct()
    ).all()
    return {(row.loan_id, row.kind, row.cycle) for row in rows}


def _standing() -> Select[*tuple[Any, ...]]:
    given = exists().where(Outcome.loan_id == Loan.id).correlate(Loan)
    return (
        select(
            Loan.id,
            Loan.state,
            func.max(LoanLine.due_on).label("due_on"),
            func.max(DeletionDuty.due_on).label("deletion_due_on"),
            given.label("told"),
            func.max(Pool.kind).label("kind"),
        )
        .join(Loan.lines)
        .join(LoanLine.pool)
        .outerjoin(
            DeletionDuty,
            (DeletionDuty.loan_id == Loan.id) & DeletionDuty.confirmed_at.is_(None),
        )
        .group_by(Loan.id, Loan.state)
        .order_by(Loan.id)
    )


def _of(row: Row[*tuple[Any, ...]]) -> Standing:
    # Of the two kinds of pool "physical" is the greater: a bundle with a kit in it has to go back.
    return Standing(
        loan_id=row.id,
        state=State(row.state),
        due_on=row.due_on,
        deletion_due_on=row.deletion_due_on,
        told=row.told,
        physical=row.kind == "physical",
    )
