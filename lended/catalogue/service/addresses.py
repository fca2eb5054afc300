"""Addresses of products and suppliers: made from the name, unique, and never changed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lended.catalogue.models import Product, Supplier
from lended.catalogue.rules.names import slug_of, slugs_to_try
from lended.errors import Conflict
from lended.work import Work

MOST_TRIES = 5
TAKEN = "Somebody else took this name just now. Please try again."


def add_with_slug(work: Work, row: Product | Supplier) -> None:
    """Add a new row at the first free address that its name makes.

    Raises
    ------
    Conflict
        When others keep taking the address first.
    """
    tries = 0
    taken = slugs_taken(work, type(row), row.name)
    for slug in slugs_to_try(row.name):
        if slug in taken:
            continue
        row.slug = slug
        if _added(work, row):
            return
        tries += 1
        if tries == MOST_TRIES:
            raise Conflict(TAKEN)


def slugs_taken(work: Work, table: type[Product | Supplier], name: str) -> set[str]:
    """Return the addresses in use that begin like the one a name makes."""
    begins = table.slug.startswith(slug_of(name), autoescape=True)
    return set(work.session.scalars(select(table.slug).where(begins).order_by(table.slug)))


def _added(work: Work, row: Product | Supplier) -> bool:
    """Add a row inside a savepoint, and tell whether its address was still free."""
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError:
        return False
    return True
