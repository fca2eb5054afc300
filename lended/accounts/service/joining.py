"""Asking to belong to an organisation, and being answered."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from lended import clock
from lended.access import Actor, OrganisationKind, Role
from lended.accounts import policy, queries
from lended.accounts.events import JoinAnswered, JoinAsked
from lended.accounts.models import JoinRequest, Membership
from lended.accounts.service.places import give_role
from lended.errors import Conflict, Invalid, NotFound
from lended.work import Work

WAITING_ALREADY = "You have already asked to join. Somebody there will answer you."
BELONGS_ALREADY = "You already belong here with that role."
ANSWERED = "Somebody has already answered this request, or it was withdrawn."
SAY_WHY = "Say in a few words why not, so that the person knows what to do next."


def ask_to_join(
    work: Work, actor: Actor, organisation_id: int, role: Role | str, words: str = ""
) -> int:
    """Ask to belong to an organisation and return the request's id.

    Raises
    ------
    NotFound
        When there is no such organisation, or it is the platform's own.
    Invalid
        When it does not know the role.
    Conflict
        When the actor belongs there in that role, or has asked and waits.
    """
    organisation = queries.organisation(work.session, organisation_id)
    if organisation.kind == OrganisationKind.PLATFORM or actor.person_id is None:
        raise NotFound
    policy.demand_roles(organisation.kind, role)
    if _belongs(work, actor.person_id, organisation_id, role):
        raise Conflict(BELONGS_ALREADY)
    request = JoinRequest(
        person_id=actor.person_id,
        organisation_id=organisation_id,
        role=role,
        words=words,
        asked_at=clock.now(),
    )
    try:
        with work.session.begin_nested():
            work.session.add(request)
    except IntegrityError as error:
        raise Conflict(WAITING_ALREADY) from error
    work.record(JoinAsked(request.id, actor.person_id, organisation_id, str(role)))
    return request.id


def approve_join_request(work: Work, actor: Actor, request_id: int) -> None:
    """Let somebody belong, in the role they asked for.

    Raises
    ------
    NotFound
        When there is no such request waiting for this actor.
    Conflict
        When somebody else answered at the same moment.
    """
    request = queries.waiting_join_request(work.session, actor, request_id)
    _answer(work, actor, request, "approved", "")
    give_role(work, request.person_id, request.organisation_id, request.role)


def refuse_join_request(work: Work, actor: Actor, request_id: int, words: str) -> None:
    """Say no to somebody who asked to belong, and why.

    Raises
    ------
    NotFound
        When there is no such request waiting for this actor.
    Invalid
        When no reason is given.
    Conflict
        When somebody else answered at the same moment.
    """
    request = queries.waiting_join_request(work.session, actor, request_id)
    if not words.strip():
        raise Invalid(problems={"words": SAY_WHY})
    _answer(work, actor, request, "refused", words)


def withdraw_join_request(work: Work, actor: Actor, request_id: int) -> None:
    """Take back what the actor asked; nothing happens when it was taken back before.

    Raises
    ------
    NotFound
        When it is not the actor's, or was answered.
    """
    own = {request.id for request in queries.own_join_requests(work.session, actor)}
    if request_id not in own:
        raise NotFound(ANSWERED)
    _close(work, request_id, {"state": "withdrawn", "answered_at": clock.now()})


def _answer(work: Work, actor: Actor, request: JoinRequest, state: str, words: str) -> None:
    answer = {
        "state": state,
        "answer": words,
        "answered_at": clock.now(),
        "answered_by_id": actor.person_id,
    }
    _close(work, request.id, answer)
    work.record(
        JoinAnswered(
            request.id, request.person_id, request.organisation_id, state == "approved", words
        )
    )


def _close(work: Work, request_id: int, changes: dict[str, object]) -> None:
    closed = work.session.execute(
        update(JoinRequest)
        .where(JoinRequest.id == request_id, JoinRequest.state == "waiting")
        .values(**changes)
        .returning(JoinRequest.id)
    ).all()
    if not closed:
        raise Conflict(ANSWERED)


def _belongs(work: Work, person_id: int, organisation_id: int, role: Role | str) -> bool:
    held = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.organisation_id == organisation_id,
        Membership.role == role,
        Membership.ended_at.is_(None),
    )
    return work.session.scalar(held.limit(1).order_by(Membership.id)) is not None
