"""Answering several requests at once: each in a transaction of its own, a line for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flask import render_template

from lended.access import Role
from lended.errors import Refusal
from lended.loans import queries, service
from lended.loans.forms.answers import NO, YES, AnswersForm
from lended.loans.rules import State
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import what_is_lent
from lended.loans.views.steps import Answer
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.work import Work

if TYPE_CHECKING:
    from lended.loans.models import Loan

GONE = "This request is not there any more."
SAID = {YES: "You said yes.", NO: "You said no."}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one answer."""

    loan_id: int
    about: str
    words: str
    done: bool


@pages.route("/supplier/requests", methods=["GET", "POST"])
@audience(only(Role.SUPPLIER))
def requests() -> Answer:
    """Show every request that waits for an answer, and answer those ticked."""
    waiting = _waiting()
    form = AnswersForm.of_request()
    form.loan_ids.choices = [(str(loan.id), _about(loan)) for loan in waiting]
    results: list[Result] = []
    if form.accepted():
        results = [_answered(loan, form) for loan in waiting if str(loan.id) in form.loan_ids.data]
        waiting = _waiting()
        form = AnswersForm(None)
        form.loan_ids.choices = [(str(loan.id), _about(loan)) for loan in waiting]
    page = render_template(
        "loans/requests.html", form=form, waiting=waiting, results=results, parts=what_is_lent
    )
    return (page, 422) if form.errors else page


def _waiting() -> list[Loan]:
    """Return the requests of the actor's schools, who asked first before the others."""
    found = queries.loans_of_supplier(reader(), actor())
    asked = [loan for loan in found if loan.state == State.REQUESTED]
    return sorted(asked, key=lambda loan: (loan.asked_at or loan.made_at, loan.id))


def _about(loan: Loan) -> str:
    return f"{loan.product.name}, {loan.school.name}"


def _answered(loan: Loan, form: AnswersForm) -> Result:
    """Answer one request: what is refused leaves the others as they are."""
    said = form.answer.data
    act: Callable[[Work], object] = (
        partial(service.approve, actor=actor(), loan_id=loan.id)
        if said == YES
        else partial(
            service.decline,
            actor=actor(),
            loan_id=loan.id,
            reason=form.reason.data,
            words=form.words.text,
        )
    )
    try:
        with transaction(keep_token=True) as work:
            act(work)
    except Refusal as refused:
        return Result(loan.id, _about(loan), refused.words or GONE, done=False)
    return Result(loan.id, _about(loan), SAID[said], done=True)
