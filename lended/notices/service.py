"""Telling people, and what they do with it. A notice is a row: at once inbox and outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from lended import clock
from lended.access import Actor
from lended.accounts.models import Person
from lended.notices import queries, rules
from lended.notices.models import Notice
from lended.work import Work


def tell(
    work: Work,
    person: Person,
    kind: str,
    key: str,
    title: str,
    words: str,
    *,
    link: str = "",
    action: str = "",
    urgent: bool = True,
) -> None:
    """Tell a person something, on the site and by mail; telling it again changes nothing.

    Parameters
    ----------
    kind
        What it is about, in a word or two: ``loan``, ``join_request``.
    key
        Names the event; one person is told of it once.
    link, action
        A path on this site, and what to do there.
    urgent
        Whether the mail goes now, or tomorrow morning together with what else waits.
    """
    if person.disabled_at is None:
        _write(work, person.email, kind, key, title, words, person_id=person.id, link=link,
               action=action, urgent=urgent)  # fmt: skip


def mail(
    work: Work,
    email: str,
    kind: str,
    key: str,
    title: str,
    words: str,
    *,
    link: str,
    action: str,
    person_id: int | None = None,
) -> None:
    """Write to an address without leaving anything on the site: what only its reader may see."""
    _write(work, email, kind, key, title, words, person_id=person_id, link=link, action=action,
           in_inbox=False)  # fmt: skip


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
    work: Work, email: str, kind: str, key: str, title: str, words: str, **more: Any
) -> None:
    """Insert a notice unless the same was told to the same address; equal on both engines."""
    moment = clock.now()
    urgent = more.get("urgent", True)
    values = {
        "email": email,
        "kind": kind,
        "key": key[: rules.KEY_MOST],
        "title": rules.shortened(rules.one_line(title), rules.TITLE_MOST),
        "words": words,
        "made_at": moment,
        "next_try_at": moment if urgent else rules.next_morning(moment, clock.LONDON),
        "mail_state": "waiting",
        **more,
    }
    on_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(Notice) if on_sqlite else postgresql.insert(Notice)
    work.session.execute(
        insert.values(**values).on_conflict_do_nothing(index_elements=["email", "key"])
    )
