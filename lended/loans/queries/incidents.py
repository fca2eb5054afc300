"""Reading incidents and the history of kits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from lended import clock
from lended.access import Actor, Role
from lended.accounts.models import Organisation
from lended.errors import NotFound
from lended.loans.models import (
    Incident,
    IncidentPhoto,
    IncidentWords,
    Loan,
    Unit,
    UnitEvent,
)
from lended.loans.queries.sight import in_sight
from lended.loans.rules.calendar import add_working_days
from lended.loans.rules.deadlines import DAYS_TO_COMMENT
from lended.loans.rules.incidents import DISPUTED, SCHOOL, STAFF, SUPPLIER
from lended.loans.rules.openings import read_working_days


def incident(session: Session, actor: Actor, incident_id: int, *, lock: bool = False) -> Incident:
    """Return an incident with its loan, its pictures and what both sides said.

    Both sides of the loan see it; staff only once the sides could not agree.

    Parameters
    ----------
    lock
        Whether it is about to change.

    Raises
    ------
    NotFound
        When there is none, or the actor has no part in it.
    """
    if lock:
        session.execute(select(Incident.id).where(Incident.id == incident_id).with_for_update())
    found = session.scalar(
        select(Incident)
        .join(Loan, Loan.id == Incident.loan_id)
        .where(Incident.id == incident_id, _in_sight(actor))
        .options(
            joinedload(Incident.loan).joinedload(Loan.product),
            joinedload(Incident.loan).joinedload(Loan.supplier),
            joinedload(Incident.loan).joinedload(Loan.school),
            joinedload(Incident.opened_by),
            selectinload(Incident.words_of_both).joinedload(IncidentWords.person),
            selectinload(Incident.photos),
        )
    )
    if found is None:
        raise NotFound
    return found


def incidents_of(session: Session, loan_id: int) -> list[Incident]:
    """Return what is or was to be settled after a loan the actor was found to have a part in."""
    return list(
        session.scalars(select(Incident).where(Incident.loan_id == loan_id).order_by(Incident.id))
    )


def photo_name(session: Session, actor: Actor, incident_id: int, photo_id: int) -> str:
    """Return the name of a picture's file.

    Raises
    ------
    NotFound
        When the picture is none of an incident the actor has a part in.
    """
    name = session.scalar(
        select(IncidentPhoto.name)
        .join(Incident, Incident.id == IncidentPhoto.incident_id)
        .join(Loan, Loan.id == Incident.loan_id)
        .where(
            IncidentPhoto.id == photo_id, IncidentPhoto.incident_id == incident_id, _in_sight(actor)
        )
    )
    if name is None:
        raise NotFound
    return name


def side_of(actor: Actor) -> str:
    """Return for which side of an incident somebody speaks."""
    if actor.has(Role.STAFF):
        return STAFF
    return SUPPLIER if actor.has(Role.SUPPLIER) else SCHOOL


def answer_by(incident: Incident, school: Organisation) -> date:
    """Return the last day on which the school may agree or dispute: the fifth working day."""
    days = read_working_days(school.working_days)
    return add_working_days(clock.day_of(incident.opened_at), DAYS_TO_COMMENT, days)


def may_still_answer(incident: Incident) -> bool:
    """Tell whether the school's days to answer are still running."""
    return clock.today() <= answer_by(incident, incident.loan.school)


def unit_history(session: Session, unit_id: int) -> list[UnitEvent]:
    """Return what became of a kit, the last first."""
    return list(
        session.scalars(
            select(UnitEvent)
            .where(UnitEvent.unit_id == unit_id)
            .options(joinedload(UnitEvent.person))
            .order_by(UnitEvent.id.desc())
        )
    )


def kits_set_aside(session: Session, loan_id: int) -> list[Unit]:
    """Return the kits that were set aside after a loan, last of all, and still are."""
    later = aliased(UnitEvent)
    last = (
        select(func.max(later.id))
        .where(later.unit_id == Unit.id, later.kind == "set_aside")
        .correlate(Unit)
        .scalar_subquery()
    )
    return list(
        session.scalars(
            select(Unit)
            .join(UnitEvent, UnitEvent.unit_id == Unit.id)
            .where(Unit.state == "quarantined", UnitEvent.id == last, UnitEvent.loan_id == loan_id)
            .order_by(Unit.serial, Unit.id)
        )
    )


def _in_sight(actor: Actor) -> ColumnElement[bool]:
    if actor.has(Role.STAFF):
        disputed = Incident.words_of_both.any(IncidentWords.to_state == DISPUTED)
        return (Incident.state == DISPUTED) | disputed
    return in_sight(actor)
