"""What is told when something is late, at risk, or to be settled."""

from __future__ import annotations

from collections.abc import Iterable

from lended.accounts.queries import Recipient
from lended.loans.events import IncidentSpokenOf, LoanAtRisk, LoanStillOut
from lended.loans.models import Loan
from lended.loans.rules import State
from lended.loans.rules.deadlines import REMINDED_AFTER
from lended.loans.rules.incidents import DISPUTED, SCHOOL, STAFF, STATES
from lended.notices import service
from lended.notices.listeners.words import on_day, quoted
from lended.notices.queries import loan_with_sides, side
from lended.notices.rules import LEADS, RESPONSIBLE, SUPPLIER, TEACHER, Message
from lended.notices.rules import STAFF as OUR_STAFF
from lended.work import Listener, Work


def tell_of_risk(work: Work, event: LoanAtRisk) -> None:
    """Tell a teacher and a supplier that dates can perhaps not be kept, or can again."""
    loan = loan_with_sides(work.session, event.loan_id)
    told = [(TEACHER, _risk_for_teacher(loan, event)), (SUPPLIER, _risk_for_supplier(loan, event))]
    for to, (title, words) in told:
        if to == SUPPLIER and loan.state == State.SCHOOL_SIGNOFF:
            continue
        key = f"loan:{loan.id}:risk:{event.at_risk}:{event.at.isoformat()}"
        message = Message(
            "loan", key, title, words, _page(loan), "See the loan", urgent=event.at_risk
        )
        _tell(work, side(work.session, loan, to), message)


def tell_of_what_is_out(work: Work, event: LoanStillOut) -> None:
    """Ask for what is not back: after a week at the school, after two at the supplier and us."""
    loan = loan_with_sides(work.session, event.loan_id)
    key = f"loan:{loan.id}:still_out:{event.days}"
    if event.days == REMINDED_AFTER[0]:
        people = [*side(work.session, loan, RESPONSIBLE), *side(work.session, loan, LEADS)]
        title = f"Still to go back to {loan.supplier.name}: {event.missing}"
        words = (
            f"The loan of {loan.product.name} ended more than a week ago. Please see that it is "
            "sent, or say on its page that it is lost."
        )
    else:
        people = [*side(work.session, loan, SUPPLIER), *side(work.session, loan, OUR_STAFF)]
        title = f"Not back from {loan.school.name}: {event.missing}"
        words = (
            f"The loan of {loan.product.name} ended more than two weeks ago. The school was asked "
            "for it. It is promised to nobody meanwhile."
        )
    _tell(work, people, Message("loan", key, title, words, _page(loan), "See the loan"))


def tell_of_incident(work: Work, event: IncidentSpokenOf) -> None:
    """Tell the other side what was said; staff as well, once the two cannot agree."""
    loan = loan_with_sides(work.session, event.loan_id)
    school = [*side(work.session, loan, TEACHER), *side(work.session, loan, RESPONSIBLE)]
    supplier = side(work.session, loan, SUPPLIER)
    people = {SCHOOL: supplier, STAFF: [*school, *supplier]}.get(event.side, school)
    if event.state == DISPUTED:
        people = [*people, *side(work.session, loan, OUR_STAFF)]
    message = Message(
        "incident",
        f"incident:{event.incident_id}:{event.at.isoformat()}",
        f"{_who(loan, event)} wrote about what is to be settled after a loan of "
        f"{loan.product.name}",
        f"On {on_day(event.at)}. How it stands: {STATES[event.state].lower()}."
        + quoted(event.words),
        f"/incidents/{event.incident_id}",
        "Read it",
    )
    _tell(work, [person for person in people if person.id != event.person_id], message)


def _who(loan: Loan, event: IncidentSpokenOf) -> str:
    if event.side == STAFF:
        return "LendED"
    return loan.school.name if event.side == SCHOOL else loan.supplier.name


def _risk_for_teacher(loan: Loan, event: LoanAtRisk) -> tuple[str, str]:
    name = loan.product.name
    if not event.at_risk:
        return f"There is enough of {name} for your dates again", "There is nothing for you to do."
    words = (
        "As things stand there may not be enough of it: something lent before you is not ready. "
        f"Nothing is cancelled, and {loan.supplier.name} has been told. You might agree on other "
        "dates."
    )
    return f"{name} may not be there on your first day", words


def _risk_for_supplier(loan: Loan, event: LoanAtRisk) -> tuple[str, str]:
    name, school = loan.product.name, loan.school.name
    if not event.at_risk:
        return f"There is enough of {name} for {school} again", "There is nothing for you to do."
    words = (
        "Something lent before is not ready, and these dates no longer fit. Nothing is cancelled. "
        "You might offer other dates, or find another one."
    )
    return f"There may not be enough of {name} for {school}", words


def _page(loan: Loan) -> str:
    return f"/loans/{loan.id}"


def _tell(work: Work, people: Iterable[Recipient], message: Message) -> None:
    once = {person.id: person for person in people}
    service.tell_each(work, [(person, message) for person in once.values()])


LISTENERS: dict[type, list[Listener]] = {
    LoanAtRisk: [tell_of_risk],
    LoanStillOut: [tell_of_what_is_out],
    IncidentSpokenOf: [tell_of_incident],
}
