"""Answering several requests at once: each in a transaction of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, render_template

from lended.access import Role
from lended.errors import Refusal
from lended.loans import queries, service
from lended.loans.forms.answers import YES, AnswersForm
from lended.loans.views.blueprint import pages
from lended.loans.views.boxes import what_is_lent
from lended.loans.views.steps import Answer
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see
from lended.web.theme import plural

if TYPE_CHECKING:
    from lended.loans.models import Loan

GONE = "It is not there any more."
UNKNOWN = "A request"
MOST_NAMED = 6


@pages.route("/supplier/requests", methods=["GET", "POST"])
@audience(only(Role.SUPPLIER))
def requests() -> Answer:
    """Show every request that waits for an answer, and answer those ticked."""
    form = AnswersForm.of_request()
    if form.accepted():
        _answer_all(form)
        return see("loans.requests")
    waiting = queries.requests_of_supplier(reader(), actor())
    form.offer((loan.id, _about(loan)) for loan in waiting)
    page = render_template("loans/requests.html", form=form, waiting=waiting, parts=what_is_lent)
    return (page, 422) if form.errors else page


def _answer_all(form: AnswersForm) -> None:
    """Answer each request that was ticked, and say what came of it."""
    known = {loan.id: _about(loan) for loan in queries.loans_of_supplier(reader(), actor())}
    answered: list[str] = []
    refused: dict[str, list[str]] = defaultdict(list)
    for loan_id in form.loan_ids.numbers:
        about = known.get(loan_id, UNKNOWN)
        why_not = _answer(loan_id, form, first=not answered) if loan_id in known else GONE
        (refused[why_not] if why_not else answered).append(about)
    if answered:
        said = f"You said {form.answer.data} to {plural(len(answered), 'request')}"
        flash(f"{said}: {_named(answered)}.", "success")
    for why_not, about_these in refused.items():
        flash(f"Not answered: {_named(about_these)}. {why_not}", "error")


def _answer(loan_id: int, form: AnswersForm, *, first: bool) -> str:
    """Answer one request; return why it was not answered, which leaves the others as they are.

    Parameters
    ----------
    first
        Whether nothing was answered before it: the form's token is used up with the first answer.
    """
    try:
        with transaction(keep_token=not first) as work:
            if form.answer.data == YES:
                service.approve(work, actor(), loan_id)
            else:
                service.decline(work, actor(), loan_id, form.reason.data, form.words.text)
    except Refusal as refusal:
        return refusal.words or GONE
    return ""


def _about(loan: Loan) -> str:
    return f"{loan.product.name}, {loan.school.name}"


def _named(about: Sequence[str]) -> str:
    """Return what requests are about; of many the first, and how many more."""
    more = len(about) - MOST_NAMED
    return "; ".join(about[:MOST_NAMED]) + (f"; and {more:,} more" if more > 0 else "")
