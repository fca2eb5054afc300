"""Reading the waiting list of a product: who stands in it, and where."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from lended.catalogue.models import Supplier
from lended.db import rows
from lended.loans.models import Loan, LoanLine, QueuePlace
from lended.loans.rules import State

SOMEBODY_WAITS = (
    select(QueuePlace.loan_id)
    .join(QueuePlace.loan)
    .where(QueuePlace.product_id == bindparam("product_id"), Loan.state == State.WAITLISTED)
    .limit(1)
)
OF_PLACE = joinedload(QueuePlace.loan)
WAITING = (
    select(QueuePlace)
    .join(QueuePlace.loan)
    .where(QueuePlace.product_id == bindparam("product_id"), Loan.state == State.WAITLISTED)
    .options(
        OF_PLACE.joinedload(Loan.product),
        OF_PLACE.joinedload(Loan.supplier).joinedload(Supplier.organisation),
        OF_PLACE.joinedload(Loan.school),
        OF_PLACE.selectinload(Loan.lines).joinedload(LoanLine.pool),
    )
    .order_by(QueuePlace.ranked_at, QueuePlace.loan_id)
    .execution_options(populate_existing=True)
)
"""Built once: every request asks them, and building one costs as much as running it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place on a waiting list and how many stand there up to it, itself included."""

    place: QueuePlace
    number: int


def waiting(session: Session, product_id: int) -> list[QueuePlace]:
    """Return who waits for a product, in the order of the line, with all a move has to know."""
    asked = {"product_id": product_id}
    if rows(session, SOMEBODY_WAITS, asked).scalar() is None:
        return []  # as for most products, and at a fraction of what reading all of it costs
    return list(session.scalars(WAITING, asked))


def place_of(session: Session, loan_id: int) -> QueuePlace | None:
    """Return a loan's place on a waiting list, also when it stands there no longer."""
    return session.get(QueuePlace, loan_id)


def standing_in_line(session: Session, loan: Loan) -> Standing | None:
    """Return where a loan stands now; None when it does not wait."""
    place = place_of(session, loan.id)
    if place is None or loan.state != State.WAITLISTED:
        return None
    number = session.scalar(
        select(func.count())
        .select_from(QueuePlace)
        .join(Loan, Loan.id == QueuePlace.loan_id)
        .where(
            QueuePlace.product_id == place.product_id,
            QueuePlace.ranked_at <= place.ranked_at,
            Loan.state == State.WAITLISTED,
        )
    )
    return Standing(place, number or 1)
