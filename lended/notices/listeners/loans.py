"""What is told about loans: each side once for each move, and nobody of their own doing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lended.accounts.queries import Recipient
from lended.calendars import Entry
from lended.loans import queries as loans
from lended.loans.events import LoanMoved
from lended.loans.rules import State
from lended.notices import queries, service
from lended.notices.listeners.words import on_day, quoted
from lended.notices.queries import LoanSides
from lended.notices.rules import (
    STAFF,
    SUPPLIER,
    TEACHER,
    TELLINGS,
    Condition,
    Message,
    Telling,
    loan_key,
)
from lended.work import Listener, Work

ENDS = frozenset({"cancel", "let_lapse", "expire"})
"""Moves that end a loan, whether or not its supplier has been asked by then."""

UNSEEN_BY_SUPPLIER = frozenset({State.DRAFT, State.SCHOOL_SIGNOFF, State.WAITLISTED})
SEEN_BY_TEACHER_ONLY = frozenset({State.DRAFT, State.WAITLISTED})
WITHIN_THE_SCHOOL = frozenset({"sign_off"})
"""Moves whose words are from a lead to a teacher."""


@dataclass(frozen=True, slots=True)
class Said:
    """What every message about one move has in common: its key, and what its words may name."""

    key: str
    facts: Mapping[str, str]


def tell_of_move(work: Work, event: LoanMoved) -> None:
    """Tell each side of a loan of a move, as far as the loan has reached it.

    Who is on several sides is told once, and rather what asks something than what is news.
    """
    loan = queries.sides_of_loan(work.session, event.loan_id, event.move)
    said = _said(loan, event)
    told: dict[int, tuple[Recipient, Message]] = {}
    for telling in sorted(TELLINGS.get(event.move, ()), key=lambda telling: not telling.asks_in):
        message = _message(work, loan, telling, event, said)
        for person in _listening(work, loan, telling, event):
            told.setdefault(person.id, (person, message))
    service.tell_each(work, told.values())


def _listening(work: Work, loan: LoanSides, telling: Telling, event: LoanMoved) -> list[Recipient]:
    """Return who on one side hears of a move: nobody of their own doing, but for receipts."""
    if not _reached(telling.to, loan, event):
        return []
    people = queries.side(work.session, loan, telling.to)
    return [person for person in people if telling.receipt or person.id != event.person_id]


def _reached(to: str, loan: LoanSides, event: LoanMoved) -> bool:
    """Tell whether a side has heard of the loan, so that its end means something to it."""
    if event.move not in ENDS or to in {TEACHER, STAFF}:
        return True
    if to == SUPPLIER:
        by_itself = event.from_state == State.OFFERED and loan.asked_at is None
        return event.from_state not in UNSEEN_BY_SUPPLIER and not by_itself
    return event.from_state not in SEEN_BY_TEACHER_ONLY


def _said(loan: LoanSides, event: LoanMoved) -> Said:
    facts = {
        "who": event.who,
        "product": loan.product,
        "school": loan.school,
        "supplier": loan.supplier,
        "on": on_day(event.at),
    }
    return Said(loan_key(loan.id, event.move, loan.times), facts)


def _message(
    work: Work, loan: LoanSides, telling: Telling, event: LoanMoved, said: Said
) -> Message:
    unsaid = telling.receipt or (telling.to == SUPPLIER and event.move in WITHIN_THE_SCHOOL)
    words = "" if unsaid else quoted(event.words)
    return Message(
        "loan",
        said.key,
        telling.title.format(**said.facts),
        telling.words.format(**said.facts) + words,
        link="" if telling.to == STAFF else f"/loans/{loan.id}",
        action="" if telling.to == STAFF else telling.action,
        urgent=telling.urgent,
        topic=telling.topic,
        condition=Condition(loan.id, telling.asks_in) if telling.asks_in else None,
        entry=_entry(work, loan, telling, event),
    )


def _entry(work: Work, loan: LoanSides, telling: Telling, event: LoanMoved) -> Entry | None:
    """Return the loan's dates for a calendar, where the mail carries them."""
    if not telling.carries_dates(event.move, event.from_state):
        return None
    changes = loans.changes(work.session, [loan.id]).get(loan.id, 0)
    whole = queries.loan_with_sides(work.session, loan.id)
    return queries.entry_of(whole, changes, for_supplier=telling.to == SUPPLIER)


def let_reminders_fade(work: Work, event: LoanMoved) -> None:
    """Ask nobody for what is done; for a draft nobody has been asked for anything yet."""
    if event.from_state != State.DRAFT:
        service.let_fade(work, event.loan_id)


LISTENERS: dict[type, list[Listener]] = {LoanMoved: [let_reminders_fade, tell_of_move]}
