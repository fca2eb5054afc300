"""Telling people. A notice is a row: at once inbox and outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from lended import clock
from lended.accounts.models import Person
from lended.accounts.queries import Recipient
from lended.notices import queries, rules
from lended.notices.models import Notice
from lended.notices.rules import Condition, Message, Reminder
from lended.work import Work

ONCE = ["email", "key"]
INSERT = {
    "sqlite": sqlite.insert(Notice).on_conflict_do_nothing(index_elements=ONCE),
    "postgresql": postgresql.insert(Notice).on_conflict_do_nothing(index_elements=ONCE),
}
"""Built once: building one costs as much as running it."""


def tell(work: Work, person: Person | Recipient, message: Message) -> None:
    """Tell a person something, on the site and by mail; telling it again changes nothing."""
    tell_each(work, [(person, message)])


def tell_each(work: Work, messages: Iterable[tuple[Person | Recipient, Message]]) -> None:
    """Tell each person something, as `tell` does."""
    rows = [
        _row(work, person.email, message, person_id=person.id, in_inbox=True)
        for person, message in messages
        if person.disabled_at is None
    ]
    _write(work, rows)


def mail(work: Work, email: str, message: Message, person_id: int | None = None) -> None:
    """Write to an address and leave nothing on the site: what only the mail's reader may see."""
    _write(work, [_row(work, email, message, person_id=person_id, in_inbox=False)])


def remind(work: Work, person: Person | Recipient, reminder: Reminder) -> None:
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


def _write(work: Work, rows: Sequence[dict[str, Any]]) -> None:
    """Insert notices, but for those of which the same was told to the same address before."""
    if rows:
        work.run(INSERT[work.session.get_bind().dialect.name], rows)


def _row(
    work: Work, email: str, message: Message, *, person_id: int | None, in_inbox: bool
) -> dict[str, Any]:
    moment = clock.now()
    way = queries.way(work.session, person_id, message.topic)
    next_try_at = rules.mailed_at(moment, way, clock.LONDON, urgent=message.urgent)
    return {
        "person_id": person_id,
        "email": email,
        "kind": message.kind,
        "topic": message.topic,
        "key": rules.shortened(message.key, rules.KEY_MOST),
        "title": rules.shortened(rules.one_line(message.title), rules.TITLE_MOST),
        "words": message.words,
        "link": message.link,
        "action": rules.shortened(message.action, rules.ACTION_MOST),
        "entry": message.entry.stored() if message.entry else {},
        "in_inbox": in_inbox,
        "urgent": next_try_at == moment,
        "made_at": moment,
        "mail_state": "waiting" if next_try_at else "not_wanted",
        "next_try_at": next_try_at,
        **_condition(message.condition),
    }


def _condition(condition: Condition | None) -> dict[str, Any]:
    return {
        "loan_id": condition.loan_id if condition else None,
        "asks_in": sorted(condition.states) if condition else [],
        "cycle": condition.cycle if condition else "",
        "fades": condition.fades if condition else False,
    }
