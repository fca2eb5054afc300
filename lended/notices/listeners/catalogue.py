"""What is told about suppliers and their listings."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lended import clock
from lended.access import Role
from lended.accounts import queries as accounts
from lended.catalogue.events import (
    ProductAnswered,
    ProductSubmitted,
    SupplierAnswered,
    SupplierProposed,
)
from lended.catalogue.models import Product, Supplier
from lended.notices import service
from lended.notices.listeners.words import on_day, quoted
from lended.notices.rules import Message, Topic
from lended.work import Listener, Work


def tell_staff_of_supplier(work: Work, event: SupplierProposed) -> None:
    """Ask staff to look at a supplier."""
    supplier = work.session.get_one(Supplier, event.supplier_id)
    message = Message(
        "supplier",
        f"supplier_proposed:{supplier.id}:{clock.now().isoformat()}",
        f"{supplier.name} asks to lend through LendED",
        f"Asked on {on_day(clock.now())}. Its products can be public once it is approved.",
        link=f"/staff/suppliers/{supplier.slug}",
        action="Read and answer",
        topic=Topic.LISTINGS,
    )
    _tell_staff(work, message)


def tell_supplier(work: Work, event: SupplierAnswered) -> None:
    """Tell a supplier's people how staff answered."""
    supplier = work.session.get_one(Supplier, event.supplier_id)
    message = Message(
        "supplier",
        f"supplier_answered:{supplier.id}:{clock.now().isoformat()}",
        f"{supplier.name} is approved"
        if event.approved
        else f"Something is missing before {supplier.name} can be approved",
        f"Answered on {on_day(clock.now())}.{quoted(event.words)}",
        link="/supplier/products" if event.approved else "/supplier/details",
        action="List a product" if event.approved else "Change your details",
        topic=Topic.LISTINGS,
    )
    _tell_supplier(work, supplier, message)


def tell_staff_of_listing(work: Work, event: ProductSubmitted) -> None:
    """Ask staff to look at a listing."""
    product = _product(work, event.product_id)
    message = Message(
        "listing",
        f"listing_submitted:{product.id}:{clock.now().isoformat()}",
        f"{product.supplier.name} asks to make {product.name} public",
        f"Asked on {on_day(clock.now())}.{quoted(event.words)}",
        link=f"/staff/listings/{product.slug}",
        action="Read and answer",
        topic=Topic.LISTINGS,
    )
    _tell_staff(work, message)


def tell_supplier_of_listing(work: Work, event: ProductAnswered) -> None:
    """Tell a supplier's people what became of their listing."""
    product = _product(work, event.product_id)
    message = Message(
        "listing",
        f"listing_answered:{product.id}:{clock.now().isoformat()}",
        f"{product.name} is public"
        if event.approved
        else f"Something is missing before {product.name} can be public",
        f"Answered on {on_day(clock.now())}.{quoted(event.words)}",
        link=f"/supplier/products/{product.slug}",
        action="See the listing" if event.approved else "Change the listing",
        topic=Topic.LISTINGS,
    )
    _tell_supplier(work, product.supplier, message)


def _product(work: Work, product_id: int) -> Product:
    return work.session.scalars(
        select(Product).where(Product.id == product_id).options(joinedload(Product.supplier))
    ).one()


def _tell_staff(work: Work, message: Message) -> None:
    for person in accounts.staff(work.session):
        service.tell(work, person, message)


def _tell_supplier(work: Work, supplier: Supplier, message: Message) -> None:
    place = supplier.organisation_id
    if place is not None:
        for person in accounts.people_with_role(work.session, place, Role.SUPPLIER):
            service.tell(work, person, message)


LISTENERS: dict[type, list[Listener]] = {
    SupplierProposed: [tell_staff_of_supplier],
    SupplierAnswered: [tell_supplier],
    ProductSubmitted: [tell_staff_of_listing],
    ProductAnswered: [tell_supplier_of_listing],
}
