"""Reading activation codes and the seats they open."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.accounts.models import Person
from lended.errors import Conflict, NotFound
from lended.loans.models import ActivationCode, Binding, Loan, LoanLine
from lended.loans.queries.sight import in_sight

SHOWN_FOR = timedelta(minutes=10)
"""So long its code is shown to who took a seat: a second click or a lost page loses none."""


def codes(session: Session, pool_id: int) -> list[ActivationCode]:
    """Return every activation code of a pool, in the order in which they came."""
    return list(
        session.scalars(
            select(ActivationCode)
            .where(ActivationCode.pool_id == pool_id)
            .order_by(ActivationCode.id)
        )
    )


def code_just_taken(session: Session, actor: Actor, loan_id: int, seat_id: int) -> str:
    """Return the code of a seat that the actor took some minutes ago at most.

    Raises
    ------
    NotFound
        When the seat is not the actor's.
    Conflict
        When it was shown long enough.
    """
    row = session.execute(
        select(ActivationCode.code, Binding.shown_at)
        .join(Binding, Binding.code_id == ActivationCode.id)
        .join(LoanLine, LoanLine.id == Binding.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(
            Binding.id == seat_id,
            Binding.shown_to_id == actor.person_id,
            Loan.id == loan_id,
            in_sight(actor),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if clock.now() > row.shown_at + SHOWN_FOR:
        raise Conflict(
            "The code of this seat was shown to you, and is not shown again. If it was lost, ask "
            "the supplier for another."
        )
    return str(row.code)


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
