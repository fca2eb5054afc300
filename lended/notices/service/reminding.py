"""Reminding people of what comes up by date."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from itertools import chain

from babel.dates import format_date

from lended.accounts.queries import Recipient
from lended.loans.models import Loan
from lended.notices import post, queries
from lended.notices.queries import Sides
from lended.notices.rules import Occasion, Reminder, Standing, due_occasions
from lended.notices.service.telling import remind_each
from lended.work import Work

OpenWork = Callable[[], AbstractContextManager[Work]]


def remind_of_loans(open_work: OpenWork, today: date) -> int:
    """Give every reminder that is due by a day and was not given before.

    Loans go in portions, each in a transaction of its own.

    Parameters
    ----------
    open_work
        Opens the transaction of a portion.

    Returns
    -------
    int
        How many were given, to however many people each.
    """
    given, last_id = 0, 0
    while True:
        with open_work() as work:
            portion = queries.to_be_reminded(work.session, today, last_id)
            given += _remind_all(work, _due(work, portion, today))
        if not portion:
            return given
        last_id = portion[-1].loan_id


def let_fade(work: Work, loan_id: int) -> None:
    """Take out of inbox and outbox what a loan's reminders asked for, once it has moved on."""
    reminders = queries.fading(work.session, loan_id)
    _wanted, lapsed = post.sorted_out(work.session, reminders)
    post.give_up(lapsed)


def _due(work: Work, portion: list[Standing], today: date) -> list[tuple[Standing, Occasion]]:
    given = queries.reminders_given(work.session, [standing.loan_id for standing in portion])
    return [
        (standing, occasion)
        for standing in portion
        for occasion in due_occasions(standing, today)
        if (standing.loan_id, occasion.kind, occasion.cycle(standing)) not in given
    ]


def _remind_all(work: Work, due: list[tuple[Standing, Occasion]]) -> int:
    """Give reminders; return of how many occasions somebody is there to hear."""
    loans = queries.loans_with_sides(work.session, {standing.loan_id for standing, _ in due})
    sides = Sides(work.session)
    given = [
        _reminders(sides, loans[standing.loan_id], standing, occasion) for standing, occasion in due
    ]
    remind_each(work, chain.from_iterable(given))
    return sum(map(bool, given))


def _reminders(
    sides: Sides, loan: Loan, standing: Standing, occasion: Occasion
) -> list[tuple[Recipient, Reminder]]:
    """Return who is reminded of a loan, and how; each person once."""
    facts = {
        "product": loan.product.name,
        "school": loan.school.name,
        "supplier": loan.supplier.name,
        "day": format_date(standing.day(occasion.counts_from), "EEEE d MMMM", locale="en_GB"),
    }
    people = {person.id: person for to in occasion.to for person in sides.of(loan, to)}
    return [(person, occasion.reminder(standing, facts)) for person in people.values()]
