"""Reminding people of what comes up by date."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from lended.accounts.models import Person
from lended.loans.models import Loan
from lended.notices import post, queries
from lended.notices.rules import Occasion, Standing, due_occasions
from lended.notices.service.telling import remind
from lended.work import Work


def remind_of_loans(work: Work, today: date) -> int:
    """Give every reminder that is due by a day and was not given before.

    Returns
    -------
    int
        How many were given, to however many people each.
    """
    return sum(
        _remind(work, standing, occasion)
        for portion in queries.to_be_reminded(work.session, today)
        for standing, occasion in _due(work, portion, today)
    )


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


def _remind(work: Work, standing: Standing, occasion: Occasion) -> bool:
    loan = queries.loan_with_sides(work.session, standing.loan_id)
    day = standing.day(occasion.counts_from)
    facts = {
        "product": loan.product.name,
        "school": loan.school.name,
        "supplier": loan.supplier.name,
        "day": format_date(day, "EEEE d MMMM", locale="en_GB"),
    }
    people = _people(work, loan, occasion)
    for person in people:
        remind(work, person, occasion.reminder(standing, facts))
    return bool(people)


def _people(work: Work, loan: Loan, occasion: Occasion) -> list[Person]:
    """Return who is reminded, each once however many sides of the loan they are on."""
    found = {
        person.id: person for to in occasion.to for person in queries.side(work.session, loan, to)
    }
    return list(found.values())
