"""One product: what is stated, on what terms it is tried, what happened where it was."""

from __future__ import annotations

from flask import render_template

from lended import clock
from lended.access import Role
from lended.catalogue import queries
from lended.catalogue.cards import available_words
from lended.catalogue.carrying import need_asked, way_back
from lended.catalogue.comparing import fact_groups
from lended.catalogue.views.blueprint import pages
from lended.catalogue.views.borrowing import borrowing
from lended.loans import queries as loans
from lended.outcomes import queries as outcomes
from lended.web.audience import EVERYONE, audience
from lended.web.database import reader
from lended.web.people import actor_or_none, school_id


@pages.get("/products/<slug>")
@audience(EVERYONE)
def product(slug: str) -> str:
    """Show a product."""
    found = queries.published_product(reader(), slug)
    free = loans.next_free(reader(), [found.id], school_id())
    need = need_asked()
    pools = loans.stock_of_product(reader(), found.id)
    return render_template(
        "catalogue/product.html",
        product=found,
        need=need,
        way_back=way_back(need),
        groups=fact_groups(found),
        available=available_words(found.id, free),
        pools=pools,
        answered=loans.answered(reader(), found.supplier_id),
        data_waits_since=loans.deletion_waits_since(reader(), found.supplier_id, clock.today()),
        borrowing=borrowing(found, pools),
        stories=outcomes.stories_of_product(reader(), found.id),
        may_ask=_may_ask(),
    )


def _may_ask() -> bool:
    """Tell whether whoever looks may ask for a trial, or could be somebody who may."""
    known = actor_or_none()
    return known is None or known.has(Role.TEACHER)
