"""Reading tokens, by which programs act for people."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from lended.access import Actor
from lended.accounts import policy, rules
from lended.accounts.models import Membership, Person, Token
from lended.errors import NotFound


def tokens(session: Session, actor: Actor) -> list[Token]:
    """Return the tokens of the organisation the actor acts for that still work, newest first."""
    return list(session.scalars(_working(actor).order_by(Token.made_at.desc(), Token.id.desc())))


def token(session: Session, actor: Actor, token_id: int) -> Token:
    """Return one token of the organisation the actor acts for, with the person behind it.

    Raises
    ------
    NotFound
        When there is none, it was revoked, or it is not the actor's to look after.
    """
    found = session.scalar(_working(actor).where(Token.id == token_id))
    if found is None:
        raise NotFound
    return found


def token_shown(session: Session, secret: str) -> Token | None:
    """Return the token a program shows, with the person behind it and where they belong.

    None when there is none such, it was revoked, or the person's account has ended. Whether the
    person still belongs to the organisation is in their memberships.
    """
    if not rules.may_be_program_token(secret):
        return None
    return session.scalar(
        select(Token)
        .join(Token.person)
        .where(
            Token.token_digest == rules.digest(secret),
            Token.revoked_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .options(
            joinedload(Token.person)
            .selectinload(Person.memberships)
            .joinedload(Membership.organisation)
        )
    )


def _working(actor: Actor) -> Select[Token]:
    query = (
        select(Token)
        .where(Token.organisation_id == actor.organisation_id, Token.revoked_at.is_(None))
        .options(joinedload(Token.person))
    )
    return query if actor.may(policy.MAKE_TOKENS) else query.where(Token.id.is_(None))
