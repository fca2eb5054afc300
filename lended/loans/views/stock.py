"""A supplier's stock of one product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, render_template
from werkzeug.wrappers import Response

from lended.access import Role
from lended.errors import Invalid, NotFound
from lended.loans import queries, service
from lended.loans.forms.stock import StockForm, UnitForm, contents_text
from lended.loans.rules.stock import KIT_EVENTS, UNIT_STATES
from lended.loans.views.blueprint import pages
from lended.loans.views.steps import Answer
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

if TYPE_CHECKING:
    from lended.catalogue.models import Product
    from lended.loans.models import Pool

SUPPLIER = only(Role.SUPPLIER)
KEPT = "Your stock is kept."


@pages.route("/supplier/products/<slug>/stock", methods=["GET", "POST"])
@audience(SUPPLIER)
def stock(slug: str) -> Answer:
    """Show and keep how many there are to lend."""
    product, pool = _stock(slug)
    form = StockForm.of_request(_as_it_is(pool))
    if form.accepted():
        try:
            with transaction() as work:
                service.keep_stock(work, actor(), slug, form.wish())
        except Invalid as refused:
            form.show(refused)
        else:
            return _kept(slug)
    return _page(product, pool, form, UnitForm(), wrong=bool(form.errors))


@pages.post("/supplier/products/<slug>/stock/kits")
@audience(SUPPLIER)
def add_unit(slug: str) -> Answer:
    """Add a kit with its serial."""
    product, pool = _stock(slug)
    form = UnitForm.of_request()
    if form.accepted():
        try:
            with transaction() as work:
                service.add_unit(work, actor(), slug, form.wish())
        except Invalid as refused:
            form.show(refused)
        else:
            return _kept(slug)
    return _page(product, pool, StockForm(data=_as_it_is(pool)), form, wrong=True)


@pages.route("/supplier/products/<slug>/stock/kits/<int:unit_id>", methods=["GET", "POST"])
@audience(SUPPLIER)
def unit(slug: str, unit_id: int) -> Answer:
    """Say how things stand with one kit."""
    product, pool = _stock(slug)
    kits = {kit.id: kit for kit in queries.units(reader(), pool.id)} if pool else {}
    if unit_id not in kits:
        raise NotFound
    kit = kits[unit_id]
    value = None if kit.value_pence is None else kit.value_pence / 100
    form = UnitForm.of_request({**vars(kit), "value": value})
    if form.accepted():
        try:
            with transaction() as work:
                service.change_unit(work, actor(), slug, unit_id, form.wish())
        except Invalid as refused:
            form.show(refused)
        else:
            return _kept(slug)
    page = render_template(
        "loans/unit.html",
        product=product,
        unit=kit,
        form=form,
        history=queries.unit_history(reader(), unit_id),
        kit_events=KIT_EVENTS,
    )
    return (page, 422) if form.errors else page


def _stock(slug: str) -> tuple[Product, Pool | None]:
    product, pools = queries.stock_of_supplier(reader(), actor(), slug)
    return product, pools[0] if pools else None


def _kept(slug: str) -> Response:
    flash(KEPT, "success")
    return see("loans.stock", slug=slug)


def _page(
    product: Product, pool: Pool | None, form: StockForm, unit_form: UnitForm, *, wrong: bool
) -> Answer:
    page = render_template(
        "loans/stock.html",
        product=product,
        pool=pool,
        form=form,
        unit_form=unit_form,
        units=queries.units(reader(), pool.id) if pool else [],
        unit_states=UNIT_STATES,
    )
    return (page, 422) if wrong else page


def _as_it_is(pool: Pool | None) -> dict[str, Any]:
    if pool is None:
        return {}
    return {
        "kind": pool.kind,
        "capacity": None if pool.unlimited else pool.capacity,
        "unlimited": pool.unlimited,
        "contents": contents_text(pool.contents),
    }
