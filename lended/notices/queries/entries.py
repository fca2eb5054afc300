"""Loans as entries of calendars: for a mail about one, and for a person's own calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from lended.access import Actor, Role
from lended.calendars import Entry
from lended.loans import queries as loans
from lended.loans.models import Loan
from lended.loans.rules import STATE_WORDS, State
from lended.notices.rules.dates import status_of


def entry_of(loan: Loan, changes: int, *, for_supplier: bool) -> Entry:
    """Return a loan, with product, supplier, school and lines, as one side's calendar shows it.

    Parameters
    ----------
    changes
        How often it has changed so far.
    for_supplier
        Whether it is told to who lends it, and names the school, or to who borrows it.
    """
    state = State(loan.state)
    return Entry(
        name=f"loan-{loan.id}",
        sequence=changes,
        starts_on=min(line.starts_on for line in loan.lines),
        ends_on=max(line.due_on for line in loan.lines),
        title=f"{loan.product.name} at {loan.school.name}"
        if for_supplier
        else f"{loan.product.name}, lent by {loan.supplier.name}",
        words=f"{loan.reference}. {STATE_WORDS[state]}.",
        link=f"/loans/{loan.id}",
        status=status_of(state),
        changed_at=loan.changed_at,
    )


def entries(session: Session, actors: Collection[Actor], since: date) -> list[Entry]:
    """Return the loans a person has a part in, in any of their places, as their calendar shows.

    Parameters
    ----------
    since
        Loans that were over before that day are left out.
    """
    lending = {actor.organisation_id for actor in actors if actor.has(Role.SUPPLIER)}
    found = loans.dated_loans(session, actors, since)
    changes = loans.changes(session, [loan.id for loan in found])
    return [
        entry_of(
            loan,
            changes.get(loan.id, 0),
            for_supplier=loan.supplier.organisation_id in lending,
        )
        for loan in found
    ]
