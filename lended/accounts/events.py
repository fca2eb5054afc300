"""What happens to people and the organisations they act for.

Where an event carries a token, it is the only place where the token is whole: the tables keep its
digest, and whoever listens sends it by mail.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PersonCreated:
    """Somebody has an account."""

    person_id: int


@dataclass(frozen=True, slots=True)
class PersonDisabled:
    """Somebody can no longer sign in."""

    person_id: int


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """Somebody has a new password."""

    person_id: int


@dataclass(frozen=True, slots=True)
class WayInAsked:
    """Somebody wants to get in by mail, to register or to choose a new password.

    Parameters
    ----------
    person_id
        Whose address it is; None for an address without an account.
    asked
        ``reset`` or ``register``: what was asked for, whether or not it fits.
    """

    link_id: int
    email: str
    person_id: int | None
    asked: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """A lead keeps a place for somebody; the token is new each time it is sent."""

    invitation_id: int
    email: str
    organisation_name: str
    role: str
    invited_by: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """Somebody took the place kept for them."""

    invitation_id: int
    person_id: int
    organisation_id: int
    invited_by_id: int | None


@dataclass(frozen=True, slots=True)
class JoinAsked:
    """Somebody asks to belong to an organisation."""

    request_id: int
    person_id: int
    organisation_id: int
    role: str


@dataclass(frozen=True, slots=True)
class JoinAnswered:
    """A lead, or staff where there is none, answered somebody who asked to belong."""

    request_id: int
    person_id: int
    organisation_id: int
    approved: bool
    words: str


@dataclass(frozen=True, slots=True)
class TokenMade:
    """Somebody lets a program act for them in an organisation."""

    token_id: int
    person_id: int
    organisation_id: int
    name: str


@dataclass(frozen=True, slots=True)
class TokenRevoked:
    """A program can no longer act for somebody; ``by_id`` ended it."""

    token_id: int
    person_id: int
    organisation_id: int
    name: str
    by_id: int | None


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """Somebody's roles in an organisation are now these; none means they have left it.

    Parameters
    ----------
    by_id
        Who changed them; None for the clock or an operator.
    """

    person_id: int
    organisation_id: int
    roles: frozenset[str]
    by_id: int | None
