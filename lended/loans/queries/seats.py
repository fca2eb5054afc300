"""Reading activation codes and the seats they open."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended.accounts.models import Person
from lended.loans.models import ActivationCode, Binding, LoanLine


def codes(session: Session, pool_id: int) -> list[ActivationCode]:
    """Return every activation code of a pool, in the order in which they came."""
    return list(
        session.scalars(
            select(ActivationCode)
            .where(ActivationCode.pool_id == pool_id)
            .order_by(ActivationCode.id)
        )
    )


def seats(session: Session, loan_id: int) -> list[tuple[Binding, ActivationCode, str]]:
    """Return the seats of a loan that have codes: the code, and the name of who took it."""
    query = (
        select(Binding, ActivationCode, func.coalesce(Person.name, ""))
        .join(ActivationCode, ActivationCode.id == Binding.code_id)
        .join(LoanLine, LoanLine.id == Binding.line_id)
        .outerjoin(Person, Person.id == Binding.shown_to_id)
        .where(LoanLine.loan_id == loan_id)
        .order_by(Binding.id)
    )
    return [(binding, code, name) for binding, code, name in session.execute(query)]
