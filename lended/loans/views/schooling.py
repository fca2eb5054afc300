"""What people at a school do with a loan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from lended.access import Role
from lended.accounts import queries as accounts
from lended.loans import service
from lended.loans.forms.answers import (
    CancelForm,
    NoForm,
    SignOffForm,
    WhyForm,
    WordsForm,
)
from lended.loans.forms.papers import PaperworkForm, ReceiptForm, for_items
from lended.loans.rules.papers import holds_personal_data
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import items_of
from lended.loans.views.next_step import is_physical
from lended.loans.views.steps import Answer, Step, press, take
from lended.web.audience import audience, only
from lended.web.database import reader
from lended.web.people import actor

if TYPE_CHECKING:
    from lended.loans.models import Loan

SCHOOL = only(Role.TEACHER, Role.SCHOOL_LEAD)
EVERY_SIDE = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)


def _sign_off_form(loan: Loan) -> SignOffForm:
    people = accounts.people_with_role(reader(), loan.school_id, Role.TEACHER, Role.SCHOOL_LEAD)
    form = SignOffForm.of_request({"responsible_id": str(loan.teacher_id)})
    form.responsible_id.choices = [(str(person.id), person.name) for person in people]
    return form


def _paperwork_form(loan: Loan) -> PaperworkForm:
    return PaperworkForm.of_request().needing(
        kit=is_physical(loan), data_check=holds_personal_data(loan.product_facts)
    )


def _receipt_form(loan: Loan) -> ReceiptForm:
    return for_items(ReceiptForm, items_of(loan)).of_request()


def _cancel_form(_loan: Loan) -> CancelForm:
    form = CancelForm.of_request()
    return form.needing_a_reason() if actor().has(Role.SUPPLIER) else form


SIGN_OFF = Step(
    "sign_off",
    "Agree to this trial",
    "The supplier is asked when you agree. Somebody at your school answers for what is lent.",
    "Agree and ask the supplier",
    "Agreed. The supplier has been asked.",
    _sign_off_form,
    lambda work, who, loan_id, form: service.sign_off(
        work, who, loan_id, int(form.responsible_id.data), form.words.text
    ),
)
REFUSE = Step(
    "refuse_signoff",
    "Say no to this trial",
    "The teacher reads your reason. Nothing goes to the supplier.",
    "Say no",
    "You said no, and the teacher can read why.",
    lambda _loan: WhyForm.of_request(),
    lambda work, who, loan_id, form: service.refuse_signoff(work, who, loan_id, form.words.text),
)
PAPERWORK = Step(
    "complete_paperwork",
    "Accept the terms",
    "These are the terms for the dates agreed. They do not change any more.",
    "Accept for our school",
    "Accepted. The supplier gets it ready now.",
    _paperwork_form,
    lambda work, who, loan_id, form: service.complete_paperwork(work, who, loan_id, form.wish()),
    hints={
        "delivery_window": "For example: weekdays, 8 to 4, at the office.",
        "data_protection": "The product may hold personal data. New technology with children’s "
        "data normally needs an assessment before a trial.",
    },
)
RECEIPT = Step(
    "confirm_receipt",
    "Check what arrived",
    "Count what is in the box. What is missing now is not yours to answer for later.",
    "It is here",
    "Thank you. The trial begins.",
    _receipt_form,
    lambda work, who, loan_id, form: service.confirm_receipt(
        work, who, loan_id, form.checked(), form.words.text
    ),
)
END_EARLY = Step(
    "end_access_early",
    "End the trial early",
    "Access ends at once and cannot be given back. Export your pupils’ work before.",
    "End access now",
    "Access has ended.",
    lambda _loan: WordsForm.of_request(),
    lambda work, who, loan_id, form: service.end_access_early(work, who, loan_id, form.words.text),
    kind="warning",
)
STEP_BACK = Step(
    "step_back",
    "Let the next one go first",
    "These dates go to the next in line. You stay on the waiting list, one place further back; "
    "if you have let dates go before, your waiting ends.",
    "Let the next one go first",
    "The next in line can have these dates now.",
    lambda _loan: NoForm.of_request(),
    lambda work, who, loan_id, _form: service.step_back(work, who, loan_id),
    kind="warning",
)
CANCEL = Step(
    "cancel",
    "Cancel this loan",
    "It ends here, and what was held is free for others. This cannot be undone.",
    "Cancel this loan",
    "The loan is cancelled.",
    _cancel_form,
    lambda work, who, loan_id, form: service.cancel(
        work, who, loan_id, form.reason.data or "", form.words.text
    ),
    kind="warning",
)


@pages.route("/loans/<int:loan_id>/sign-off", methods=["GET", "POST"])
@audience(only(Role.SCHOOL_LEAD))
def sign_off(loan_id: int) -> Answer:
    """Agree to a request for the school."""
    return take(SIGN_OFF, loan_id, "sign_off")


@pages.route("/loans/<int:loan_id>/refuse", methods=["GET", "POST"])
@audience(only(Role.SCHOOL_LEAD))
def refuse_signoff(loan_id: int) -> Answer:
    """Turn a request down before it leaves the school."""
    return take(REFUSE, loan_id, "refuse_signoff")


@pages.post("/loans/<int:loan_id>/dates/accept")
@audience(only(Role.TEACHER))
def accept_dates(loan_id: int) -> Response:
    """Take the dates the supplier offered."""
    return press(loan_id, service.accept_dates, "You took the dates offered.")


@pages.post("/loans/<int:loan_id>/place/take")
@audience(only(Role.TEACHER))
def take_place(loan_id: int) -> Response:
    """Take the dates offered from the waiting list."""
    return press(loan_id, service.take_place, "You took the dates. Your request is on its way.")


@pages.route("/loans/<int:loan_id>/place/back", methods=["GET", "POST"])
@audience(only(Role.TEACHER))
def step_back(loan_id: int) -> Answer:
    """Let the next in line have the dates offered."""
    return take(STEP_BACK, loan_id, "step_back")


@pages.route("/loans/<int:loan_id>/paperwork", methods=["GET", "POST"])
@audience(SCHOOL)
def paperwork(loan_id: int) -> Answer:
    """Read and accept the terms."""
    return take(PAPERWORK, loan_id, "paperwork")


@pages.route("/loans/<int:loan_id>/receipt", methods=["GET", "POST"])
@audience(SCHOOL)
def confirm_receipt(loan_id: int) -> Answer:
    """Check what arrived."""
    return take(RECEIPT, loan_id, "confirm_receipt")


@pages.post("/loans/<int:loan_id>/begin")
@audience(only(Role.TEACHER))
def begin(loan_id: int) -> Response:
    """Say that a trial has begun."""
    return press(loan_id, service.start, "Good luck. The trial has begun.")


@pages.route("/loans/<int:loan_id>/end", methods=["GET", "POST"])
@audience(SCHOOL)
def end_access_early(loan_id: int) -> Answer:
    """End access before its last day."""
    return take(END_EARLY, loan_id, "end_access_early")


@pages.route("/loans/<int:loan_id>/cancel", methods=["GET", "POST"])
@audience(EVERY_SIDE)
def cancel(loan_id: int) -> Answer:
    """Call a loan off before anything is sent."""
    return take(CANCEL, loan_id, "cancel")
