"""Telling people. A notice is a row: at once inbox and outbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from lended import clock
from lended.accounts.models import Person
from lended.notices import queries, rules
from lended.notices.models import Notice
from lended.notices.rules import Condition, Message, Reminder
from lended.work import Work


def tell(work: Work, person: Person, message: Message) -> None:
    """Tell a person something, on the site and by mail; telling it again changes nothing."""
    if person.disabled_at is None:
        _write(work, person.email, message, person_id=person.id, in_inbox=True)


def mail(work: Work, email: str, message: Message, person_id: int | None = None) -> None:
    """Write to an address and leave nothing on the site: what only the mail's reader may see."""
    _write(work, email, message, person_id=person_id, in_inbox=False)


def remind(work: Work, person: Person, reminder: Reminder) -> None:
    """Remind a person of something about a loan: once for each kind, in each of its cycles."""
    condition = reminder.condition
    message = Message(
        reminder.kind,
        rules.loan_key(condition.loan_id, reminder.kind, condition.cycle),
        reminder.title,
        reminder.words,
        link=reminder.link,
        action=reminder.action,
        urgent=reminder.urgent,
        topic=reminder.topic,
        condition=condition,
    )
    tell(work, person, message)


def _write(
    work: Work, email: str, message: Message, *, person_id: int | None, in_inbox: bool
) -> None:
    """Insert a notice, unless the same was told to the same address before."""
    moment = clock.now()
    way = queries.way(work.session, person_id, message.topic)
    next_try_at = rules.mailed_at(moment, way, clock.LONDON, urgent=message.urgent)
    on_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(Notice) if on_sqlite else postgresql.insert(Notice)
    work.session.execute(
        insert.values(
            person_id=person_id,
            email=email,
            kind=message.kind,
            topic=message.topic,
            key=rules.shortened(message.key, rules.KEY_MOST),
            title=rules.shortened(rules.one_line(message.title), rules.TITLE_MOST),
            words=message.words,
            link=message.link,
            action=rules.shortened(message.action, rules.ACTION_MOST),
            entry=message.entry.stored() if message.entry else {},
            in_inbox=in_inbox,
            urgent=next_try_at == moment,
            made_at=moment,
            mail_state="waiting" if next_try_at else "not_wanted",
            next_try_at=next_try_at,
            **_condition(message.condition),
        ).on_conflict_do_nothing(index_elements=["email", "key"])
    )


def _condition(condition: Condition | None) -> dict[str, Any]:
    if condition is None:
        return {}
    return {
        "loan_id": condition.loan_id,
        "asks_in": sorted(condition.states),
        "cycle": condition.cycle,
        "fades": condition.fades,
    }
