"""Reading loans. Whatever is out of the actor's scope does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from lended.access import Actor, Role
from lended.accounts.models import Organisation
from lended.catalogue.models import Product, Supplier
from lended.db import rows
from lended.errors import NotFound
from lended.loans.models import (
    Binding,
    ContentsCheck,
    DeletionDuty,
    Enquiry,
    Loan,
    LoanEvent,
    LoanLine,
    Paperwork,
    Plan,
)
from lended.loans.queries.sight import eyes_of, in_sight, own, seen_by
from lended.loans.rules import OPEN, State
from lended.needs.models import Need

MOST_LISTED = 300
UNDER_WAY = tuple(state for state in OPEN if state not in {State.DRAFT, State.ACCESS_ENDED})


@dataclass(frozen=True, slots=True)
class Papers:
    """What is written down around a loan; each None or empty until it is."""

    plan: Plan | None
    paperwork: Paperwork | None
    duty: DeletionDuty | None
    checks: tuple[ContentsCheck, ...]

    def check(self, moment: str) -> ContentsCheck | None:
        """Return the last check made at ``dispatch``, ``receipt`` or ``inspection``."""
        found = [check for check in self.checks if check.moment == moment]
        return found[-1] if found else None


def loan(session: Session, actor: Actor, loan_id: int) -> Loan:
    """Return a loan with its product, school, people, lines and history.

    Raises
    ------
    NotFound
        When there is none, or the actor has no part in it.
    """
    return _one(session, WITH_HISTORY, actor, loan_id)


def loan_to_move(session: Session, actor: Actor, loan_id: int) -> Loan:
    """Return a loan with what a move of it needs: product, both sides, need and lines.

    Raises
    ------
    NotFound
        When there is none, or the actor has no part in it.
    """
    return _one(session, TO_MOVE, actor, loan_id)


def _one(session: Session, query: Select[Loan], actor: Actor, loan_id: int) -> Loan:
    asked = {"organisation_id": actor.organisation_id, "person_id": actor.person_id}
    found = session.scalars(_seen(query, eyes_of(actor)), {"loan_id": loan_id} | asked)
    loan = found.unique().one_or_none()
    if loan is None:
        raise NotFound
    return loan


@cache
def _seen(query: Select[Loan], eyes: Role | None) -> Select[Loan]:
    """Keep to what somebody sees, named when it is asked; built once, as building it is dear."""
    return query.where(seen_by(eyes, bindparam("organisation_id"), bindparam("person_id")))


def papers(session: Session, loan_id: int) -> Papers:
    """Return what is written down around a loan that the actor was found to have a part in."""
    row = session.execute(
        select(Plan, Paperwork, DeletionDuty)
        .select_from(Loan)
        .outerjoin(Plan, Plan.loan_id == Loan.id)
        .outerjoin(Paperwork, Paperwork.loan_id == Loan.id)
        .outerjoin(DeletionDuty, DeletionDuty.loan_id == Loan.id)
        .where(Loan.id == loan_id)
        .options(joinedload(Paperwork.accepted_by), joinedload(DeletionDuty.confirmed_by))
    ).one()
    checks = session.scalars(
        select(ContentsCheck)
        .where(ContentsCheck.loan_id == loan_id)
        .options(joinedload(ContentsCheck.person))
        .order_by(ContentsCheck.id)
    )
    return Papers(row[0], row[1], row[2], tuple(checks))


def enquiries(session: Session, loan_id: int) -> list[Enquiry]:
    """Return what was asked and answered about the price, of a loan the actor has a part in."""
    return list(
        session.scalars(
            select(Enquiry)
            .where(Enquiry.loan_id == loan_id)
            .options(joinedload(Enquiry.person))
            .order_by(Enquiry.id)
        )
    )


def loans_in_sight(session: Session, actor: Actor) -> list[Loan]:
    """Return every loan the actor has a part in, last changed first."""
    return _listed(session, in_sight(actor))


def loans_of_school(session: Session, actor: Actor) -> list[Loan]:
    """Return the loans of the school a lead acts for, last changed first; drafts are private."""
    if not actor.has(Role.SCHOOL_LEAD):
        return []
    return _listed(session, in_sight(actor))


def loans_of_supplier(session: Session, actor: Actor) -> list[Loan]:
    """Return the loans that reached the supplier the actor acts for, last changed first."""
    if not actor.has(Role.SUPPLIER):
        return []
    return _listed(session, in_sight(actor))


def requests_of_supplier(session: Session, actor: Actor) -> list[Loan]:
    """Return the requests a supplier has to answer, who asked first before the others."""
    if not actor.has(Role.SUPPLIER):
        return []
    asked = _listed(session, and_(in_sight(actor), Loan.state == State.REQUESTED))
    return sorted(asked, key=lambda loan: (loan.asked_at or loan.made_at, loan.id))


def loans_of_teacher(session: Session, actor: Actor) -> list[Loan]:
    """Return the loans a teacher asked for or answers for here, last changed first."""
    return _listed(
        session,
        and_(
            Loan.school_id == actor.organisation_id, own(literal(actor.person_id)), in_sight(actor)
        ),
    )


def page_of_loans(
    session: Session, actor: Actor, state: str, before: int | None, most: int
) -> list[Loan]:
    """Return so many loans the actor has a part in, the newest first.

    Parameters
    ----------
    state
        Only those in this state; empty for every state.
    before
        Only those older than the loan with this id; None to begin with the newest.
    """
    query = select(Loan).where(in_sight(actor)).options(*_summary())
    if state:
        query = query.where(Loan.state == state)
    if before is not None:
        query = query.where(Loan.id < before)
    return list(session.scalars(query.order_by(Loan.id.desc()).limit(most)))


def open_loans_of_teacher(session: Session, school_id: int, teacher_id: int) -> int:
    """Count a teacher's loans under way at a school; drafts do not count."""
    asked = {"school_id": school_id, "teacher_id": teacher_id}
    return int(rows(session, OPEN_OF_TEACHER, asked).scalar_one())


def draft_of(session: Session, actor: Actor, product_id: int, need_id: int | None) -> Loan | None:
    """Return the actor's unfinished request for a product and a need."""
    same_need = Loan.need_id.is_(None) if need_id is None else Loan.need_id == need_id
    return session.scalar(
        select(Loan)
        .where(
            Loan.state == State.DRAFT,
            Loan.teacher_id == actor.person_id,
            Loan.school_id == actor.organisation_id,
            Loan.product_id == product_id,
            same_need,
        )
        .order_by(Loan.id)
        .limit(1)
    )


def _listed(session: Session, condition: ColumnElement[bool]) -> list[Loan]:
    return list(
        session.scalars(
            select(Loan)
            .where(condition)
            .options(*_summary())
            .order_by(Loan.changed_at.desc(), Loan.id.desc())
            .limit(MOST_LISTED)
        )
    )


def _summary() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Loan.product),
        joinedload(Loan.supplier).joinedload(Supplier.organisation),
        joinedload(Loan.school),
        joinedload(Loan.teacher),
        joinedload(Loan.responsible),
        joinedload(Loan.wish_to_keep),
        selectinload(Loan.lines).joinedload(LoanLine.pool),
    )


OF_LINES = joinedload(Loan.lines).options(
    joinedload(LoanLine.pool), selectinload(LoanLine.bindings).joinedload(Binding.unit)
)
ONE = select(Loan).where(Loan.id == bindparam("loan_id")).options(OF_LINES)
TO_MOVE = ONE.options(
    joinedload(Loan.product).load_only(
        Product.slug, Product.name, Product.state, Product.facts, Product.loan_weeks_most
    ),
    joinedload(Loan.supplier)
    .load_only(
        Supplier.organisation_id,
        Supplier.name,
        Supplier.preparation_days,
        Supplier.transit_out_days,
        Supplier.transit_back_days,
        Supplier.turnaround_days,
    )
    .joinedload(Supplier.organisation)
    .load_only(Organisation.working_days),
    joinedload(Loan.school).load_only(Organisation.name, Organisation.working_days),
    joinedload(Loan.need).load_only(Need.text),
)
WITH_HISTORY = ONE.options(
    joinedload(Loan.product),
    joinedload(Loan.supplier).joinedload(Supplier.organisation),
    joinedload(Loan.school),
    joinedload(Loan.need),
    joinedload(Loan.teacher),
    joinedload(Loan.responsible),
    joinedload(Loan.wish_to_keep),
    selectinload(Loan.events).joinedload(LoanEvent.person),
)
OPEN_OF_TEACHER = (
    select(func.count())
    .select_from(Loan)
    .where(
        Loan.school_id == bindparam("school_id"),
        Loan.teacher_id == bindparam("teacher_id"),
        Loan.state.in_(UNDER_WAY),
    )
)
"""Built once: building one costs as much as running it."""
