"""Reminding people of what comes up by date."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from babel.dates import format_date

from lended.loans.models import Loan
from lended.notices import post, queries
from lended.notices.queries import Sides
from lended.notices.rules import Occasion, Standing, due_occasions
from lended.notices.service.telling import remind
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
    loans = queries.loans_with_sides(work.session, {standing.loan_id for standing, _ in due})
    sides = Sides(work.session)
    return sum(
        _remind(work, sides, loans[standing.loan_id], (standing, occasion))
        for standing, occasion in due
    )


def _remind(work: Work, sides: Sides, loan: Loan, due: tuple[Standing, Occasion]) -> bool:
    standing, occasion = due
    day = standing.day(occasion.counts_from)
    facts = {
        "product": loan.product.name,
        "school": loan.school.name,
        "supplier": loan.supplier.name,
        "day": format_date(day, "EEEE d MMMM", locale="en_GB"),
    }
    people = {person.id: person for to in occasion.to for person in sides.of(loan, to)}
    for person in people.values():
        remind(work, person, occasion.reminder(standing, facts))
    return bool(people)
