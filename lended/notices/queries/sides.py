"""Whom a loan concerns: the people on each side of it, as they are now."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from lended.access import ROLES_OF_KIND, OrganisationKind, Role
from lended.accounts import queries as accounts
from lended.accounts.models import Person
from lended.loans.models import Loan
from lended.notices.rules import RESPONSIBLE, STAFF, SUPPLIER, TEACHER, TRUST
from lended.schools import queries as schools

SCHOOL_ROLES = ROLES_OF_KIND[OrganisationKind.SCHOOL]


def loan_with_sides(session: Session, loan_id: int) -> Loan:
    """Return a loan, as it is stored by now, with its product, supplier, school and lines."""
    return session.scalars(
        select(Loan)
        .where(Loan.id == loan_id)
        .options(
            joinedload(Loan.product),
            joinedload(Loan.supplier),
            joinedload(Loan.school),
            selectinload(Loan.lines),
        )
        .execution_options(populate_existing=True)
    ).one()


def side(session: Session, loan: Loan, to: str) -> list[Person]:
    """Return the people on one side of a loan; who has left the school is on none."""
    if to == TEACHER:
        return _still_there(session, loan, loan.teacher_id)
    if to == SUPPLIER:
        return _holding(session, loan.supplier.organisation_id, Role.SUPPLIER)
    if to == TRUST:
        return _trust(session, loan)
    if to == STAFF:
        return accounts.staff(session)
    responsible = _still_there(session, loan, loan.responsible_id) if to == RESPONSIBLE else []
    return responsible or _holding(session, loan.school_id, Role.SCHOOL_LEAD)


def _still_there(session: Session, loan: Loan, person_id: int | None) -> list[Person]:
    people = accounts.people_with_role(session, loan.school_id, *SCHOOL_ROLES)
    return [person for person in people if person.id == person_id]


def _trust(session: Session, loan: Loan) -> list[Person]:
    school = schools.school_of(session, loan.school_id)
    trust = school.trust if school else None
    return _holding(session, trust.organisation_id if trust else None, Role.TRUST_LEAD)


def _holding(session: Session, organisation_id: int | None, role: Role) -> list[Person]:
    if organisation_id is None:
        return []
    return accounts.people_with_role(session, organisation_id, role)
