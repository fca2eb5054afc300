"""Whom a loan concerns: the people on each side of it, as they are now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from lended.access import ROLES_OF_KIND, OrganisationKind, Role
from lended.accounts import queries as accounts
from lended.accounts.models import Organisation
from lended.accounts.queries import Recipient
from lended.catalogue.models import Product, Supplier
from lended.db import rows
from lended.loans.models import Loan, LoanEvent
from lended.notices.rules import RESPONSIBLE, STAFF, SUPPLIER, TEACHER, TRUST
from lended.schools import queries as schools

SCHOOL_ROLES = ROLES_OF_KIND[OrganisationKind.SCHOOL]

WITH_SIDES = (
    select(Loan)
    .where(Loan.id.in_(bindparam("loan_ids", expanding=True)))
    .options(
        joinedload(Loan.product).load_only(Product.name),
        joinedload(Loan.supplier).load_only(Supplier.name, Supplier.organisation_id),
        joinedload(Loan.school).load_only(Organisation.name),
        joinedload(Loan.lines),
    )
    .execution_options(populate_existing=True)
)
AS_CALLED = (
    select(
        Loan.id,
        Loan.school_id,
        Loan.teacher_id,
        Loan.responsible_id,
        Loan.asked_at,
        Supplier.organisation_id,
        Supplier.name.label("supplier"),
        Organisation.name.label("school"),
        Product.name.label("product"),
        select(func.count())
        .where(LoanEvent.loan_id == Loan.id, LoanEvent.kind == bindparam("move"))
        .scalar_subquery()
        .label("times"),
    )
    .join(Loan.supplier)
    .join(Loan.school)
    .join(Loan.product)
    .where(Loan.id == bindparam("loan_id"))
)
"""Built once: every move of a loan asks them, and building one costs as much as running it."""


@dataclass(frozen=True, slots=True)
class LoanSides:
    """The sides of a loan by their ids, and what they and it are called.

    Parameters
    ----------
    times
        How often the loan has been moved in the way that is to be told.
    """

    id: int
    school_id: int
    teacher_id: int
    responsible_id: int | None
    asked_at: datetime | None
    seller_id: int | None
    supplier: str
    school: str
    product: str
    times: int


def sides_of_loan(session: Session, loan_id: int, move: str) -> LoanSides:
    """Return the sides of a loan, as it is stored by now: all that most messages have to know."""
    return LoanSides(*rows(session, AS_CALLED, {"loan_id": loan_id, "move": move}).one())


def loan_with_sides(session: Session, loan_id: int) -> Loan:
    """Return a loan, as it is stored by now, with its product, supplier, school and lines."""
    return loans_with_sides(session, {loan_id})[loan_id]


def loans_with_sides(session: Session, loan_ids: Collection[int]) -> dict[int, Loan]:
    """Return loans as `loan_with_sides` does, by id."""
    if not loan_ids:
        return {}
    found = session.scalars(WITH_SIDES, {"loan_ids": list(loan_ids)})
    return {loan.id: loan for loan in found.unique()}


class Sides:
    """The people on the sides of many loans, each side looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[object, ...], list[Recipient]] = {}

    def of(self, loan: Loan, to: str) -> list[Recipient]:
        """Return the people on one side of a loan, as `side` does."""
        key = (to, loan.school_id, loan.supplier_id, loan.teacher_id, loan.responsible_id)
        if key not in self._known:
            self._known[key] = side(self._session, loan, to)
        return self._known[key]


def side(session: Session, loan: Loan | LoanSides, to: str) -> list[Recipient]:
    """Return the people on one side of a loan; who has left the school is on none."""
    if to == TEACHER:
        return _still_there(session, loan, loan.teacher_id)
    if to == SUPPLIER:
        return _holding(session, _seller_of(loan), Role.SUPPLIER)
    if to == TRUST:
        return _trust(session, loan)
    if to == STAFF:
        return [Recipient(person.id, person.email) for person in accounts.staff(session)]
    responsible = _still_there(session, loan, loan.responsible_id) if to == RESPONSIBLE else []
    return responsible or _holding(session, loan.school_id, Role.SCHOOL_LEAD)


def _seller_of(loan: Loan | LoanSides) -> int | None:
    return loan.seller_id if isinstance(loan, LoanSides) else loan.supplier.organisation_id


def _still_there(
    session: Session, loan: Loan | LoanSides, person_id: int | None
) -> list[Recipient]:
    if person_id is None:
        return []
    found = accounts.recipient(session, loan.school_id, person_id, *SCHOOL_ROLES)
    return [found] if found else []


def _trust(session: Session, loan: Loan | LoanSides) -> list[Recipient]:
    school = schools.school_of(session, loan.school_id)
    trust = school.trust if school else None
    return _holding(session, trust.organisation_id if trust else None, Role.TRUST_LEAD)


def _holding(session: Session, organisation_id: int | None, role: Role) -> list[Recipient]:
    if organisation_id is None:
        return []
    return accounts.recipients(session, organisation_id, role)
