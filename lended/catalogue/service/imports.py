"""Taking in an open list of products: all of it or nothing, and again without harm."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.catalogue.listings import Listing
from lended.catalogue.models import Product, ProductEvent, Supplier
from lended.catalogue.rules.listings import PUBLISHED
from lended.catalogue.rules.names import slugs_to_try
from lended.catalogue.rules.suppliers import APPROVED
from lended.catalogue.service.revisions import raise_revision
from lended.sheets import ImportReport, Refused, in_portions
from lended.work import Work

NOBODY_NAMED = "Maker not named"
IMPORTED = "Taken from an open list"
LONGEST = 400
TOO_LONG = "The name of its list is too long to be kept."
COLUMNS = (
    "name",
    "summary",
    "description",
    "product_type",
    "stages",
    "subjects",
    "needs",
    "website",
    "licence",
    "facts",
)
"""What an import writes as the list has it; it never touches stock, state or address."""


def import_products(work: Work, rows: Iterable[Listing | Refused]) -> ImportReport:
    """Add or change the products of an open list and report what was done.

    Suppliers it names are made without an organisation: nobody acts for them. Products are public
    at once, cannot be borrowed, and are known again by their list and its own name for them.
    Only what differs is written.

    Raises
    ------
    SheetError
        When the file turns out to be cut off: let it undo the whole work.
    """
    report = ImportReport()
    known = _Known(work.session)
    for portion in in_portions(rows, report):
        _import_portion(work.session, known, portion, report)
    if report.added or report.changed:
        raise_revision(work)
    return report


class _Known:
    """Addresses that are taken, and suppliers nobody acts for: ids by name."""

    def __init__(self, session: Session) -> None:
        unmanned = select(Supplier.name, Supplier.id).where(Supplier.organisation_id.is_(None))
        rows = session.execute(unmanned.order_by(Supplier.id.desc()))
        self.suppliers: dict[str, int] = {row.name: row.id for row in rows}
        self.slugs = {
            table: set(session.scalars(select(table.slug).order_by(table.slug)))
            for table in (Product, Supplier)
        }

    def free_slug(self, table: type[Product | Supplier], name: str) -> str:
        """Take the first free address that a name makes."""
        slug = next(slug for slug in slugs_to_try(name) if slug not in self.slugs[table])
        self.slugs[table].add(slug)
        return slug


def _import_portion(
    session: Session, known: _Known, portion: Iterable[Listing], report: ImportReport
) -> None:
    listings = {}
    for listing in portion:
        if max(len(_reference(listing)), len(_source(listing))) > LONGEST:
            report.refuse(listing.line, TOO_LONG, "source")
        else:
            listings[_reference(listing)] = listing
    products = _products(session, listings)
    for reference, listing in listings.items():
        product = products.get(reference)
        if product is None:
            _add(session, known, listing)
            report.added += 1
        elif _change(session, known, product, listing):
            report.changed += 1
        else:
            report.unchanged += 1
    session.flush()
    session.expunge_all()


def _products(session: Session, references: Iterable[str]) -> dict[str | None, Product]:
    rows = session.scalars(
        select(Product).where(Product.source_ref.in_(list(references))).order_by(Product.id)
    )
    return {product.source_ref: product for product in rows}


def _add(session: Session, known: _Known, listing: Listing) -> None:
    moment = clock.now()
    product = Product(
        supplier_id=_supplier_id(session, known, listing.supplier or NOBODY_NAMED),
        slug=known.free_slug(Product, listing.name),
        state=PUBLISHED,
        source=_source(listing),
        source_ref=_reference(listing),
        created_at=moment,
        updated_at=moment,
        **{name: getattr(listing, name) for name in COLUMNS},
    )
    session.add(product)
    session.flush()
    _note(session, product, "")


def _change(session: Session, known: _Known, product: Product, listing: Listing) -> bool:
    """Write what differs, and tell whether anything did."""
    wanted = {name: getattr(listing, name) for name in COLUMNS}
    wanted["source"] = _source(listing)
    wanted["supplier_id"] = _supplier_id(session, known, listing.supplier or NOBODY_NAMED)
    differing = {name: new for name, new in wanted.items() if getattr(product, name) != new}
    if not differing:
        return False
    for name, new in differing.items():
        setattr(product, name, new)
    product.updated_at = clock.now()
    _note(session, product, product.state)
    return True


def _supplier_id(session: Session, known: _Known, name: str) -> int:
    if name not in known.suppliers:
        supplier = Supplier(
            slug=known.free_slug(Supplier, name),
            name=name,
            state=APPROVED,
            created_at=clock.now(),
        )
        session.add(supplier)
        session.flush()
        known.suppliers[name] = supplier.id
    return known.suppliers[name]


def _note(session: Session, product: Product, before: str) -> None:
    session.add(
        ProductEvent(
            product_id=product.id,
            at=product.updated_at,
            from_state=before,
            to_state=product.state,
            words=IMPORTED,
        )
    )


def _reference(listing: Listing) -> str:
    return f"{listing.source}#{listing.reference}"


def _source(listing: Listing) -> str:
    """Return where a listing is from, with the version of it where the list tells."""
    return f"{listing.source} ({listing.source_ref})" if listing.source_ref else listing.source
