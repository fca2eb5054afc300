"""Staff's desk for suppliers and listings: who waits, and an answer."""

from __future__ import annotations

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.access import Role
from lended.catalogue import queries, service
from lended.catalogue.comparing import fact_groups
from lended.catalogue.forms import AnswerForm
from lended.catalogue.rules.listings import STATES, SUBMITTED
from lended.catalogue.rules.names import look_alikes
from lended.catalogue.views.blueprint import pages
from lended.errors import Conflict, Invalid
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see


@pages.get("/staff/listings")
@audience(only(Role.STAFF))
def waiting_listings() -> str:
    """Show suppliers and listings that wait, longest first."""
    return render_template(
        "catalogue/waiting_listings.html",
        suppliers=queries.waiting_suppliers(reader()),
        listings=queries.waiting_listings(reader()),
    )


@pages.route("/staff/listings/<slug>", methods=["GET", "POST"])
@audience(only(Role.STAFF))
def answer_listing(slug: str) -> str | Response | tuple[str, int]:
    """Show a listing as the public would see it, and answer it."""
    product = queries.listing(reader(), actor(), slug)
    if product.state != SUBMITTED and request.method == "GET":
        raise Conflict("This listing does not wait for an answer.")
    form = AnswerForm.of_request({"seen": product.version})
    if form.accepted():
        try:
            return _listing_answered(form, slug, product.name)
        except Invalid as refusal:
            form.show(refusal)
    page = render_template(
        "catalogue/answer_listing.html",
        form=form,
        product=product,
        groups=fact_groups(product),
        events=queries.product_events(reader(), product.id),
        states=STATES,
    )
    return page, 422 if request.method == "POST" else 200


@pages.route("/staff/suppliers/<slug>", methods=["GET", "POST"])
@audience(only(Role.STAFF))
def answer_supplier(slug: str) -> str | Response | tuple[str, int]:
    """Show a supplier that waits with names that look like its own, and answer it."""
    supplier = queries.waiting_supplier(reader(), slug)
    form = AnswerForm.of_request()
    if form.accepted():
        try:
            return _supplier_answered(form, slug, supplier.name)
        except Invalid as refusal:
            form.show(refusal)
    others = queries.other_suppliers(reader(), supplier.id)
    alike = set(look_alikes(supplier.name, [other.name for other in others]))
    page = render_template(
        "catalogue/answer_supplier.html",
        form=form,
        supplier=supplier,
        alike=[other for other in others if other.name in alike],
    )
    return page, 422 if request.method == "POST" else 200


def _listing_answered(form: AnswerForm, slug: str, name: str) -> Response:
    with transaction() as work:
        service.answer_listing(
            work,
            actor(),
            slug,
            approved=form.approved,
            words=form.words.text,
            seen=form.seen.text,
        )
    flash(f"{name} is {'public now' if form.approved else 'sent back'}.", "success")
    return see("catalogue.waiting_listings")


def _supplier_answered(form: AnswerForm, slug: str, name: str) -> Response:
    with transaction() as work:
        service.answer_supplier(work, actor(), slug, approved=form.approved, words=form.words.text)
    flash(f"{name} is {'approved' if form.approved else 'sent back'}.", "success")
    return see("catalogue.waiting_listings")
