"""Reading people and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from lended import clock
from lended.access import Actor, Role
from lended.accounts import policy, rules
from lended.accounts.models import (
    Invitation,
    JoinRequest,
    MailedLink,
    Membership,
    Organisation,
    Person,
    UnfinishedForm,
)
from lended.errors import NotFound

LINK_OVER = (
    "This link no longer works: it can be used once, and only for a while. "
    "Ask for a new one and open it soon."
)
INVITATION_OVER = (
    "This invitation no longer works. It may have been used, withdrawn or left for more than "
    "14 days. Ask the person who invited you to send it again."
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is compared when somebody signs in."""

    person_id: int
    password_hash: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an organisation and their roles there."""

    person: Person
    roles: tuple[Role, ...]


def person_with_places(session: Session, person_id: int) -> Person | None:
    """Return a person with open and ended memberships and their organisations."""
    return session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.memberships).joinedload(Membership.organisation))
    )


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
    return _holding(session, Membership.organisation_id == organisation_id, roles=roles)


def staff(session: Session) -> list[Person]:
    """Return who works for the platform and may sign in, by name."""
    return _holding(session, roles=(Role.STAFF,))


def usable_link(session: Session, token: str) -> MailedLink:
    """Return the mailed link a token belongs to, while it can be used.

    Raises
    ------
    NotFound
        When there is none, or it is used or too old; all three with the same words.
    """
    link = session.scalar(
        select(MailedLink).where(
            MailedLink.token_digest == rules.digest(token),
            MailedLink.used_at.is_(None),
            MailedLink.expires_at > clock.now(),
        )
    )
    if link is None:
        raise NotFound(LINK_OVER)
    return link


def open_invitation(session: Session, token: str) -> Invitation:
    """Return the invitation a token belongs to, with its organisation, while it is open.

    Raises
    ------
    NotFound
        When there is none, or it is used, withdrawn or too old; with the same words.
    """
    invitation = session.scalar(
        select(Invitation)
        .where(
            Invitation.token_digest == rules.digest(token),
            Invitation.expires_at > clock.now(),
            *_unanswered(),
        )
        .options(joinedload(Invitation.organisation))
    )
    if invitation is None:
        raise NotFound(INVITATION_OVER)
    return invitation


def invitations(session: Session, actor: Actor) -> list[Invitation]:
    """Return invitations nobody has answered, of the actor's organisation, newest first."""
    return list(
        session.scalars(
            select(Invitation)
            .where(Invitation.organisation_id == actor.organisation_id, *_unanswered())
            .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        )
    )


def waiting_join_requests(session: Session, actor: Actor) -> list[JoinRequest]:
    """Return the requests to join that this actor may answer, oldest first."""
    return list(session.scalars(_answerable(actor)))


def waiting_join_request(session: Session, actor: Actor, request_id: int) -> JoinRequest:
    """Return one request to join that this actor may answer.

    Raises
    ------
    NotFound
        When there is none waiting for this actor.
    """
    found = session.scalar(_answerable(actor).where(JoinRequest.id == request_id))
    if found is None:
        raise NotFound("Somebody has already answered this request, or it was withdrawn.")
    return found


def own_join_requests(session: Session, actor: Actor) -> list[JoinRequest]:
    """Return where the actor has asked to belong and waits for an answer, oldest first."""
    return list(
        session.scalars(
            _waiting().where(JoinRequest.person_id == actor.person_id).order_by(JoinRequest.id)
        )
    )


def unfinished(session: Session, actor: Actor, form: str, subject: str) -> dict[str, Any] | None:
    """Return what the actor has typed into a form and not yet sent, or None."""
    return session.scalar(
        select(UnfinishedForm.fields).where(
            UnfinishedForm.person_id == actor.person_id,
            UnfinishedForm.form == form,
            UnfinishedForm.subject == subject,
        )
    )


def unfinished_forms(session: Session, actor: Actor) -> list[UnfinishedForm]:
    """Return every form the actor has left unfinished, the latest first."""
    return list(
        session.scalars(
            select(UnfinishedForm)
            .where(UnfinishedForm.person_id == actor.person_id)
            .order_by(UnfinishedForm.saved_at.desc(), UnfinishedForm.id.desc())
        )
    )


def _holding(session: Session, *where: ColumnElement[bool], roles: Sequence[Role]) -> list[Person]:
    holds = exists().where(
        Membership.person_id == Person.id,
        Membership.ended_at.is_(None),
        Membership.role.in_([str(role) for role in roles]),
        *where,
    )
    return list(
        session.scalars(
            select(Person)
            .where(holds, Person.disabled_at.is_(None))
            .order_by(Person.name, Person.id)
        )
    )


def _unanswered() -> tuple[ColumnElement[bool], ...]:
    return Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)


def _waiting() -> Select[JoinRequest]:
    return (
        select(JoinRequest)
        .where(JoinRequest.state == "waiting")
        .options(joinedload(JoinRequest.person), joinedload(JoinRequest.organisation))
    )


def _answerable(actor: Actor) -> Select[JoinRequest]:
    """Select what waits for the actor: as a lead their own, as staff where nobody leads."""
    query = _waiting().order_by(JoinRequest.asked_at, JoinRequest.id)
    if actor.has(Role.STAFF):
        return query.where(~_has_a_lead())
    if policy.leads(actor):
        return query.where(JoinRequest.organisation_id == actor.organisation_id)
    return query.where(JoinRequest.id.is_(None))


def _has_a_lead() -> ColumnElement[bool]:
    lead = aliased(Membership)
    return exists().where(
        lead.organisation_id == JoinRequest.organisation_id,
        lead.ended_at.is_(None),
        lead.role.in_([str(role) for role in policy.LEADS]),
        lead.person_id == Person.id,
        Person.disabled_at.is_(None),
    )
