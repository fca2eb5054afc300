"""Labels for kits: a sheet to print, and where the code on each leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from flask import current_app, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from lended.access import Role
from lended.errors import NotFound
from lended.loans import queries
from lended.loans.views.blueprint import pages
from lended.web.audience import audience, only
from lended.web.database import reader
from lended.web.people import actor
from lended.web.redirects import see

if TYPE_CHECKING:
    from config import Settings
    from lended.loans.models import Unit

RETIRED = "retired"


@pages.get("/supplier/products/<slug>/stock/labels")
@audience(only(Role.SUPPLIER))
def labels(slug: str) -> str:
    """Show a label for each kit in service, A to Z, to print and cut out."""
    product, pools = queries.stock_of_supplier(reader(), actor(), slug)
    kits = [
        (unit, pool.label, _code(unit))
        for pool in pools
        for unit in queries.units(reader(), pool.id)
        if unit.state != RETIRED and unit.label
    ]
    kits.sort(key=lambda kit: (kit[0].serial.casefold(), kit[0].id))
    return render_template("loans/labels.html", product=product, kits=kits)


@pages.get("/kit/<label>")
@audience(only(Role.SUPPLIER, Role.TEACHER, Role.SCHOOL_LEAD))
def kit(label: str) -> Response:
    """Open the kit for its supplier, or the loan for the school that has it now."""
    own = queries.kit_of_label(reader(), actor(), label)
    if own:
        return see("loans.unit", slug=own[0], unit_id=own[1])
    loan_id = queries.loan_of_label(reader(), actor(), label)
    if loan_id is None:
        raise NotFound
    return see("loans.loan", loan_id=loan_id)


def _code(unit: Unit) -> Markup:
    """Draw the address of a kit as a QR code, which a smudge of a quarter does not spoil."""
    settings: Settings = current_app.extensions["lended.settings"]
    address = settings.base_url + url_for("loans.kit", label=unit.label)
    code = segno.make_qr(address, error="q")
    drawn = code.svg_inline(omitsize=True, svgclass="label__code", light="white")
    return Markup(drawn)  # noqa: S704 - drawn by segno from an address of ours
