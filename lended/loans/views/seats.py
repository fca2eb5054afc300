"""Activation codes: the supplier keeps them, the school takes its seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, make_response, render_template
from werkzeug.wrappers import Response

from lended.access import Role
from lended.errors import Invalid, NotFound
from lended.loans import queries, service
from lended.loans.forms.codes import CodesForm
from lended.loans.rules.codes import masked
from lended.loans.views.blueprint import pages
from lended.loans.views.steps import Answer
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

if TYPE_CHECKING:
    from lended.loans.models import ActivationCode

SUPPLIER = only(Role.SUPPLIER)
SIDES = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)
MOST_SHOWN = 200
CHANGES = {
    "free": ("Withdraw", "loans.withdraw_code"),
    "withdrawn": ("Put back", "loans.put_back_code"),
}
STATES = {"free": "Not used yet", "withdrawn": "Withdrawn", "given": "Given to a school"}


@pages.route("/supplier/products/<slug>/codes", methods=["GET", "POST"])
@audience(SUPPLIER)
def codes(slug: str) -> Answer:
    """Show the activation codes of a product, and add those of a file."""
    product, pools = queries.stock_of_supplier(reader(), actor(), slug)
    seats = [pool for pool in pools if pool.kind == "digital"]
    if not seats:
        raise NotFound
    form = CodesForm.of_request()
    if form.accepted():
        try:
            rows = form.rows()
            with transaction() as work:
                many = service.import_codes(work, actor(), slug, rows)
        except Invalid as refused:
            form.show(refused)
        else:
            flash("1 code is kept." if many == 1 else f"{many} codes are kept.", "success")
            return see("loans.codes", slug=slug)
    kept = queries.codes(reader(), seats[0].id)
    page = render_template(
        "loans/codes.html", product=product, form=form, counts=_counts(kept), **_listed(kept)
    )
    return (page, 422) if form.errors else page


@pages.post("/supplier/products/<slug>/codes/<int:code_id>/withdraw")
@audience(SUPPLIER)
def withdraw_code(slug: str, code_id: int) -> Response:
    """Take a code out of use before anybody has it."""
    with transaction() as work:
        service.withdraw_code(work, actor(), slug, code_id)
    flash("The code is withdrawn. Nobody will be given it.", "success")
    return see("loans.codes", slug=slug)


@pages.post("/supplier/products/<slug>/codes/<int:code_id>/put-back")
@audience(SUPPLIER)
def put_back_code(slug: str, code_id: int) -> Response:
    """Take a withdrawn code into use again."""
    with transaction() as work:
        service.put_back_code(work, actor(), slug, code_id)
    flash("The code can be given to a school again.", "success")
    return see("loans.codes", slug=slug)


@pages.post("/loans/<int:loan_id>/seat")
@audience(SIDES)
def take_seat(loan_id: int) -> Response:
    """Give the next seat to whoever asks, and lead to its code."""
    with transaction() as work:
        seat_id = service.take_seat(work, actor(), loan_id)
    return see("loans.seat", loan_id=loan_id, seat_id=seat_id)


@pages.get("/loans/<int:loan_id>/seats/<int:seat_id>")
@audience(SIDES)
def seat(loan_id: int, seat_id: int) -> Response:
    """Show the activation code of a seat to whoever has just taken it."""
    code = queries.code_just_taken(reader(), actor(), loan_id, seat_id)
    loan = queries.loan(reader(), actor(), loan_id)
    response = make_response(render_template("loans/take_seat.html", loan=loan, code=code))
    response.headers["Cache-Control"] = "no-store"
    return response


def _counts(kept: Sequence[ActivationCode]) -> list[tuple[str, int]]:
    found = Counter(code.state for code in kept)
    return [(words, found[state]) for state, words in STATES.items()]


def _listed(kept: Sequence[ActivationCode]) -> dict[str, object]:
    """Return what the page lists: those not given first, each by its last letters only."""
    order = list(STATES)
    shown = sorted(kept, key=lambda code: (order.index(code.state), code.id))[:MOST_SHOWN]
    return {
        "codes": [
            (code.id, masked(code.code), STATES[code.state], CHANGES.get(code.state))
            for code in shown
        ],
        "more": len(kept) - len(shown),
    }
