"""Reading needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from lended.access import Actor
from lended.errors import NotFound
from lended.needs import policy
from lended.needs.models import Need, PutAside


def need(session: Session, actor: Actor, need_id: int) -> Need:
    """Return a need the actor may see: an own one, or for a lead any of the school's.

    Raises
    ------
    NotFound
        When there is none, or it is somebody else's.
    """
    found = session.scalar(_visible(actor).where(Need.id == need_id))
    if found is None:
        raise NotFound
    return found


def my_needs(session: Session, actor: Actor) -> Sequence[Need]:
    """Return the actor's own needs at this school, latest first."""
    return session.scalars(
        select(Need)
        .where(Need.person_id == actor.person_id, Need.organisation_id == actor.organisation_id)
        .order_by(Need.changed_at.desc(), Need.id.desc())
    ).all()


def unmet_needs(session: Session, limit: int = 100) -> Sequence[Need]:
    """Return needs that nothing fits, latest first; for staff, without names."""
    return session.scalars(
        select(Need)
        .where(Need.unmet_at.is_not(None))
        .order_by(Need.unmet_at.desc(), Need.id.desc())
        .limit(limit)
    ).all()


def put_aside(session: Session, need_id: int) -> Sequence[PutAside]:
    """Return what was put aside for a need, with its products, latest first."""
    return session.scalars(
        select(PutAside)
        .where(PutAside.need_id == need_id)
        .options(joinedload(PutAside.product))
        .order_by(PutAside.at.desc(), PutAside.id.desc())
    ).all()


def _visible(actor: Actor) -> Select[Need]:
    query = (
        select(Need)
        .where(Need.organisation_id == actor.organisation_id)
        .options(joinedload(Need.person))
    )
    if actor.may(policy.READ_ALL):
        return query
    return query.where(Need.person_id == actor.person_id)
