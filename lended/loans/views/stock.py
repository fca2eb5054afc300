"""A supplier's stock of one product."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import flash, render_template
from werkzeug.wrappers import Response

from lended.access import Role
from lended.errors import Conflict, Invalid, NotFound
from lended.loans import queries, service
from lended.loans.forms.stock import AnotherPartForm, StockForm, UnitForm, contents_text
from lended.loans.rules.stock import KIT_EVENTS, UNIT_STATES
from lended.loans.views.blueprint import pages
from lended.loans.views.steps import Answer
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.forms import Form
from lended.web.people import actor
from lended.web.redirects import see
from lended.work import Work

if TYPE_CHECKING:
    from lended.catalogue.models import Product
    from lended.loans.models import Pool

SUPPLIER = only(Role.SUPPLIER)
KEPT = "Your stock is kept."


@pages.route("/supplier/products/<slug>/stock", methods=["GET", "POST"])
@audience(SUPPLIER)
def stock(slug: str) -> Answer:
    """Show and keep how many there are to lend; what has several parts, part by part."""
    product, pools = _stock(slug)
    if len(pools) > 1:
        return see("loans.parts", slug=slug)
    return _part(product, pools[0] if pools else None)


@pages.route("/supplier/products/<slug>/stock/parts/<int:pool_id>", methods=["GET", "POST"])
@audience(SUPPLIER)
def part(slug: str, pool_id: int) -> Answer:
    """Show and keep how many there are of one part."""
    product, pools = _stock(slug)
    return _part(product, _chosen(pools, pool_id))


@pages.get("/supplier/products/<slug>/stock/parts")
@audience(SUPPLIER)
def parts(slug: str) -> str:
    """Show what a set is made of."""
    product, pools = _stock(slug)
    return render_template("loans/parts.html", product=product, pools=pools)


@pages.route("/supplier/products/<slug>/stock/parts/new", methods=["GET", "POST"])
@audience(SUPPLIER)
def add_part(slug: str) -> Answer:
    """Add a part to what goes with each set."""
    product, pools = _stock(slug)
    form = AnotherPartForm.of_request()
    if _done(form, lambda work: service.add_part(work, actor(), slug, form.wish())):
        return _kept(slug)
    page = render_template(
        "loans/add_part.html",
        product=product,
        form=form,
        nameless=any(not pool.label for pool in pools),
        promised=queries.is_promised(reader(), [pool.id for pool in pools]),
    )
    return (page, 422) if form.errors else page


@pages.post("/supplier/products/<slug>/stock/parts/<int:pool_id>/remove")
@audience(SUPPLIER)
def remove_part(slug: str, pool_id: int) -> Response:
    """Take a part out that was never lent."""
    try:
        with transaction() as work:
            service.remove_part(work, actor(), slug, pool_id)
    except Conflict as refused:
        flash(refused.words, "error")
        return see("loans.parts", slug=slug)
    return _kept(slug)


@pages.post("/supplier/products/<slug>/stock/parts/<int:pool_id>/kits")
@audience(SUPPLIER)
def add_unit(slug: str, pool_id: int) -> Answer:
    """Add a kit with its serial."""
    product, pools = _stock(slug)
    pool = _chosen(pools, pool_id)
    form = UnitForm.of_request()
    if _done(form, lambda work: service.add_unit(work, actor(), slug, form.wish(), pool_id)):
        return _kept(slug, pool_id)
    return _page(product, pool, StockForm(data=_as_it_is(pool)), form, wrong=True)


@pages.route("/supplier/products/<slug>/stock/kits/<int:unit_id>", methods=["GET", "POST"])
@audience(SUPPLIER)
def unit(slug: str, unit_id: int) -> Answer:
    """Say how things stand with one kit."""
    product, pools = _stock(slug)
    kits = {kit.id: kit for pool in pools for kit in queries.units(reader(), pool.id)}
    if unit_id not in kits:
        raise NotFound
    kit = kits[unit_id]
    value = None if kit.value_pence is None else kit.value_pence / 100
    form = UnitForm.of_request({**vars(kit), "value": value})
    if _done(form, lambda work: service.change_unit(work, actor(), slug, unit_id, form.wish())):
        return _kept(slug, kit.pool_id)
    loan_id = queries.loan_of_label(reader(), actor(), kit.label or "")
    page = render_template(
        "loans/unit.html",
        product=product,
        unit=kit,
        form=form,
        loan=queries.loan(reader(), actor(), loan_id) if loan_id else None,
        history=queries.unit_history(reader(), unit_id),
        kit_events=KIT_EVENTS,
    )
    return (page, 422) if form.errors else page


def _part(product: Product, pool: Pool | None) -> Answer:
    form = StockForm.of_request(_as_it_is(pool))
    pool_id = pool.id if pool else None

    def keep(work: Work) -> None:
        service.keep_stock(work, actor(), product.slug, form.wish(), pool_id)

    if _done(form, keep):
        return _kept(product.slug)
    return _page(product, pool, form, UnitForm(), wrong=bool(form.errors))


def _done(form: Form, act: Callable[[Work], object]) -> bool:
    """Tell whether what was typed is kept; what stands against it goes into the form."""
    if not form.accepted():
        return False
    try:
        with transaction() as work:
            act(work)
    except Invalid as refused:
        form.show(refused)
    except Conflict as refused:
        form.form_errors.append(refused.words)
    return not form.errors


def _stock(slug: str) -> tuple[Product, list[Pool]]:
    return queries.stock_of_supplier(reader(), actor(), slug)


def _chosen(pools: list[Pool], pool_id: int) -> Pool:
    found = [pool for pool in pools if pool.id == pool_id]
    if not found:
        raise NotFound
    return found[0]


def _kept(slug: str, pool_id: int | None = None) -> Response:
    """Lead to the stock of a product, or to the part whose kits were changed."""
    flash(KEPT, "success")
    return (
        see("loans.part", slug=slug, pool_id=pool_id) if pool_id else see("loans.stock", slug=slug)
    )


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
        borrowers=queries.borrowers(reader(), pool.id) if pool else {},
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
        "label": pool.label,
        "in_a_set": pool.in_a_set,
    }
