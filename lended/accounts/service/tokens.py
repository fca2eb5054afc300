"""Tokens: letting a program act for a person in an organisation, and ending it."""

from __future__ import annotations

from sqlalchemy import update

from lended import clock
from lended.access import Actor, demand
from lended.accounts import policy, queries, rules
from lended.accounts.events import TokenMade, TokenRevoked
from lended.accounts.models import Token
from lended.accounts.rules import TokenWish
from lended.errors import Invalid
from lended.work import Work


def make_token(work: Work, actor: Actor, wish: TokenWish) -> tuple[int, str]:
    """Let a program act for the actor in the organisation acted for.

    Returns
    -------
    tuple of int and str
        The token's id, and the token itself, which nobody can read again.

    Raises
    ------
    NotAllowed
        When the actor neither leads a school nor works for a supplier.
    Invalid
        When it has no name, or lets a program do nothing or what does not exist here.
    """
    demand(actor, policy.MAKE_TOKENS)
    _demand_sense(actor, wish)
    secret = rules.fresh_program_token()
    row = Token(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        name=wish.name,
        scopes=wish.scopes,
        token_digest=rules.digest(secret),
        ending=secret[-4:],
        made_at=clock.now(),
    )
    work.session.add(row)
    work.session.flush()
    work.record(TokenMade(row.id, row.person_id, row.organisation_id, row.name))
    return row.id, secret


def revoke_token(work: Work, actor: Actor, token_id: int) -> None:
    """End what a token lets a program do, whoever of the organisation made it.

    Raises
    ------
    NotFound
        When there is no such token here, or it was revoked before.
    """
    row = queries.token(work.session, actor, token_id)
    row.revoked_at = clock.now()
    row.revoked_by_id = actor.person_id
    work.session.flush()
    work.record(TokenRevoked(row.id, row.person_id, row.organisation_id, row.name, actor.person_id))


def end_tokens(work: Work, person_id: int, organisation_id: int | None = None) -> None:
    """End every token of somebody who has left an organisation, or whose account has ended.

    Parameters
    ----------
    organisation_id
        None for those in all organisations.
    """
    ended = update(Token).where(Token.person_id == person_id, Token.revoked_at.is_(None))
    if organisation_id is not None:
        ended = ended.where(Token.organisation_id == organisation_id)
    work.session.execute(ended.values(revoked_at=clock.now()))


def note_use(work: Work, token_id: int) -> None:
    """Keep that a token was used today."""
    work.session.execute(
        update(Token).where(Token.id == token_id).values(last_used_on=clock.today())
    )


def _demand_sense(actor: Actor, wish: TokenWish) -> None:
    problems = {}
    if not wish.name.strip():
        problems["name"] = "Give it a name by which you know the program."
    if not wish.scopes or not set(wish.scopes) <= set(policy.scopes_of(actor.organisation_kind)):
        problems["scopes"] = "Choose what the program may do."
    if problems:
        raise Invalid(problems=problems)
