"""Reading notices, each within its reader's own inbox."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.errors import NotFound
from lended.notices.models import Notice

PAGE = 40
LONG = timedelta(hours=1)
"""For how long mail may be tried again before staff hear of it."""

FADING = (
    select(Notice)
    .where(Notice.loan_id == bindparam("loan_id"), Notice.fades, Notice.in_inbox)
    .order_by(Notice.id)
)
"""Built once: every move of a loan asks it."""


def inbox(session: Session, actor: Actor, page: int = 1) -> list[Notice]:
    """Return a page of the actor's notices: unread first, then the newest first."""
    unread_first = case((Notice.read_at.is_(None), 0), else_=1)
    return list(
        session.scalars(
            _own(actor)
            .order_by(unread_first, Notice.made_at.desc(), Notice.id.desc())
            .limit(PAGE)
            .offset((page - 1) * PAGE)
        )
    )


def pages(session: Session, actor: Actor) -> int:
    """Return how many pages the actor's inbox has, at least 1."""
    count = session.scalar(select(func.count()).select_from(_own(actor).subquery())) or 0
    return max(1, -(-count // PAGE))


def unread(session: Session, actor: Actor) -> int:
    """Count what the actor has not read."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Notice)
            .where(Notice.person_id == actor.person_id, Notice.in_inbox, Notice.read_at.is_(None))
        )
        or 0
    )


def notice(session: Session, actor: Actor, notice_id: int) -> Notice:
    """Return one notice of the actor's inbox.

    Raises
    ------
    NotFound
        When it is not there.
    """
    found = session.scalar(_own(actor).where(Notice.id == notice_id))
    if found is None:
        raise NotFound
    return found


def failed_mail(session: Session, limit: int = 100) -> list[Notice]:
    """Return the mail that could not be delivered, the latest first, for staff."""
    return list(
        session.scalars(
            select(Notice)
            .where(Notice.mail_state == "failed")
            .order_by(Notice.made_at.desc(), Notice.id.desc())
            .limit(limit)
        )
    )


def fading(session: Session, loan_id: int) -> list[Notice]:
    """Return what lies in inboxes only for as long as a loan stands as it did, by id."""
    return list(session.scalars(FADING, {"loan_id": loan_id}))


def held_up_mail(session: Session, limit: int = 100) -> list[Notice]:
    """Return what was refused for now an hour ago or longer, the oldest first, for staff."""
    return list(
        session.scalars(
            select(Notice)
            .where(
                Notice.mail_state == "waiting",
                Notice.last_answer != "",
                Notice.made_at < clock.now() - LONG,
            )
            .order_by(Notice.made_at, Notice.id)
            .limit(limit)
        )
    )


def _own(actor: Actor) -> Select[Notice]:
    return select(Notice).where(Notice.person_id == actor.person_id, Notice.in_inbox)
