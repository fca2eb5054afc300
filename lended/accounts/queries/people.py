"""Reading people and organisations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from lended.access import Actor, Role
from lended.accounts.models import Membership, Organisation, Person
from lended.db import rows
from lended.errors import NotFound

WITH_PLACES = (
    select(Person)
    .where(Person.id == bindparam("person_id"))
    .options(joinedload(Person.memberships).joinedload(Membership.organisation))
)
"""Built once: every page asks it of who is signed in."""

ACTIVE = select(Person).where(Person.disabled_at.is_(None)).order_by(Person.name, Person.id)
HOLDERS = select(Membership.person_id).where(
    Membership.role.in_(bindparam("roles", expanding=True)), Membership.ended_at.is_(None)
)
HOLDERS_HERE = HOLDERS.where(Membership.organisation_id == bindparam("organisation_id"))
HOLDING = ACTIVE.where(Person.id.in_(HOLDERS))
HOLDING_HERE = ACTIVE.where(Person.id.in_(HOLDERS_HERE))
WRITTEN_TO = HOLDING_HERE.with_only_columns(Person.id, Person.email)
ONE_WRITTEN_TO = WRITTEN_TO.where(Person.id == bindparam("person_id"))
"""Built once: every notice asks them, and building one costs as much as running it."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is compared when somebody signs in."""

    person_id: int
    password_hash: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may sign in, as far as one must know to write to them."""

    id: int
    email: str
    disabled_at: None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an organisation and their roles there."""

    person: Person
    roles: tuple[Role, ...]


def person_with_places(session: Session, person_id: int) -> Person | None:
    """Return a person with open and ended memberships and their organisations."""
    found = session.scalars(WITH_PLACES, {"person_id": person_id})
    return found.unique().one_or_none()


def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with an address, as `rules.normal_email` writes it."""
    return session.scalar(select(Person).where(Person.email == email))


def credentials(session: Session, email: str) -> Credentials | None:
    """Return what somebody who may sign in is known by, or None."""
    person = person_by_email(session, email)
    if person is None or person.disabled_at:
        return None
    return Credentials(person.id, person.password_hash)


def person(session: Session, person_id: int | None) -> Person:
    """Return a person.

    Raises
    ------
    NotFound
        When there is none.
    """
    found = session.get(Person, person_id) if person_id is not None else None
    if found is None:
        raise NotFound
    return found


def organisation(session: Session, organisation_id: int) -> Organisation:
    """Return an organisation.

    Raises
    ------
    NotFound
        When there is none.
    """
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def memberships(session: Session, organisation_id: int) -> list[Membership]:
    """Return an organisation's open memberships with their people, by name."""
    return list(
        session.scalars(
            select(Membership)
            .join(Membership.person)
            .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
            .options(joinedload(Membership.person))
            .order_by(Person.name, Person.id, Membership.id)
        )
    )


def members(session: Session, actor: Actor) -> list[Member]:
    """Return the people of the organisation the actor acts for, by name, each once."""
    if actor.organisation_id is None:
        return []
    people: dict[int, Person] = {}
    roles: dict[int, list[Role]] = {}
    for membership in memberships(session, actor.organisation_id):
        people[membership.person_id] = membership.person
        roles.setdefault(membership.person_id, []).append(Role(membership.role))
    return [Member(found, tuple(roles[number])) for number, found in people.items()]


def member(session: Session, actor: Actor, person_id: int) -> Member:
    """Return one person of the organisation the actor acts for.

    Raises
    ------
    NotFound
        When that person does not belong to it.
    """
    for found in members(session, actor):
        if found.person.id == person_id:
            return found
    raise NotFound


def people_with_role(session: Session, organisation_id: int, *roles: Role) -> list[Person]:
    """Return who holds one of these roles in an organisation and may sign in, by name."""
    asked = {"organisation_id": organisation_id, "roles": list(map(str, roles))}
    return list(session.scalars(HOLDING_HERE, asked))


def recipients(session: Session, organisation_id: int, *roles: Role) -> list[Recipient]:
    """Return whom to write to: those whom `people_with_role` returns, as rows."""
    asked = {"organisation_id": organisation_id, "roles": list(map(str, roles))}
    return [Recipient(*row) for row in rows(session, WRITTEN_TO, asked)]


def recipient(
    session: Session, organisation_id: int, person_id: int, *roles: Role
) -> Recipient | None:
    """Return a person to write to, if they are among the `recipients`."""
    asked = {"organisation_id": organisation_id, "roles": list(map(str, roles))}
    row = rows(session, ONE_WRITTEN_TO, asked | {"person_id": person_id}).one_or_none()
    return Recipient(*row) if row else None


def staff(session: Session) -> list[Person]:
    """Return who works for the platform and may sign in, by name."""
    return list(session.scalars(HOLDING, {"roles": [str(Role.STAFF)]}))
