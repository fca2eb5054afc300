"""Reading suppliers and products."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Session, joinedload

from lended.access import Actor, Role
from lended.catalogue.models import CatalogueRevision, Product, ProductEvent, Supplier
from lended.catalogue.rules.listings import ListingWish
from lended.errors import NotFound

CARDS = (
    select(
        Product.id,
        Product.slug,
        Product.name,
        Product.summary,
        Product.product_type,
        Product.facts,
        Supplier.name.label("supplier_name"),
    )
    .join(Supplier, Supplier.id == Product.supplier_id)
    .where(Product.id.in_(bindparam("ids", expanding=True)), Product.state == "published")
    .order_by(Product.id)
)
"""Built once, because building it costs as much as running it and every card needs it."""

PRODUCT_VERSION = cast(Product.updated_at, String).label("version")
"""When a product was last changed, as text: read thousands at a time, that costs half."""


def revision(session: Session) -> int:
    """Return the catalogue's revision; 0 before the first change."""
    return session.scalar(select(CatalogueRevision.number)) or 0


def shelf_order(session: Session) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return which products are published, from A to Z, and which state of its words each has."""
    return session.execute(_published(Product.id, PRODUCT_VERSION)).all()


def shelf_rows(
    session: Session, ids: Collection[int] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what the shelf needs of published products, from A to Z.

    Parameters
    ----------
    ids
        Only these; None for all there are.
    """
    wanted = _published(
        Product.id,
        Product.slug,
        PRODUCT_VERSION,
        Product.name,
        Product.product_type,
        Product.stages,
        Product.subjects,
        Product.facts,
    )
    return session.execute(wanted if ids is None else wanted.where(Product.id.in_(ids))).all()


def index_rows(
    session: Session, slugs: Collection[str] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the words of published products and whose they are, from A to Z as on the shelf.

    Parameters
    ----------
    slugs
        Only these; None for all there are.
    """
    wanted = _published(
        Product.slug,
        PRODUCT_VERSION,
        Product.supplier_id,
        Product.name,
        Product.summary,
        Product.description,
        Product.needs,
        Product.subjects,
    )
    return session.execute(wanted if slugs is None else wanted.where(Product.slug.in_(slugs))).all()


def card_rows(session: Session, product_ids: Iterable[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return what cards show of published products and their suppliers, keyed by product id."""
    return {row.id: row for row in session.execute(CARDS, {"ids": list(product_ids)})}


def published_product(session: Session, slug: str) -> Product:
    """Return a published product with its supplier.

    Raises
    ------
    NotFound
        When there is none of this name, or it is not public.
    """
    product = session.scalar(
        select(Product)
        .where(Product.slug == slug, Product.state == "published")
        .options(joinedload(Product.supplier))
    )
    if product is None:
        raise NotFound
    return product


def published_products(session: Session, slugs: Sequence[str]) -> list[Product]:
    """Return those published products that exist, in the order of their slugs as given."""
    rows = session.scalars(
        select(Product)
        .where(Product.slug.in_(slugs), Product.state == "published")
        .options(joinedload(Product.supplier))
    )
    found = {product.slug: product for product in rows}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def supplier_of(session: Session, actor: Actor) -> Supplier:
    """Return the supplier the actor acts for.

    Raises
    ------
    NotFound
        When the actor acts for none.
    """
    supplier = session.scalar(
        select(Supplier).where(
            Supplier.organisation_id == actor.organisation_id,
            Supplier.organisation_id.is_not(None),
        )
    )
    if supplier is None or not actor.has(Role.SUPPLIER):
        raise NotFound
    return supplier


def listings(session: Session, actor: Actor) -> list[Product]:
    """Return every listing of the actor's supplier, from A to Z."""
    supplier = supplier_of(session, actor)
    return list(
        session.scalars(
            select(Product)
            .where(Product.supplier_id == supplier.id)
            .order_by(func.lower(Product.name), Product.id)
        )
    )


def listing(session: Session, actor: Actor, slug: str) -> Product:
    """Return a listing of the actor's own supplier, or any listing for staff.

    Raises
    ------
    NotFound
        When it does not exist or is somebody else's.
    """
    query = select(Product).where(Product.slug == slug).options(joinedload(Product.supplier))
    if not actor.has(Role.STAFF):
        query = query.where(Product.supplier_id == supplier_of(session, actor).id)
    product = session.scalar(query)
    if product is None:
        raise NotFound
    return product


def wish_of(product: Product) -> ListingWish:
    """Return what a listing says now, and which version of it that is."""
    columns = {each.name: getattr(product, each.name) for each in fields(ListingWish)
               if each.name != "seen"}  # fmt: skip
    return ListingWish(**columns, seen=product.version)


def waiting_listings(session: Session) -> list[Product]:
    """Return listings that wait for staff, longest waiting first."""
    return list(
        session.scalars(
            select(Product)
            .where(Product.state == "submitted")
            .options(joinedload(Product.supplier))
            .order_by(Product.submitted_at, Product.id)
        )
    )


def waiting_suppliers(session: Session) -> list[Supplier]:
    """Return suppliers that wait for staff, longest waiting first."""
    return list(session.scalars(_waiting_suppliers()))


def waiting_supplier(session: Session, slug: str) -> Supplier:
    """Return one supplier that waits for staff.

    Raises
    ------
    NotFound
        When there is none of this name that waits.
    """
    supplier = session.scalar(_waiting_suppliers().where(Supplier.slug == slug))
    if supplier is None:
        raise NotFound("Somebody has already answered this supplier, or there is none like it.")
    return supplier


def other_suppliers(session: Session, supplier_id: int | None = None) -> list[Supplier]:
    """Return every supplier but one, by name, however they stand."""
    query = select(Supplier).order_by(func.lower(Supplier.name), Supplier.id)
    if supplier_id is not None:
        query = query.where(Supplier.id != supplier_id)
    return list(session.scalars(query))


def product_events(session: Session, product_id: int) -> list[ProductEvent]:
    """Return what was done to a listing, oldest first."""
    return list(
        session.scalars(
            select(ProductEvent)
            .where(ProductEvent.product_id == product_id)
            .order_by(ProductEvent.id)
        )
    )


def _waiting_suppliers() -> Select[Supplier]:
    return (
        select(Supplier)
        .where(Supplier.state == "waiting", Supplier.organisation_id.is_not(None))
        .order_by(Supplier.created_at, Supplier.id)
    )


def _published(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .where(Product.state == "published")
        .order_by(func.lower(Product.name), Product.id)
    )
