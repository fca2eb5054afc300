"""Reading loans by their dates, for the calendars of those who have a part in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from lended.access import Actor
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.queries.sight import in_sight
from lended.loans.rules import State

MOST_DATED = 1000
WITHOUT_DATES = (State.DRAFT, State.WAITLISTED)


def dated_loans(session: Session, actors: Collection[Actor], since: date) -> list[Loan]:
    """Return the loans any of these actors has a part in that last until a day or longer.

    Those that are still being written, or wait in a queue, have no dates yet. The latest come
    first, with product, supplier, school and lines.
    """
    if not actors:
        return []
    return list(
        session.scalars(
            select(Loan)
            .where(
                or_(*(in_sight(actor) for actor in actors)),
                Loan.state.not_in(WITHOUT_DATES),
                Loan.lines.any(LoanLine.due_on >= since),
            )
            .options(
                joinedload(Loan.product),
                joinedload(Loan.supplier),
                joinedload(Loan.school),
                selectinload(Loan.lines),
            )
            .order_by(Loan.id.desc())
            .limit(MOST_DATED)
        )
    )


def changes(session: Session, loan_ids: Collection[int]) -> dict[int, int]:
    """Return how often loans have changed, by id; those that never have are left out."""
    if not loan_ids:
        return {}
    found = session.execute(
        select(LoanEvent.loan_id, func.count().label("changes"))
        .where(LoanEvent.loan_id.in_(loan_ids))
        .group_by(LoanEvent.loan_id)
    ).all()
    return {row.loan_id: row.changes for row in found}
