"""What happens when a kit does not arrive, comes back, or does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from lended.access import Actor, Role
from lended.errors import Conflict
from lended.loans import service
from lended.loans.forms.papers import for_items
from lended.loans.forms.returns import (
    AgainForm,
    FailedForm,
    InspectionForm,
    LostForm,
    PartForm,
    ReturnForm,
    for_lines,
)
from lended.loans.service.delivery import ONCE_ONLY, sent_again_before
from lended.loans.service.give_back import may_leave_data
from lended.loans.service.kits import kits_of
from lended.loans.service.losses import value_pence
from lended.loans.service.returns import back_before
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import items_of, kit_words
from lended.loans.views.steps import Answer, Step, movable, press, take
from lended.web import pictures
from lended.web.audience import audience, only
from lended.web.theme import pounds
from lended.work import Work

if TYPE_CHECKING:
    from lended.loans.models import Loan

SCHOOL = only(Role.TEACHER, Role.SCHOOL_LEAD)
SUPPLIER = only(Role.SUPPLIER)
EVERY_SIDE = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)
NEW_PRICES = frozenset({"hardware_purchase", "one_off"})
PICTURES_HINT = (
    "Up to six, each of 8 MB at most. If this page comes back with a question, choose them again."
)


def _again_form(loan: Loan) -> AgainForm:
    if sent_again_before(loan):
        raise Conflict(ONCE_ONLY)
    return AgainForm.of_request()


def _part_form(loan: Loan) -> PartForm:
    units = [unit for unit in kits_of(loan) if unit.id not in back_before(loan)]
    with_serials = {binding.line_id for line in loan.lines for binding in line.bindings}
    left = {
        line.id: (line.pool.label or "the kits", line.quantity - line.back)
        for line in loan.lines
        if line.pool.kind == "physical"
        and line.back < line.quantity
        and line.id not in with_serials
    }
    form = for_lines(left).of_request()
    return form.choosing([(str(unit.id), kit_words(unit)) for unit in units])


def _inspection_form(loan: Loan) -> InspectionForm:
    form = for_items(InspectionForm, items_of(loan)).of_request()
    return form.choosing([(str(unit.id), kit_words(unit)) for unit in kits_of(loan)])


def _inspect(work: Work, who: Actor, loan_id: int, form: Any) -> None:
    if form.settles:
        names = pictures.keep(form.photos.pictures)
        service.close_with_incident(work, who, loan_id, form.incident(names))
    else:
        service.pass_inspection(work, who, loan_id, form.checked(), form.words.text)


def _lost_form(loan: Loan) -> LostForm:
    return LostForm.of_request().saying(_worth(loan))


def _worth(loan: Loan) -> str:
    """Return what is known of the value, from its kits or from the price of the product."""
    value, facts = value_pence(loan), loan.product_facts
    if value is not None:
        return f"{loan.supplier.name} says that a new one costs {pounds(value)}."
    if facts.get("price_model") in NEW_PRICES and facts.get("price_pence"):
        return f"{loan.supplier.name} sells it for {pounds(facts['price_pence'])}."
    return f"{loan.supplier.name} has not said what a new one costs."


AGAIN = Step(
    "send_again",
    "Send it again",
    "When a parcel has come back, or went astray. This can be done once.",
    "It is on its way again",
    "The school knows that it is on its way again.",
    _again_form,
    lambda work, who, loan_id, form: service.send_again(
        work, who, loan_id, form.words.text, form.tracking.text
    ),
)
FAILED = Step(
    "fail_delivery",
    "It could not be delivered",
    "The loan ends here. What was sent stays set aside until you say that it is ready again.",
    "End this loan",
    "The school knows. Say here when what was sent is back and ready.",
    lambda _loan: FailedForm.of_request(),
    lambda work, who, loan_id, form: service.fail_delivery(work, who, loan_id, form.words.text),
    kind="warning",
)
RETURN = Step(
    "book_return",
    "Send it back",
    "Pack everything that came. It can go back before its last day, too. Never post a swollen "
    "battery: tell the supplier, who has it collected.",
    "It is ready to go back",
    "The supplier knows that it is coming back.",
    lambda _loan: ReturnForm.of_request(),
    lambda work, who, loan_id, form: service.book_return(work, who, loan_id, form.words.text),
    hints={"words": "For example: Friday from 9 to 3, at the office; two boxes."},
)
PART = Step(
    "take_back_part",
    "A part is back",
    "Say what came. The school is asked for the rest only.",
    "This is back",
    "Kept. The school can see what is still to come.",
    _part_form,
    lambda work, who, loan_id, form: service.take_back_part(work, who, loan_id, form.wish()),
)
INSPECT = Step(
    "pass_inspection",
    "Check what came back",
    "Say for each thing how it came back. What a kit uses up is not a loss.",
    "Close this loan",
    "Checked and closed.",
    _inspection_form,
    _inspect,
    hints={
        "settle": "Then both sides can say what happened, and the kit is set aside until you say "
        "that it is ready again. Never post a swollen battery.",
        "unit_ids": "All of them, where you choose none. This counts when something is to be "
        "settled.",
        "photos": PICTURES_HINT,
        "words": "Needed when something is to be settled.",
    },
)
INSPECT_SET = replace(
    INSPECT,
    opening=f"{INSPECT.opening} When it is checked, the data behind the seats is deleted.",
    label="It is checked",
    done="Checked. Delete the school’s data next, and confirm it.",
)
LOST = Step(
    "report_lost",
    "It is lost",
    "The loan ends here. There is one fewer to lend, and both sides say what happened.",
    "Report the loss",
    "Reported. Both sides can say what happened.",
    _lost_form,
    lambda work, who, loan_id, form: service.report_lost(work, who, loan_id, form.words.text),
    kind="warning",
)


@pages.route("/loans/<int:loan_id>/again", methods=["GET", "POST"])
@audience(SUPPLIER)
def send_again(loan_id: int) -> Answer:
    """Send a parcel once more."""
    return take(AGAIN, loan_id, "send_again")


@pages.route("/loans/<int:loan_id>/undelivered", methods=["GET", "POST"])
@audience(SUPPLIER)
def fail_delivery(loan_id: int) -> Answer:
    """Say that a parcel could not be delivered."""
    return take(FAILED, loan_id, "fail_delivery")


@pages.route("/loans/<int:loan_id>/return", methods=["GET", "POST"])
@audience(SCHOOL)
def book_return(loan_id: int) -> Answer:
    """Send a kit back."""
    return take(RETURN, loan_id, "book_return")


@pages.post("/loans/<int:loan_id>/back")
@audience(SUPPLIER)
def take_back(loan_id: int) -> Response:
    """Say that everything is back."""
    return press(loan_id, service.take_back, "It is back. Check it next, item by item.")


@pages.route("/loans/<int:loan_id>/part", methods=["GET", "POST"])
@audience(SUPPLIER)
def take_back_part(loan_id: int) -> Answer:
    """Say which part is back."""
    return take(PART, loan_id, "take_back_part")


@pages.route("/loans/<int:loan_id>/inspection", methods=["GET", "POST"])
@audience(SUPPLIER)
@pictures.takes_pictures
def inspect(loan_id: int) -> Answer:
    """Check what came back."""
    loan = movable(loan_id, INSPECT.move)
    return take(INSPECT_SET if may_leave_data(loan) else INSPECT, loan_id, "inspect")


@pages.route("/loans/<int:loan_id>/lost", methods=["GET", "POST"])
@audience(EVERY_SIDE)
def report_lost(loan_id: int) -> Answer:
    """Report a loss."""
    return take(LOST, loan_id, "report_lost")
