"""Everything from A to Z, and up to four products side by side."""

from __future__ import annotations

from datetime import date

import numpy as np
from flask import current_app, render_template, request, url_for

from lended.catalogue import queries
from lended.catalogue.cards import Card, available_words, card_of
from lended.catalogue.carrying import need_asked, need_query, way_back
from lended.catalogue.comparing import compare_facts
from lended.catalogue.forms import FilterForm
from lended.catalogue.kept import Kept
from lended.catalogue.narrowing import address_without, narrowing, page_asked
from lended.catalogue.rules import MOST_COMPARED, PAGE_SIZE
from lended.catalogue.shelf import Mask, Shelf
from lended.catalogue.views.blueprint import pages
from lended.loans import queries as loans
from lended.web.audience import EVERYONE, audience
from lended.web.database import reader
from lended.web.people import school_id
from lended.words import clean_line


@pages.get("/products")
@audience(EVERYONE)
def products() -> str:
    """Show what is listed, in alphabetical order."""
    form = FilterForm.of_query()
    filters = form.filters()
    shelf = present_shelf()
    among = _borrowable(shelf, filters.window)
    kept = shelf.mask(filters) & among
    places = np.flatnonzero(kept)
    page = page_asked(len(places), PAGE_SIZE)
    shown = places[page.first : page.first + PAGE_SIZE]
    return render_template(
        "catalogue/products.html",
        filter_form=form,
        narrowing=narrowing(form, filters, shelf.counts(filters, among=among)),
        cards=_cards(shelf.ids[shown].tolist()),
        count=len(places),
        total=len(shelf),
        page=page,
    )


@pages.get("/compare")
@audience(EVERYONE)
def compare() -> str:
    """Show two to four products side by side, differences first."""
    slugs = list(dict.fromkeys(clean_line(slug) for slug in request.args.getlist("product")))
    found = queries.published_products(reader(), slugs[:MOST_COMPARED])
    need = need_asked()
    columns = [
        {
            "name": product.name,
            "url": url_for("catalogue.product", slug=product.slug) + need_query(need),
            "supplier": product.supplier.name,
            "remove_url": address_without("product", product.slug),
        }
        for product in found
    ]
    differing, same = compare_facts(found)
    return render_template(
        "catalogue/compare.html",
        products=columns,
        way_back=way_back(need),
        differing=differing,
        same=same,
        left_out=max(0, len(slugs) - MOST_COMPARED),
    )


def present_shelf() -> Shelf:
    """Return the shelf as this process knows it."""
    kept: Kept[Shelf] = current_app.extensions["lended.shelf"]
    return kept.value()


def _borrowable(shelf: Shelf, window: tuple[date, date] | None) -> Mask:
    if window is None:
        return np.ones(len(shelf), dtype=np.bool_)
    return shelf.mask_of_ids(loans.borrowable_product_ids(reader(), *window, school_id()))


def _cards(product_ids: list[int]) -> list[Card]:
    found = queries.card_rows(reader(), product_ids)
    free = loans.next_free(reader(), product_ids, school_id())
    return [
        card_of(
            found[product_id],
            url_for("catalogue.product", slug=found[product_id].slug),
            available=available_words(product_id, free),
        )
        for product_id in product_ids
        if product_id in found
    ]
