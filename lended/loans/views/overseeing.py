"""What LendED's staff do for a side that cannot: cancel a loan whose number they were told."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template
from werkzeug.wrappers import Response

from lended.access import Role
from lended.errors import Invalid, NotFound
from lended.loans.forms.answers import CancelForm, ReferenceForm
from lended.loans.rules.references import loan_of_reference
from lended.loans.views.blueprint import pages
from lended.loans.views.schooling import CANCEL
from lended.loans.views.steps import Answer, movable, take
from lended.web.audience import audience, only
from lended.web.redirects import see

CANCEL_FOR_A_SIDE = replace(
    CANCEL,
    done="The loan is cancelled. Those concerned have been told.",
    form=lambda _loan: CancelForm.of_request().needing_a_reason(),
    leads_to=lambda _loan_id: see("loans.find_to_cancel"),
)
NOT_THERE = "No loan with this number can be cancelled. Perhaps something was sent already."


@pages.get("/staff/loans")
@audience(only(Role.STAFF))
def find_to_cancel() -> Response | tuple[str, int]:
    """Ask for the number of a loan, and lead to it where it can still be cancelled."""
    form = ReferenceForm.of_query()
    asked = bool(form.reference.text)
    if asked and form.validate():
        try:
            loan_id = loan_of_reference(form.reference.text) or 0
            return see("loans.cancel_for_a_side", loan_id=movable(loan_id, "cancel").id)
        except NotFound:
            form.show(Invalid(problems={"reference": NOT_THERE}))
    return render_template("loans/find_to_cancel.html", form=form), 422 if form.errors else 200


@pages.route("/staff/loans/<int:loan_id>/cancel", methods=["GET", "POST"])
@audience(only(Role.STAFF))
def cancel_for_a_side(loan_id: int) -> Answer:
    """Show whose loan it is, and cancel it with a reason that both sides read."""
    return take(CANCEL_FOR_A_SIDE, loan_id, "cancel_for_a_side")
