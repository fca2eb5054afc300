"""A supplier's way onto LendED, and what it says of itself."""

from __future__ import annotations

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.access import Role
from lended.accounts import queries as accounts
from lended.accounts import sessions
from lended.catalogue import queries, service
from lended.catalogue.forms import DetailsForm, JoinForm
from lended.catalogue.rules.suppliers import STATE_WORDS
from lended.catalogue.views.blueprint import pages
from lended.errors import Invalid
from lended.web.audience import SIGNED_IN, audience, only
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor
from lended.web.redirects import see

MOST_PROPOSALS = "5 per day"


@pages.get("/suppliers/join")
@audience(SIGNED_IN)
def join() -> str:
    """Show how a supplier comes onto LendED."""
    return render_template("catalogue/join.html", form=JoinForm())


@pages.post("/suppliers/join")
@limiter.limit(MOST_PROPOSALS, deduct_when=lambda answer: answer.status_code == 303)
@audience(SIGNED_IN)
def propose() -> Response | tuple[str, int]:
    """Open an organisation for a supplier and let the person act for it."""
    form = JoinForm.of_request()
    if not form.accepted():
        return render_template("catalogue/join.html", form=form), 422
    try:
        with transaction() as work:
            organisation_id = service.propose_supplier(work, actor(), form.wish())
    except Invalid as refusal:
        form.show(refusal)
        return render_template("catalogue/join.html", form=form), 422
    person = accounts.person(reader(), actor().person_id)
    sessions.begin(reader(), person, organisation_id)
    flash(f"{form.name.text} is with LendED’s staff. You can prepare listings now.", "success")
    return see("catalogue.listings")


@pages.route("/supplier/details", methods=["GET", "POST"])
@audience(only(Role.SUPPLIER))
def details() -> str | Response | tuple[str, int]:
    """Show and change what a supplier says of itself."""
    supplier = queries.supplier_of(reader(), actor())
    start = {field.name: getattr(supplier, field.name) for field in DetailsForm()}
    form = DetailsForm.of_request(start)
    if form.accepted():
        with transaction() as work:
            service.change_details(work, actor(), form.wish(supplier.name))
        flash("Your details are changed.", "success")
        return see("catalogue.details")
    page = render_template(
        "catalogue/details.html",
        form=form,
        supplier=supplier,
        state_words=STATE_WORDS[supplier.state],
    )
    return page, 422 if request.method == "POST" else 200
