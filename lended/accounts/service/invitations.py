"""Invitations: a place kept for somebody, by mail."""

from __future__ import annotations

from sqlalchemy import select, update

from lended import clock
from lended.access import Actor, Role, demand
from lended.accounts import policy, queries, rules
from lended.accounts.events import InvitationAccepted, PersonInvited
from lended.accounts.models import Invitation, Membership, Person
from lended.accounts.service.people import create_person
from lended.accounts.service.places import give_role
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.work import Work

NO_ADDRESS = "Enter an address such as name@school.example."
INVITED_ALREADY = "This address has an invitation that is not answered yet. Send that one again."
BELONGS_ALREADY = "Somebody with this address already has this role here."
FOR_SOMEBODY_ELSE = (
    "This invitation was sent to another address than the one you are signed in with. "
    "Sign out, and open the link again."
)


def invite(work: Work, actor: Actor, email: str, role: Role | str) -> int:
    """Keep a place in the actor's organisation for an address and return the invitation's id.

    Raises
    ------
    NotAllowed
        When the actor does not lead the organisation.
    Invalid
        When the address or the role makes no sense, or it is invited or belongs already.
    """
    demand(actor, policy.MANAGE)
    _demand_sense(work, actor, email, role)
    token = rules.fresh_token()
    invitation = Invitation(
        organisation_id=actor.organisation_id,
        email=rules.normal_email(email),
        role=role,
        token_digest=rules.digest(token),
        invited_by_id=actor.person_id,
        created_at=clock.now(),
        expires_at=clock.now() + rules.INVITATION_LASTS,
    )
    work.session.add(invitation)
    work.session.flush()
    _record(work, actor, invitation, token)
    return invitation.id


def resend_invitation(work: Work, actor: Actor, invitation_id: int) -> None:
    """Send an invitation again, with a new link; the old link stops working.

    Raises
    ------
    NotAllowed
        When the actor does not lead the organisation.
    NotFound
        When there is no such invitation open there.
    """
    invitation = _own(work, actor, invitation_id)
    token = rules.fresh_token()
    invitation.token_digest = rules.digest(token)
    invitation.expires_at = clock.now() + rules.INVITATION_LASTS
    _record(work, actor, invitation, token)


def withdraw_invitation(work: Work, actor: Actor, invitation_id: int) -> None:
    """Take back an invitation nobody has accepted.

    Raises
    ------
    NotAllowed
        When the actor does not lead the organisation.
    NotFound
        When there is no such invitation open there.
    """
    _own(work, actor, invitation_id).withdrawn_at = clock.now()


def accept_invitation(work: Work, actor: Actor, token: str) -> Person:
    """Take the place kept for the actor's address; their sessions end.

    Raises
    ------
    NotFound
        When the invitation no longer works.
    NotAllowed
        When it was sent to another address.
    """
    person = queries.person(work.session, actor.person_id)
    invitation = queries.open_invitation(work.session, token)
    if invitation.email != person.email:
        raise NotAllowed(FOR_SOMEBODY_ELSE)
    return _accept(work, invitation, person)


def accept_as_new_person(work: Work, token: str, name: str, password_hash: str) -> Person:
    """Make an account for the address invited, in the place kept for it.

    Raises
    ------
    NotFound
        When the invitation no longer works.
    Conflict
        When there is an account with that address.
    """
    invitation = queries.open_invitation(work.session, token)
    person = create_person(work, email=invitation.email, name=name, password_hash=password_hash)
    return _accept(work, invitation, person)


def _accept(work: Work, invitation: Invitation, person: Person) -> Person:
    taken = work.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.token_digest == invitation.token_digest,
        )
        .values(accepted_at=clock.now())
        .returning(Invitation.id)
    ).all()
    if not taken:
        raise Conflict(queries.INVITATION_OVER)
    give_role(work, person.id, invitation.organisation_id, invitation.role)
    work.record(
        InvitationAccepted(
            invitation.id, person.id, invitation.organisation_id, invitation.invited_by_id
        )
    )
    return person


def _demand_sense(work: Work, actor: Actor, email: str, role: Role | str) -> None:
    problems = {}
    if not rules.is_email(email):
        problems["email"] = NO_ADDRESS
    elif _invited(work, actor, email, role):
        problems["email"] = INVITED_ALREADY
    elif _belongs(work, actor, email, role):
        problems["email"] = BELONGS_ALREADY
    if role not in policy.roles_of(actor.organisation_kind):
        problems["role"] = "Choose a role that this organisation has."
    if problems:
        raise Invalid(problems=problems)


def _invited(work: Work, actor: Actor, email: str, role: Role | str) -> bool:
    return any(
        invitation.email == rules.normal_email(email) and invitation.role == role
        for invitation in queries.invitations(work.session, actor)
    )


def _belongs(work: Work, actor: Actor, email: str, role: Role | str) -> bool:
    member = (
        select(Membership.id)
        .join(Membership.person)
        .where(
            Person.email == rules.normal_email(email),
            Membership.organisation_id == actor.organisation_id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
    )
    return work.session.scalar(member.order_by(Membership.id).limit(1)) is not None


def _own(work: Work, actor: Actor, invitation_id: int) -> Invitation:
    demand(actor, policy.MANAGE)
    for invitation in queries.invitations(work.session, actor):
        if invitation.id == invitation_id:
            return invitation
    raise NotFound("This invitation was accepted or withdrawn meanwhile.")


def _record(work: Work, actor: Actor, invitation: Invitation, token: str) -> None:
    work.record(
        PersonInvited(
            invitation_id=invitation.id,
            email=invitation.email,
            organisation_name=actor.organisation_name,
            role=invitation.role,
            invited_by=actor.name,
            token=token,
        )
    )
