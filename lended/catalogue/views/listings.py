"""A supplier's own listings: all of them, a new one, one to change and to move."""

from __future__ import annotations

from dataclasses import dataclass

import wtforms
from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.access import Role
from lended.accounts import queries as accounts
from lended.accounts import service as accounts_service
from lended.catalogue import queries, service
from lended.catalogue.comparing import GROUP_TITLES
from lended.catalogue.forms import ListingForm, NewListingForm
from lended.catalogue.rules.listings import DRAFT, STATES, moves_from
from lended.catalogue.rules.suppliers import STATE_WORDS
from lended.catalogue.views.blueprint import pages
from lended.errors import Conflict, Invalid
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

UNFINISHED = "listing"
MOVED = {
    "take_back": "Taken back. It is a draft again.",
    "withdraw": "Withdrawn. Nobody finds it now; loans that are under way go on.",
    "bring_back": "Public again.",
}


@dataclass(frozen=True, slots=True)
class FactFields:
    """The fields of one group of facts; open where something is wrong."""

    title: str
    fields: list[wtforms.Field]
    stated: int

    @property
    def wrong(self) -> bool:
        """Whether a field of the group has a problem beside it."""
        return any(field.errors for field in self.fields)


@pages.get("/supplier/products")
@audience(only(Role.SUPPLIER))
def listings() -> str:
    """Show every listing of the supplier and what to do next."""
    supplier = queries.supplier_of(reader(), actor())
    return render_template(
        "catalogue/listings.html",
        supplier=supplier,
        supplier_words=STATE_WORDS[supplier.state],
        listings=queries.listings(reader(), actor()),
        states=STATES,
        moves_from=moves_from,
    )


@pages.route("/supplier/new-product", methods=["GET", "POST"])
@audience(only(Role.SUPPLIER))
def new_listing() -> str | Response | tuple[str, int]:
    """Begin a listing."""
    form = NewListingForm.of_request()
    if form.accepted():
        with transaction() as work:
            slug = service.new_listing(work, actor(), form.wish())
        flash("Your draft is begun. Nobody else sees it yet.", "success")
        return see("catalogue.edit_listing", slug=slug)
    page = render_template("catalogue/new_listing.html", form=form)
    return page, 422 if request.method == "POST" else 200


@pages.get("/supplier/products/<slug>")
@audience(only(Role.SUPPLIER))
def edit_listing(slug: str) -> str:
    """Show a listing to change, as it was left unfinished if it was."""
    now = queries.wish_of(queries.listing(reader(), actor(), slug))
    kept = accounts.unfinished(reader(), actor(), UNFINISHED, slug)
    form = ListingForm.of_saved(kept) if kept else ListingForm(data=ListingForm.start(now))
    return _page(form, slug, kept=bool(kept))


@pages.post("/supplier/products/<slug>")
@audience(only(Role.SUPPLIER))
def save_listing(slug: str) -> Response | tuple[str, int]:
    """Keep what a listing says; submit it when asked to."""
    form = ListingForm.of_request()
    try:
        if form.accepted():
            return _saved(form, slug, submit="submit" in request.form)
        if "submit" in request.form or queries.listing(reader(), actor(), slug).state != DRAFT:
            form.show_missing()
    except Invalid as refusal:
        form.show(refusal)
    except Conflict as refusal:
        form.form_errors.append(refusal.words)
        form.seen.data = queries.listing(reader(), actor(), slug).version
        return _page(form, slug), 409
    return _page(form, slug), 422


@pages.post("/supplier/products/<slug>/<any(take_back, withdraw, bring_back):move>")
@audience(only(Role.SUPPLIER))
def move_listing(slug: str, move: str) -> Response:
    """Take a listing back from staff, withdraw it, or bring it back."""
    with transaction() as work:
        service.move_listing(work, actor(), slug, move)
    flash(MOVED[move], "success")
    return see("catalogue.listings")


def _saved(form: ListingForm, slug: str, *, submit: bool) -> Response:
    with transaction() as work:
        service.change_listing(work, actor(), slug, form.wish())
        if submit:
            service.submit_listing(work, actor(), slug)
        accounts_service.drop_unfinished(work, actor(), UNFINISHED, slug)
    if submit:
        flash("LendED’s staff will read it before it is public.", "success")
        return see("catalogue.listings")
    flash("Your changes are saved.", "success")
    return see("catalogue.edit_listing", slug=slug)


def _page(form: ListingForm, slug: str, *, kept: bool = False) -> str:
    product = queries.listing(reader(), actor(), slug)
    return render_template(
        "catalogue/edit_listing.html",
        form=form,
        product=product,
        state=STATES[product.state],
        moves=moves_from(product.state),
        groups=[_group(form, code, title) for code, title in GROUP_TITLES.items()],
        events=queries.product_events(reader(), product.id),
        states=STATES,
        kept=kept,
    )


def _group(form: ListingForm, code: str, title: str) -> FactFields:
    fields = form.fields_of(code)
    return FactFields(title, fields, sum(field.data not in (None, "", []) for field in fields))
