"""Reading who asks or is invited to belong, and by which link somebody comes in."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from lended import clock
from lended.access import Actor, Role
from lended.accounts import policy, rules
from lended.accounts.models import Invitation, JoinRequest, MailedLink, Membership, Person
from lended.errors import NotFound

LINK_OVER = (
    "This link no longer works: it can be used once, and only for a while. "
    "Ask for a new one and open it soon."
)
INVITATION_OVER = (
    "This invitation no longer works. It may have been used, withdrawn or left for more than "
    "14 days. Ask the person who invited you to send it again."
)


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
