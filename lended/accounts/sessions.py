"""Who a session cookie speaks for, or a token that a program shows.

The cookie holds the person's id and session version; raising the version on the person ends every
session at once. The organisation acted for is a choice of the session, checked on each request.
"""

from __future__ import annotations

from flask import session as cookie
from flask_login import login_user
from sqlalchemy.orm import Session

from lended.access import Actor, OrganisationKind, Role, Scope
from lended.accounts import queries
from lended.accounts.models import Person
from lended.web.bearer import Program
from lended.web.people import Place, SignedIn

ORGANISATION = "organisation_id"
DESK = "/desk"
JOIN = "/join"


def session_key(person: Person) -> str:
    """Return what the cookie remembers of a person."""
    return f"{person.id}:{person.session_version}"


def signed_in(session: Session, key: str, organisation_id: int | None) -> SignedIn | None:
    """Return who a cookie speaks for, or None when its session has ended."""
    number, _, version = key.partition(":")
    if not (key.isascii() and number.isdigit() and version.isdigit()):
        return None
    person = queries.person_with_places(session, int(number))
    if person is None or person.disabled_at or person.session_version != int(version):
        return None
    places = places_of(person)
    return SignedIn(key, actor_for(person, places, organisation_id), places)


def of_cookie(session: Session, key: str) -> SignedIn | None:
    """Return who is behind the cookie of this request."""
    return signed_in(session, key, cookie.get(ORGANISATION))


def of_token(session: Session, secret: str) -> Program | None:
    """Return the program that shows a token, or None when the token does not work.

    It acts for the person who made the token, in that organisation only, with the roles they hold
    there now.
    """
    row = queries.token_shown(session, secret)
    if row is None:
        return None
    here = [each for each in places_of(row.person) if each.organisation_id == row.organisation_id]
    if not here:
        return None
    return Program(
        token_id=row.id,
        name=row.name,
        actor=actor_for(row.person, tuple(here), row.organisation_id),
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        last_used_on=row.last_used_on,
    )


def begin(session: Session, person: Person, organisation_id: int | None = None) -> Actor | None:
    """Start a session from nothing: whatever the cookie held before is gone.

    Parameters
    ----------
    organisation_id
        Which organisation to act for; None for the person's first.

    Returns
    -------
    Actor or None
        Who acts now; None when the account was ended at this very moment.
    """
    cookie.clear()
    found = signed_in(session, session_key(person), organisation_id)
    if found is None:
        return None
    if organisation_id is not None:
        cookie[ORGANISATION] = organisation_id
    login_user(found)
    return found.actor


def renew(session: Session, person: Person) -> Actor | None:
    """Start the session anew for who changed their own password or places, acting as before."""
    return begin(session, person, cookie.get(ORGANISATION))


def end() -> None:
    """End the session of this request."""
    cookie.clear()


def landing(actor: Actor | None) -> str:
    """Return where somebody goes who has just come in and asked for no page."""
    return DESK if actor and actor.organisation_id is not None else JOIN


def places_of(person: Person) -> tuple[Place, ...]:
    """Return the organisations a person belongs to now, in order of joining."""
    open_memberships = [member for member in person.memberships if member.ended_at is None]
    organisations = {member.organisation_id: member.organisation for member in open_memberships}
    return tuple(
        Place(
            organisation_id=organisation.id,
            name=organisation.name,
            kind=organisation.kind,
            roles=frozenset(
                Role(member.role)
                for member in open_memberships
                if member.organisation_id == organisation.id
            ),
        )
        for organisation in organisations.values()
    )


def actor_for(person: Person, places: tuple[Place, ...], organisation_id: int | None) -> Actor:
    """Return the actor for the organisation chosen, or for the person's first."""
    chosen = [place for place in places if place.organisation_id == organisation_id] or places[:1]
    if not chosen:
        return Actor(person_id=person.id, name=person.name)
    place = chosen[0]
    return Actor(
        person_id=person.id,
        name=person.name,
        organisation_id=place.organisation_id,
        organisation_name=place.name,
        organisation_kind=OrganisationKind(place.kind),
        roles=place.roles,
    )
