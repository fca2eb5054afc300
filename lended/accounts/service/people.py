"""People: beginning, changing and ending an account.

Passwords arrive here hashed: hashing is slow and belongs outside the transaction.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from lended import clock
from lended.access import Actor
from lended.accounts import queries
from lended.accounts.events import PasswordChanged, PersonCreated, PersonDisabled
from lended.accounts.models import Person
from lended.accounts.rules import is_email, normal_email
from lended.errors import Conflict, Invalid
from lended.work import Work

KNOWN = "There is already an account with this address. Sign in with it."


def create_person(work: Work, *, email: str, name: str, password_hash: str) -> Person:
    """Make an account for somebody whose address is known to be theirs.

    Parameters
    ----------
    password_hash
        From `passwords.hashed`.

    Raises
    ------
    Invalid
        When the address is no address.
    Conflict
        When somebody has an account with it.
    """
    if not is_email(email):
        raise Invalid(problems={"email": "Enter an address such as name@school.example."})
    person = Person(
        email=normal_email(email),
        name=name,
        password_hash=password_hash,
        session_version=1,
        created_at=clock.now(),
    )
    try:
        with work.session.begin_nested():
            work.session.add(person)
    except IntegrityError as error:
        raise Conflict(KNOWN) from error
    work.record(PersonCreated(person.id))
    return person


def disable_person(work: Work, person_id: int) -> None:
    """End an account: its sessions now, and signing in from now on.

    Raises
    ------
    NotFound
        When there is no such person.
    """
    person = queries.person(work.session, person_id)
    if person.disabled_at is None:
        person.disabled_at = clock.now()
        raise_session_version(work, person)
        work.record(PersonDisabled(person.id))


def note_sign_in(work: Work, person_id: int, new_hash: str | None = None) -> Person:
    """Write down that somebody signed in just now, and return them.

    Parameters
    ----------
    new_hash
        A stronger hash of the same password, where the stored one has aged.

    Raises
    ------
    NotFound
        When there is no such person.
    """
    person = queries.person(work.session, person_id)
    person.last_sign_in_at = clock.now()
    if new_hash:
        person.password_hash = new_hash
    return person


def change_name(work: Work, actor: Actor, name: str) -> None:
    """Change what the actor is called."""
    queries.person(work.session, actor.person_id).name = name


def change_password(work: Work, person_id: int, password_hash: str) -> Person:
    """Give somebody a new password and end all their sessions.

    Raises
    ------
    NotFound
        When there is no such person.
    """
    person = queries.person(work.session, person_id)
    person.password_hash = password_hash
    raise_session_version(work, person)
    work.record(PasswordChanged(person.id))
    return person


def end_sessions(work: Work, actor: Actor) -> None:
    """Sign the actor out everywhere."""
    raise_session_version(work, queries.person(work.session, actor.person_id))


def raise_session_version(work: Work, person: Person) -> None:
    """End every session of a person; whoever changed something themselves gets a new one."""
    person.session_version = Person.session_version + 1
    work.session.flush()
    work.session.refresh(person, ["session_version"])
