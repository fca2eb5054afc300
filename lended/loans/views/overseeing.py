"""What LendED's staff do for a side that cannot: cancel a loan whose number they were told."""

from __future__ import annotations

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from lended.access import Role
from lended.errors import Invalid, NotFound
from lended.loans import queries, service
from lended.loans.forms.answers import CancelForm, ReferenceForm
from lended.loans.rules.references import loan_of_reference
from lended.loans.views.blueprint import pages
from lended.loans.views.steps import Answer, movable
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

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
    loan = movable(loan_id, "cancel")
    form = CancelForm.of_request().needing_a_reason()
    if form.accepted():
        try:
            with transaction() as work:
                service.cancel(work, actor(), loan_id, form.reason.data, form.words.text)
        except Invalid as refused:
            form.show(refused)
            loan = queries.loan(reader(), actor(), loan_id)
        else:
            flash(f"{loan.reference} is cancelled. Those concerned have been told.", "success")
            return see("loans.find_to_cancel")
    page = render_template(
        "loans/cancel_for_a_side.html",
        loan=loan,
        form=form,
        address=url_for("loans.cancel_for_a_side", loan_id=loan_id),
    )
    return (page, 422) if form.errors else page
