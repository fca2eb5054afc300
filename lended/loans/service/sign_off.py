"""The school's word on a request: a lead signs it off, or does not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from lended import clock
from lended.access import Actor, Role
from lended.accounts.models import Membership
from lended.db import rows
from lended.errors import Invalid
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.promises import demand_in_time
from lended.work import Work

NOT_A_MEMBER = "Choose somebody who belongs to your school."
LEADS = (
    select(Membership.person_id)
    .where(
        Membership.organisation_id == bindparam("school_id"),
        Membership.role == Role.SCHOOL_LEAD,
        Membership.ended_at.is_(None),
    )
    .order_by(Membership.person_id)
)
"""Built once: every request asks it, and building one costs as much as running it."""


def sign_off(work: Work, actor: Actor, loan_id: int, responsible_id: int, words: str = "") -> None:
    """Agree to a request, name who answers for it at the school, and send it to the supplier.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to sign, no longer waits for it, or waited too long.
    Invalid
        When the person named does not belong to the school.
    """
    loan = loan_to_move(work, actor, loan_id, "sign_off")
    demand_in_time(loan)
    if not _belongs(work, responsible_id, loan.school_id):
        raise Invalid(problems={"responsible_id": NOT_A_MEMBER})
    change(
        work,
        actor,
        loan,
        "sign_off",
        words=words,
        after={"responsible_id": responsible_id},
        responsible_id=responsible_id,
        asked_at=clock.now(),
    )


def refuse_signoff(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Turn a request down before it leaves the school, saying why.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to sign, or no longer waits for it.
    Invalid
        When no reason is given.
    """
    loan = loan_to_move(work, actor, loan_id, "refuse_signoff")
    change(work, actor, loan, "refuse_signoff", words=words)


def signs_alone(work: Work, actor: Actor) -> bool:
    """Tell whether the actor is the only lead of the school, so that nobody else could sign."""
    leads = rows(work.session, LEADS, {"school_id": actor.organisation_id}).scalars()
    return list(leads) == [actor.person_id]


def asked_by(actor: Actor, *, alone: bool) -> dict[str, Any]:
    """Return what a loan keeps of being asked for: who signs alone has asked the supplier."""
    return {"asked_at": clock.now(), "responsible_id": actor.person_id} if alone else {}


def _belongs(work: Work, person_id: int, school_id: int) -> bool:
    member = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.organisation_id == school_id,
        Membership.ended_at.is_(None),
    )
    return work.session.scalar(member.order_by(Membership.id).limit(1)) is not None
