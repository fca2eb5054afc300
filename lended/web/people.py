"""Who is behind the present request: a person by their session, or a program by its token."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from flask_login import LoginManager, UserMixin, current_user

from lended.access import Actor, Role
from lended.web import bearer

login_manager = LoginManager()


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation a person belongs to, and as what."""

    organisation_id: int
    name: str
    kind: str
    roles: frozenset[Role]


class SignedIn(UserMixin):
    """What Flask-Login keeps for a signed-in person during one request."""

    def __init__(self, session_key: str, actor: Actor, places: tuple[Place, ...]) -> None:
        self.id = session_key
        self.actor = actor
        self.places = places


def actor_or_none() -> Actor | None:
    """Return who is acting, or None for a visitor."""
    if bearer.counts_here():
        program = bearer.program()
        return program.actor if program else None
    user = _user()
    return user.actor if user else None


def actor_if_known() -> Actor | None:
    """Return who is acting where somebody has asked before; asks the database nothing."""
    return actor_or_none() if "_login_user" in g or "program" in g else None


def actor() -> Actor:
    """Return who is acting, at an address whose audience is signed in.

    Raises
    ------
    RuntimeError
        When nobody is signed in: the endpoint's audience is wrong.
    """
    found = actor_or_none()
    if found is None:
        raise RuntimeError("This address needs an audience of signed-in people.")
    return found


def school_id() -> int | None:
    """Return the id of the school acted for, as an organisation; None for anybody else."""
    known = actor_or_none()
    return known.organisation_id if known and known.organisation_kind == "school" else None


def places() -> tuple[Place, ...]:
    """Return the organisations the person behind the request belongs to."""
    user = _user()
    return user.places if user else ()


def forget_for_this_request() -> None:
    """Treat everyone as a visitor until the answer is sent, because nobody can be looked up."""
    g.people_unknown = True
    g.program = None


def _user() -> SignedIn | None:
    if g.get("people_unknown") or not current_user or not current_user.is_authenticated:
        return None
    user: SignedIn = current_user
    return user
