"""Telling people, and what they do with it. A notice is a row: at once inbox and outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from lended import clock
from lended.access import Actor
from lended.accounts.models import Person
from lended.notices import queries, rules
from lended.notices.models import Notice
from lended.notices.rules import Message
from lended.work import Work


def tell(work: Work, person: Person, message: Message) -> None:
    """Tell a person something, on the site and by mail; telling it again changes nothing."""
    if person.disabled_at is None:
        _write(work, person.email, message, person_id=person.id, in_inbox=True)


def mail(work: Work, email: str, message: Message, person_id: int | None = None) -> None:
    """Write to an address and leave nothing on the site: what only the mail's reader may see."""
    _write(work, email, message, person_id=person_id, in_inbox=False)


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


def _write(
    work: Work, email: str, message: Message, *, person_id: int | None, in_inbox: bool
) -> None:
    """Insert a notice, unless the same was told to the same address before."""
    moment = clock.now()
    later = rules.next_morning(moment, clock.LONDON)
    on_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(Notice) if on_sqlite else postgresql.insert(Notice)
    work.session.execute(
        insert.values(
            person_id=person_id,
            email=email,
            kind=message.kind,
            key=rules.shortened(message.key, rules.KEY_MOST),
            title=rules.shortened(rules.one_line(message.title), rules.TITLE_MOST),
            words=message.words,
            link=message.link,
            action=rules.shortened(message.action, rules.ACTION_MOST),
            in_inbox=in_inbox,
            urgent=message.urgent,
            made_at=moment,
            next_try_at=moment if message.urgent else later,
        ).on_conflict_do_nothing(index_elements=["email", "key"])
    )
