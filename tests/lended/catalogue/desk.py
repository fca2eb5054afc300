"""A supplier with people, another one, and staff: who stands around a listing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.catalogue import service
from lended.catalogue.models import Product, ProductEvent, Supplier
from lended.catalogue.rules.listings import ListingWish
from lended.work import Work
from tests.makers import Makers

Transaction = Callable[[], AbstractContextManager[Work]]


def wish(**more: Any) -> ListingWish:
    """Return a listing that says everything a teacher needs to decide."""
    said: dict[str, Any] = {
        "name": "Bead strings",
        "summary": "A hundred beads on a string.",
        "description": "Pupils slide beads to see what a difference is.",
        "product_type": "hardware_device",
        "stages": ("ks1",),
        "subjects": ("mathematics",),
        "needs": ("number_fluency",),
        "facts": {"technician_needed": False, "price_pence": 1250},
    }
    return ListingWish(**{**said, **more})


class Desk:
    """Larkrise with a person, Quillhaven with another, and somebody of the platform's staff."""

    def __init__(self, make: Makers, transaction: Transaction) -> None:
        self.make = make
        self.transaction = transaction
        self.organisation = make.organisation("supplier", "Larkrise Learning")
        self.person = make.person(self.organisation, "supplier")
        self.supplier = make.supplier(self.organisation, name="Larkrise Learning", slug="larkrise")
        self.actor = make.actor(self.person, self.organisation, "supplier")
        self.other_organisation = make.organisation("supplier", "Quillhaven")
        self.other_person = make.person(self.other_organisation, "supplier")
        self.other_supplier = make.supplier(self.other_organisation, name="Quillhaven")
        self.stranger = make.actor(self.other_person, self.other_organisation, "supplier")
        self.platform = make.organisation("platform", "LendED")
        self.staff_person = make.person(self.platform, "staff")
        self.staff = make.actor(self.staff_person, self.platform, "staff")

    def draft(self, **more: Any) -> str:
        """Begin a listing that says everything, and return its address."""
        with self.transaction() as work:
            slug = service.new_listing(work, self.actor, wish(**more))
            service.change_listing(work, self.actor, slug, wish(**more))
        return slug

    def submitted(self, **more: Any) -> str:
        """Submit a listing."""
        slug = self.draft(**more)
        with self.transaction() as work:
            service.submit_listing(work, self.actor, slug, "Ready.")
        return slug

    def published(self, **more: Any) -> str:
        """Let staff make a listing public."""
        slug = self.submitted(**more)
        with self.transaction() as work:
            service.answer_listing(work, self.staff, slug, approved=True, words="")
        return slug

    def product(self, slug: str) -> Product:
        """Return a listing as it is now."""
        with Session(self.make.engine) as session:
            return session.scalars(select(Product).where(Product.slug == slug)).one()

    def events(self, slug: str) -> list[ProductEvent]:
        """Return what was done to a listing, oldest first."""
        product_id = self.product(slug).id
        with Session(self.make.engine) as session:
            return list(
                session.scalars(
                    select(ProductEvent)
                    .where(ProductEvent.product_id == product_id)
                    .order_by(ProductEvent.id)
                )
            )

    def supplier_called(self, name: str) -> Supplier:
        """Return a supplier by its name."""
        with Session(self.make.engine) as session:
            return session.scalars(select(Supplier).where(Supplier.name == name)).one()
