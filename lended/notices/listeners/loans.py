"""What is told about loans: each side once for each move, and nobody of their own doing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lended.access import ROLES_OF_KIND, OrganisationKind, Role
from lended.accounts import queries as accounts
from lended.accounts.models import Person
from lended.loans.events import LoanMoved
from lended.loans.models import Loan
from lended.loans.rules import State
from lended.notices import service
from lended.notices.listeners.words import on_day, quoted
from lended.notices.rules import RESPONSIBLE, STAFF, SUPPLIER, TEACHER, TELLINGS, Message, Telling
from lended.work import Listener, Work

UNSEEN_BY_SUPPLIER = frozenset({State.DRAFT, State.SCHOOL_SIGNOFF})
SEEN_BY_TEACHER_ONLY = frozenset({State.DRAFT})
SCHOOL_ROLES = ROLES_OF_KIND[OrganisationKind.SCHOOL]
WITHIN_THE_SCHOOL = frozenset({"sign_off"})
"""Moves whose words are from a lead to a teacher."""


def tell_of_move(work: Work, event: LoanMoved) -> None:
    """Tell each side of a loan of a move, as far as the loan has reached it."""
    loan = loan_with_sides(work, event.loan_id)
    facts = _facts(work, loan, event)
    told: set[int] = set()
    for telling in TELLINGS.get(event.move, ()):
        if not _reached(telling.to, event):
            continue
        for person in side(work, loan, telling.to):
            own_doing = person.id == event.person_id and not telling.receipt
            if person.id not in told and not own_doing:
                service.tell(work, person, _message(telling, event, facts))
            told.add(person.id)


def loan_with_sides(work: Work, loan_id: int) -> Loan:
    """Return a loan with its product, its supplier and its school."""
    return work.session.scalars(
        select(Loan)
        .where(Loan.id == loan_id)
        .options(
            joinedload(Loan.product),
            joinedload(Loan.supplier),
            joinedload(Loan.school),
        )
    ).one()


def side(work: Work, loan: Loan, to: str) -> list[Person]:
    """Return the people on one side of a loan; who has left the school is on none."""
    if to == STAFF:
        return accounts.staff(work.session)
    if to == SUPPLIER:
        return _supplier(work, loan)
    if to == TEACHER:
        return _still_there(work, loan, loan.teacher_id)
    responsible = _still_there(work, loan, loan.responsible_id) if to == RESPONSIBLE else []
    return responsible or accounts.people_with_role(work.session, loan.school_id, Role.SCHOOL_LEAD)


def _still_there(work: Work, loan: Loan, person_id: int | None) -> list[Person]:
    people = accounts.people_with_role(work.session, loan.school_id, *SCHOOL_ROLES)
    return [person for person in people if person.id == person_id]


def _supplier(work: Work, loan: Loan) -> list[Person]:
    place = loan.supplier.organisation_id
    if place is None:
        return []
    return accounts.people_with_role(work.session, place, Role.SUPPLIER)


def _reached(to: str, event: LoanMoved) -> bool:
    """Tell whether a side has heard of the loan, so that its end means something to it."""
    if event.move != "cancel":
        return True
    if to == SUPPLIER:
        return event.from_state not in UNSEEN_BY_SUPPLIER
    return to == TEACHER or event.from_state not in SEEN_BY_TEACHER_ONLY


def _facts(work: Work, loan: Loan, event: LoanMoved) -> dict[str, str]:
    who = accounts.person(work.session, event.person_id).name if event.person_id else "LendED"
    return {
        "who": who,
        "product": loan.product.name,
        "school": loan.school.name,
        "supplier": loan.supplier.name,
        "on": on_day(event.at),
    }


def _message(telling: Telling, event: LoanMoved, facts: dict[str, str]) -> Message:
    unsaid = telling.receipt or (telling.to == SUPPLIER and event.move in WITHIN_THE_SCHOOL)
    said = "" if unsaid else quoted(event.words)
    return Message(
        "loan",
        f"loan:{event.loan_id}:{event.move}:{event.at.isoformat()}",
        telling.title.format(**facts),
        telling.words.format(**facts) + said,
        link="" if telling.to == STAFF else f"/loans/{event.loan_id}",
        action="" if telling.to == STAFF else telling.action,
        urgent=telling.urgent,
    )


LISTENERS: dict[type, list[Listener]] = {LoanMoved: [tell_of_move]}
