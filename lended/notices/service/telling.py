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
from lended.notices.rules import Condition, Message, Reminder, Topic, Way
from lended.work import Work

Told = tuple[str, int | None, Message]
"""To which address, whose it is, and what."""

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
    told = [
        (person.email, person.id, message)
        for person, message in messages
        if person.disabled_at is None
    ]
    _write(work, told, in_inbox=True)


def mail(work: Work, email: str, message: Message, person_id: int | None = None) -> None:
    """Write to an address and leave nothing on the site: what only the mail's reader may see."""
    _write(work, [(email, person_id, message)], in_inbox=False)


def remind_each(work: Work, reminders: Iterable[tuple[Person | Recipient, Reminder]]) -> None:
    """Remind people of something about loans: once for each kind, in each of its cycles."""
    tell_each(work, [(person, _message(reminder)) for person, reminder in reminders])


def _message(reminder: Reminder) -> Message:
    condition = reminder.condition
    return Message(
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


def _write(work: Work, told: Sequence[Told], *, in_inbox: bool) -> None:
    """Insert notices, but for those of which the same was told to the same address before."""
    if not told:
        return
    may_choose = {
        person_id
        for _, person_id, message in told
        if person_id is not None and message.topic is not Topic.ESSENTIAL
    }
    ways = queries.ways_of(work.session, may_choose)
    rows = [
        _row(email, person_id, message, ways.get((person_id or 0, message.topic), Way.AT_ONCE))
        | {"in_inbox": in_inbox}
        for email, person_id, message in told
    ]
    work.run(INSERT[work.session.get_bind().dialect.name], rows)


def _row(email: str, person_id: int | None, message: Message, way: Way) -> dict[str, Any]:
    moment = clock.now()
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
