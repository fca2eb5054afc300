"""What people do with what they were told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from lended import clock
from lended.access import Actor
from lended.notices import queries
from lended.notices.models import Notice
from lended.work import Work


def mark_read(work: Work, actor: Actor, notice_id: int) -> str:
    """Mark a notice as read and return where it leads.

    Raises
    ------
    NotFound
        When it is not in the actor's inbox.
    """
    notice = queries.notice(work.session, actor, notice_id)
    if notice.read_at is None:
        notice.read_at = clock.now()
    return notice.link


def mark_all_read(work: Work, actor: Actor) -> None:
    """Mark everything in the actor's inbox as read."""
    work.session.execute(
        update(Notice)
        .where(Notice.person_id == actor.person_id, Notice.in_inbox, Notice.read_at.is_(None))
        .values(read_at=clock.now())
    )


def settle_the_past(work: Work, before: datetime) -> None:
    """Mark what was told before a moment as read, and mail nothing of what waits."""
    work.session.flush()
    work.session.execute(
        update(Notice)
        .where(Notice.made_at < before, Notice.read_at.is_(None))
        .values(read_at=Notice.made_at)
    )
    work.session.execute(
        update(Notice).where(Notice.mail_state == "waiting").values(mail_state="not_wanted")
    )
