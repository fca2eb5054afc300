"""Reading loans. Whatever is out of the actor's scope does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from lended.access import Actor, Role
from lended.catalogue.models import Supplier
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
from lended.loans.rules import OPEN, State

MOST_LISTED = 300
NOT_ASKED_YET = (State.DRAFT, State.SCHOOL_SIGNOFF, State.WAITLISTED)
"""A supplier sees no school of these: some may never ask it, others only queue."""

MAYBE_NEVER_ASKED = (State.OFFERED, State.CANCELLED, State.EXPIRED)
"""A supplier sees these once it was asked: an offer may come from its waiting list by itself."""

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
    rows = session.scalars(query.where(in_sight(actor)), {"loan_id": loan_id})
    found = rows.unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def papers(session: Session, loan_id: int) -> Papers:
    """Return what is written down around a loan that the actor was found to have a part in."""
    row = session.execute(
        select(Plan, Paperwork, DeletionDuty)
        .select_from(Loan)
        .outerjoin(Plan, Plan.loan_id == Loan.id)
        .outerjoin(Paperwork, Paperwork.loan_id == Loan.id)
        .outerjoin(DeletionDuty, DeletionDuty.loan_id == Loan.id)
        .where(Loan.id == loan_id)
        .options(joinedload(Paperwork.accepted_by))
    ).one()
    checks = session.scalars(
        select(ContentsCheck).where(ContentsCheck.loan_id == loan_id).order_by(ContentsCheck.id)
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


def loans_of_teacher(session: Session, actor: Actor) -> list[Loan]:
    """Return the loans a teacher asked for or answers for here, last changed first."""
    return _listed(
        session, and_(Loan.school_id == actor.organisation_id, _own(actor), in_sight(actor))
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
    return session.scalar(OPEN_OF_TEACHER, asked) or 0


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


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which a loan exists for the actor.

    A supplier sees what reached it, a lead what was sent by the school's teachers, a teacher what
    is her own or what she answers for.
    """
    if actor.organisation_id is None:
        return false()
    if actor.has(Role.SUPPLIER):
        return and_(
            Loan.supplier_id.in_(
                select(Supplier.id).where(Supplier.organisation_id == actor.organisation_id)
            ),
            Loan.state.not_in(NOT_ASKED_YET),
            or_(Loan.state.not_in(MAYBE_NEVER_ASKED), Loan.asked_at.is_not(None)),
        )
    here = Loan.school_id == actor.organisation_id
    if actor.has(Role.SCHOOL_LEAD):
        sent = and_(Loan.state != State.DRAFT, or_(Loan.state != State.CANCELLED, Loan.terms != ""))
        return and_(here, or_(sent, _own(actor)))
    return and_(here, _own(actor)) if actor.has(Role.TEACHER) else false()


def _own(actor: Actor) -> ColumnElement[bool]:
    return or_(Loan.teacher_id == actor.person_id, Loan.responsible_id == actor.person_id)


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


WITH_LINES = (
    joinedload(Loan.product),
    joinedload(Loan.supplier).joinedload(Supplier.organisation),
    joinedload(Loan.school),
    joinedload(Loan.need),
    joinedload(Loan.lines).options(
        joinedload(LoanLine.pool), selectinload(LoanLine.bindings).joinedload(Binding.unit)
    ),
)
TO_MOVE = select(Loan).where(Loan.id == bindparam("loan_id")).options(*WITH_LINES)
WITH_HISTORY = TO_MOVE.options(
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
