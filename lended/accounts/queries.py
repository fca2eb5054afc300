"""Reading people and organisations."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from lended.accounts.models import Membership, Person


def person_with_places(session: Session, person_id: int) -> Person | None:
    """Return a person with open and ended memberships and their organisations."""
    return session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.memberships).joinedload(Membership.organisation))
    )


def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with an address, as `normal_email` writes it."""
    return session.scalar(select(Person).where(Person.email == email))


def members(session: Session, organisation_id: int) -> list[Membership]:
    """Return an organisation's open memberships with their people, by name."""
    return list(
        session.scalars(
            select(Membership)
            .join(Membership.person)
            .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
            .options(joinedload(Membership.person))
            .order_by(Person.name, Membership.id)
        )
    )
