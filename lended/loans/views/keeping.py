"""Keeping a loan: longer, or for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from lended.access import Role
from lended.loans import service
from lended.loans.forms.answers import LongerForm, PriceAnswerForm, PriceForm, WhyForm
from lended.loans.views.blueprint import pages
from lended.loans.views.steps import Answer, Step, press, take
from lended.web.audience import audience, only
from lended.web.database import reader
from lended.web.theme import day

if TYPE_CHECKING:
    from lended.loans.models import Loan

SCHOOL = only(Role.TEACHER, Role.SCHOOL_LEAD)
SUPPLIER = only(Role.SUPPLIER)


def asked_words(loan: Loan) -> str:
    """Say until when the school would keep a loan, and why; empty when it has not asked."""
    wish = loan.wish_to_keep
    return f"until {day(wish.until_on)}: “{wish.words}”" if wish else ""


ASK_LONGER = Step(
    "ask_extension",
    "Ask to keep it longer",
    "When nobody waits for it, it is yours at once. Otherwise the supplier answers.",
    "Ask to keep it",
    "You have asked to keep it longer. The loan’s page says what came of it.",
    lambda _loan: LongerForm.of_request(),
    lambda work, who, loan_id, form: service.ask_extension(
        work, who, loan_id, form.until.data, form.words.text
    ),
    hints={"words": "For example: half of the class was ill in the second week."},
    hindrance=lambda loan: service.why_no_longer(reader(), loan),
)
DECLINE_LONGER = Step(
    "decline_extension",
    "It has to come back on its day",
    "The teacher reads your reason.",
    "Say no",
    "The teacher knows that it has to come back on its day.",
    lambda _loan: WhyForm.of_request(),
    lambda work, who, loan_id, form: service.decline_extension(work, who, loan_id, form.words.text),
)
ASK_PRICE = Step(
    "ask_price",
    "Ask what it costs",
    "Only because you ask: nothing is bought, and nobody calls you unless you want it.",
    "Send the question",
    "The supplier has your question. The answer appears on the loan’s page.",
    lambda _loan: PriceForm.of_request(),
    lambda work, who, loan_id, form: service.ask_price(
        work, who, loan_id, form.words.text, keep_our_data=bool(form.keep_our_data.data)
    ),
    hints={
        "words": "For example: what it costs for 60 pupils and a year.",
        "keep_our_data": "This is a choice of its own. Without it everything is deleted as agreed.",
    },
)
ANSWER_PRICE = Step(
    "answer_price",
    "Answer what it costs",
    "The school reads your answer on the loan’s page.",
    "Send the answer",
    "The school has your answer.",
    lambda _loan: PriceAnswerForm.of_request(),
    lambda work, who, loan_id, form: service.answer_price(work, who, loan_id, form.words.text),
)


@pages.route("/loans/<int:loan_id>/longer", methods=["GET", "POST"])
@audience(only(Role.TEACHER))
def ask_extension(loan_id: int) -> Answer:
    """Ask to keep a loan longer."""
    return take(ASK_LONGER, loan_id, "ask_extension")


@pages.post("/loans/<int:loan_id>/longer/yes")
@audience(SUPPLIER)
def extend(loan_id: int) -> Response:
    """Agree that a loan is kept longer."""
    return press(loan_id, service.extend, "You said yes. The school knows its new last day.")


@pages.route("/loans/<int:loan_id>/longer/no", methods=["GET", "POST"])
@audience(SUPPLIER)
def decline_extension(loan_id: int) -> Answer:
    """Say that a loan has to come back on its day."""
    return take(DECLINE_LONGER, loan_id, "decline_extension")


@pages.route("/loans/<int:loan_id>/price", methods=["GET", "POST"])
@audience(SCHOOL)
def ask_price(loan_id: int) -> Answer:
    """Ask what a product costs."""
    return take(ASK_PRICE, loan_id, "ask_price")


@pages.route("/loans/<int:loan_id>/price/answer", methods=["GET", "POST"])
@audience(SUPPLIER)
def answer_price(loan_id: int) -> Answer:
    """Answer what a product costs."""
    return take(ANSWER_PRICE, loan_id, "answer_price")
