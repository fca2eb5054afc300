"""Checks of suppliers and products."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import vocabularies
from lended.catalogue.models import CatalogueRevision, Product, Supplier

LISTS = {"stages": "stage", "subjects": "subject", "needs": "need"}


def public_products_have_approved_suppliers(session: Session) -> Iterator[str]:
    """A product is public only while its supplier is approved."""
    query = (
        select(Product.slug, Supplier.state)
        .join(Supplier, Supplier.id == Product.supplier_id)
        .where(Product.state == "published", Supplier.state != "approved")
        .order_by(Product.id)
    )
    for slug, state in session.execute(query):
        yield f"{slug} is public and its supplier is {state}"


def codes_are_known(session: Session) -> Iterator[str]:
    """Every code of a product is in its vocabulary."""
    query = select(
        Product.slug, Product.product_type, Product.stages, Product.subjects, Product.needs
    ).order_by(Product.id)
    known = {field: frozenset(vocabularies.codes(name)) for field, name in LISTS.items()}
    types = frozenset(vocabularies.codes("product_type"))
    for row in session.execute(query):
        if row.product_type not in types:
            yield f"{row.slug} is of an unknown type, {row.product_type}"
        for field, codes in known.items():
            for code in sorted(set(getattr(row, field)) - codes):
                yield f"{row.slug} has an unknown code among its {field}, {code}"


def facts_make_sense(session: Session) -> Iterator[str]:
    """Every fact of a product is one we know, with a value it can have."""
    for slug, facts in session.execute(select(Product.slug, Product.facts).order_by(Product.id)):
        _kept, problems = vocabularies.clean_facts(facts)
        yield from (f"{slug}: {code}: {words}" for code, words in sorted(problems.items()))


def the_catalogue_has_a_number(session: Session) -> Iterator[str]:
    """Where there are products there is a number by which servers know their index is old."""
    numbers = session.scalar(select(func.count()).select_from(CatalogueRevision))
    products = session.scalar(select(func.count()).select_from(Product))
    if products and not numbers:
        yield f"there are {products} and no number"


CHECKS = (
    public_products_have_approved_suppliers,
    codes_are_known,
    facts_make_sense,
    the_catalogue_has_a_number,
)
