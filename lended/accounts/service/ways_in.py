"""Ways in by mail: to choose a new password, or to make an account.

Whatever was asked for, and whether or not LendED knows the address, the same is done and takes the
same time: one link is kept and one mail is written. What the mail says, only its reader learns.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from lended import clock
from lended.accounts import queries, rules
from lended.accounts.events import WayInAsked
from lended.accounts.models import MailedLink, Person
from lended.accounts.service.people import change_password, create_person, note_sign_in
from lended.errors import NotFound
from lended.work import Work

REMEMBERED = timedelta(days=7)


def send_way_in(work: Work, email: str, asked: str) -> None:
    """Send a link to an address: to choose a new password, or to make an account.

    Parameters
    ----------
    asked
        ``reset`` or ``register``, for the words of the mail.
    """
    address = rules.normal_email(email)
    person = queries.person_by_email(work.session, address)
    token = rules.fresh_token()
    moment = clock.now()
    _forget_old(work, address)
    link = MailedLink(
        email=address,
        person_id=person.id if person else None,
        token_digest=rules.digest(token),
        created_at=moment,
        expires_at=moment + rules.LINK_LASTS,
    )
    work.session.add(link)
    work.session.flush()
    work.record(WayInAsked(link.id, address, link.person_id, asked, token))


def choose_password_by_link(work: Work, token: str, password_hash: str) -> Person:
    """Give the person a link was sent to a new password, end their sessions and return them.

    Raises
    ------
    NotFound
        When the link no longer works.
    """
    link = queries.usable_link(work.session, token)
    if link.person_id is None:
        raise NotFound(queries.LINK_OVER)
    _use_up(work, link)
    change_password(work, link.person_id, password_hash)
    return note_sign_in(work, link.person_id)


def make_account_by_link(work: Work, token: str, name: str, password_hash: str) -> Person:
    """Make an account for the address a link was sent to, and return the new person.

    Raises
    ------
    NotFound
        When the link no longer works.
    Conflict
        When an account was made with that address meanwhile.
    """
    link = queries.usable_link(work.session, token)
    if link.person_id is not None:
        raise NotFound(queries.LINK_OVER)
    _use_up(work, link)
    person = create_person(work, email=link.email, name=name, password_hash=password_hash)
    return note_sign_in(work, person.id)


def _use_up(work: Work, link: MailedLink) -> None:
    """Mark every link sent to the address as used; only one request can be first."""
    used = work.session.execute(
        update(MailedLink)
        .where(MailedLink.email == link.email, MailedLink.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(MailedLink.id)
    ).all()
    if link.id not in {row.id for row in used}:
        raise NotFound(queries.LINK_OVER)


def _forget_old(work: Work, address: str) -> None:
    work.session.execute(
        delete(MailedLink).where(
            MailedLink.email == address, MailedLink.expires_at < clock.now() - REMEMBERED
        )
    )
