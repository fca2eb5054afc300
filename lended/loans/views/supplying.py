"""What a supplier does with a loan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from lended import clock
from lended.access import Role
from lended.errors import Conflict
from lended.loans import queries, service
from lended.loans.forms.answers import DeclineForm, OtherDatesForm
from lended.loans.forms.papers import (
    DeletionForm,
    DispatchForm,
    IssueForm,
    for_items,
)
from lended.loans.rules.stock import check_is_old
from lended.loans.service.give_back import ALL_DELETED
from lended.loans.service.prepare import NOT_THERE, is_there
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import items_of, kit_words
from lended.loans.views.steps import Answer, Step, press, take
from lended.web.audience import audience, only
from lended.web.database import reader

if TYPE_CHECKING:
    from lended.loans.models import Loan

SUPPLIER = only(Role.SUPPLIER)


def _dates_form(loan: Loan) -> OtherDatesForm:
    line = loan.lines[0]
    weeks = ((line.due_on - line.starts_on).days + 7) // 7
    return OtherDatesForm.of_request({"starts_on": line.starts_on, "weeks": weeks})


def _dispatch_form(loan: Loan) -> DispatchForm:
    form = for_items(DispatchForm, items_of(loan)).of_request()
    units = [unit for line in loan.lines for unit in queries.units_free(reader(), line.pool_id)]
    today = clock.today()
    return form.choosing(
        [(str(unit.id), kit_words(unit)) for unit in units],
        ask_checks=any(check_is_old(unit.electrical_check_on, today) for unit in units),
    )


def _nothing_to_send(loan: Loan) -> str:
    return "" if is_there(reader(), loan) else NOT_THERE


def _after_loss_form(loan: Loan) -> DeletionForm:
    if loan.act_by is None:
        raise Conflict(ALL_DELETED)
    return DeletionForm.of_request()


DECLINE = Step(
    "decline",
    "Say no to this request",
    "The teacher reads your reason and is shown what else may help.",
    "Say no",
    "You said no, and the teacher can read why.",
    lambda _loan: DeclineForm.of_request(),
    lambda work, who, loan_id, form: service.decline(
        work, who, loan_id, form.reason.data, form.words.text
    ),
)
PROPOSE = Step(
    "propose_dates",
    "Offer other dates",
    "They are held for the teacher, who has two working days to answer.",
    "Offer these dates",
    "The teacher has been offered these dates.",
    _dates_form,
    lambda work, who, loan_id, form: service.propose_dates(
        work, who, loan_id, form.dates(), form.words.text
    ),
)
DISPATCH = Step(
    "dispatch",
    "Send it",
    "Count what goes into the box. The school counts again when it arrives.",
    "It is on its way",
    "The school knows that it is on its way.",
    _dispatch_form,
    lambda work, who, loan_id, form: service.dispatch(work, who, loan_id, form.wish()),
    hints={
        "condition": "For example: as new, batteries charged, checked for damage.",
        "safety_words": "A kit here has no electrical check of the last year. A yearly test is not "
        "law in Great Britain; say what you checked. For example: looked over plugs and cables; "
        "or: nothing in it is electrical.",
    },
    hindrance=_nothing_to_send,
)
ISSUE = Step(
    "issue",
    "Give access",
    "Only the teacher and the responsible person can read this, and each look is kept.",
    "Give access",
    "The school has access.",
    lambda _loan: IssueForm.of_request(),
    lambda work, who, loan_id, form: service.issue(work, who, loan_id, form.access_words.text),
    hints={"access_words": "An address and a code, or how the invitation arrives."},
)
DELETION = Step(
    "confirm_deletion",
    "Confirm the deletion",
    "The school keeps this as your word.",
    "Confirm",
    "Confirmed. The loan is closed.",
    lambda _loan: DeletionForm.of_request(),
    lambda work, who, loan_id, form: service.confirm_deletion(work, who, loan_id, form.wish()),
    hints={
        "none_held": "Tick this, or fill in the rest.",
        "scope": "For example: all pupil accounts and their work.",
    },
)
AFTER_LOSS = replace(
    DELETION,
    move="confirm_deletion_after_loss",
    done="Confirmed. The school keeps it as your word.",
    form=_after_loss_form,
    act=lambda work, who, loan_id, form: service.confirm_deletion_after_loss(
        work, who, loan_id, form.wish()
    ),
)


@pages.post("/loans/<int:loan_id>/approve")
@audience(SUPPLIER)
def approve(loan_id: int) -> Response:
    """Say yes to a request."""
    return press(loan_id, service.approve, "You said yes. The school accepts the terms next.")


@pages.route("/loans/<int:loan_id>/decline", methods=["GET", "POST"])
@audience(SUPPLIER)
def decline(loan_id: int) -> Answer:
    """Say no to a request."""
    return take(DECLINE, loan_id, "decline")


@pages.route("/loans/<int:loan_id>/dates", methods=["GET", "POST"])
@audience(SUPPLIER)
def propose_dates(loan_id: int) -> Answer:
    """Offer other dates."""
    return take(PROPOSE, loan_id, "propose_dates")


@pages.route("/loans/<int:loan_id>/dispatch", methods=["GET", "POST"])
@audience(SUPPLIER)
def dispatch(loan_id: int) -> Answer:
    """Send a kit."""
    return take(DISPATCH, loan_id, "dispatch")


@pages.route("/loans/<int:loan_id>/issue", methods=["GET", "POST"])
@audience(SUPPLIER)
def issue(loan_id: int) -> Answer:
    """Give access."""
    return take(ISSUE, loan_id, "issue")


@pages.route("/loans/<int:loan_id>/deletion", methods=["GET", "POST"])
@audience(SUPPLIER)
def confirm_deletion(loan_id: int) -> Answer:
    """Confirm what was deleted."""
    return take(DELETION, loan_id, "confirm_deletion")


@pages.route("/loans/<int:loan_id>/deletion-after-loss", methods=["GET", "POST"])
@audience(SUPPLIER)
def confirm_deletion_after_loss(loan_id: int) -> Answer:
    """Confirm what was deleted after a loss."""
    return take(AFTER_LOSS, loan_id, "confirm_deletion_after_loss")
