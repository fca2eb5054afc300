"""Whose loans somebody sees: the scope of every query about loans."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, literal, or_, select

from lended.access import Actor, Role
from lended.catalogue.models import Supplier
from lended.loans.models import Loan
from lended.loans.rules import MOVES, State

NOT_ASKED_YET = (State.DRAFT, State.SCHOOL_SIGNOFF, State.WAITLISTED)
"""A supplier sees no school of these: some may never ask it, others only queue."""

MAYBE_NEVER_ASKED = (State.OFFERED, State.CANCELLED, State.EXPIRED)
"""A supplier sees these once it was asked: an offer may come from its waiting list by itself."""

STAFF_MAY_CANCEL = MOVES["cancel"].sources - {State.DRAFT}
"""What a teacher still writes is nobody else's affair."""


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which a loan exists for the actor, in lists and searches.

    A supplier sees what reached it, a lead what was sent by the school's teachers, a teacher what
    is her own or what she answers for. Staff look through nobody's loans: they reach one only by
    its number, to cancel it for a side that asks.
    """
    eyes = eyes_of(actor)
    listed = None if eyes is Role.STAFF else eyes
    return seen_by(listed, literal(actor.organisation_id), literal(actor.person_id))


def eyes_of(actor: Actor) -> Role | None:
    """Return in which of their roles the actor sees loans; None for who sees none."""
    if actor.organisation_id is None:
        return None
    roles = (Role.SUPPLIER, Role.SCHOOL_LEAD, Role.TEACHER, Role.STAFF)
    return next((role for role in roles if actor.has(role)), None)


def seen_by(
    eyes: Role | None, organisation_id: ColumnElement[int], person_id: ColumnElement[int]
) -> ColumnElement[bool]:
    """Return what is seen with some eyes, as `in_sight` says."""
    if eyes is None:
        return false()
    if eyes is Role.STAFF:
        return Loan.state.in_(STAFF_MAY_CANCEL)
    if eyes is Role.SUPPLIER:
        return and_(
            Loan.supplier_id.in_(
                select(Supplier.id).where(Supplier.organisation_id == organisation_id)
            ),
            Loan.state.not_in(NOT_ASKED_YET),
            or_(Loan.state.not_in(MAYBE_NEVER_ASKED), Loan.asked_at.is_not(None)),
        )
    here, theirs = Loan.school_id == organisation_id, own(person_id)
    if eyes is Role.TEACHER:
        return and_(here, theirs)
    sent = and_(Loan.state != State.DRAFT, or_(Loan.state != State.CANCELLED, Loan.terms != ""))
    return and_(here, or_(sent, theirs))


def own(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition under which a loan is somebody's own, or is answered for by them."""
    return or_(Loan.teacher_id == person_id, Loan.responsible_id == person_id)
