"""Reading stock and availability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, aliased, joinedload

from lended import clock
from lended.access import Actor
from lended.accounts.models import Organisation
from lended.catalogue import queries as catalogue
from lended.catalogue.models import Product, Supplier
from lended.db import rows
from lended.loans.models import Binding, Pool, Unit
from lended.loans.queries.holds import holds
from lended.loans.rules.availability import Hold, Stock, earliest_start
from lended.loans.rules.calendar import DAY, Dates, Pauses, Window, blocked_window
from lended.loans.rules.openings import read_working_days
from lended.loans.rules.stock import SWOLLEN

TYPICAL_WEEKS = 4
FARTHEST = timedelta(days=730)
NO_PAUSES = Pauses()
HERE = aliased(Organisation)
SCHOOL_DAYS = (
    select(HERE.working_days)
    .where(HERE.id == bindparam("school_id"))
    .scalar_subquery()
    .label("school_days")
)
LENDABLE = (
    select(
        Pool.id,
        Pool.product_id,
        Pool.kind,
        Pool.capacity,
        Pool.set_aside.label("set_aside"),
        Pool.unlimited,
        Pool.in_a_set,
        Product.loan_weeks_most,
        Supplier.preparation_days,
        Supplier.transit_out_days,
        Supplier.transit_back_days,
        Supplier.turnaround_days,
        Organisation.working_days,
        SCHOOL_DAYS,
    )
    .join(Product, Product.id == Pool.product_id)
    .join(Supplier, Supplier.id == Product.supplier_id)
    .join(Organisation, Organisation.id == Supplier.organisation_id)
    .where(Product.state == "published")
    .order_by(Pool.product_id, Pool.id)
)
LENDABLE_OF = LENDABLE.where(Pool.product_id.in_(bindparam("product_ids", expanding=True)))
"""Built once: every page of cards asks them, and building one costs as much as running it."""


@dataclass(frozen=True, slots=True)
class LentProduct:
    """What there is of a product, and for how many weeks it is lent at most."""

    stocks: list[Stock]
    weeks_most: int


def stock_of_product(session: Session, product_id: int) -> list[Pool]:
    """Return what there is of a product, with its product and supplier; more than one in a bundle.

    Empty when the supplier has not said that it lends it.
    """
    return list(
        session.scalars(
            select(Pool)
            .where(Pool.product_id == product_id)
            .options(
                joinedload(Pool.product)
                .joinedload(Product.supplier)
                .joinedload(Supplier.organisation)
            )
            .order_by(Pool.id)
        )
    )


def stock_of_supplier(session: Session, actor: Actor, slug: str) -> tuple[Product, list[Pool]]:
    """Return a listing of the actor's own supplier with its stock.

    Raises
    ------
    NotFound
        When the listing does not exist or is somebody else's.
    """
    product = catalogue.listing(session, actor, slug)
    pools = select(Pool).where(Pool.product_id == product.id).order_by(Pool.id)
    return product, list(session.scalars(pools))


def units(session: Session, pool_id: int) -> list[Unit]:
    """Return every kit of a pool, by serial."""
    return list(
        session.scalars(select(Unit).where(Unit.pool_id == pool_id).order_by(Unit.serial, Unit.id))
    )


def units_free(session: Session, pool_id: int) -> list[Unit]:
    """Return the kits that could be sent now, by serial: in service, with nobody, and safe."""
    out = select(Binding.unit_id).where(Binding.unit_id.is_not(None), Binding.ended_at.is_(None))
    return list(
        session.scalars(
            select(Unit)
            .where(
                Unit.pool_id == pool_id,
                Unit.state == "in_service",
                Unit.battery != SWOLLEN,
                Unit.id.not_in(out),
            )
            .order_by(Unit.serial, Unit.id)
        )
    )


def stocks(
    session: Session,
    pools: Sequence[Pool],
    supplier: Supplier,
    window: Window,
    *,
    school: Organisation | None = None,
    without_loan: int | None = None,
    kept: bool = True,
) -> list[Stock]:
    """Return pools as what availability is reckoned from, with what holds them in a window.

    Parameters
    ----------
    school
        Where something would go; None when that is not known.
    without_loan
        A loan whose own hold is not to be counted.
    kept
        Whether what is kept for the waiting list counts as held.
    """
    held = holds(session, [pool.id for pool in pools], window, without_loan, kept=kept)
    return [
        Stock(
            pool.in_service,
            pauses_of(pool, supplier, school),
            held.get(pool.id, ()),
            pool.in_a_set,
        )
        for pool in pools
    ]


def borrowable_product_ids(
    session: Session, start: date, end: date, school_id: int | None = None
) -> frozenset[int]:
    """Return published products of which one is free on every day from start to end, inclusive.

    What could no longer be sent in time is not borrowable, nor is anything further ahead than two
    years. Two queries, however many products.

    Parameters
    ----------
    school_id
        The organisation at which kits have to arrive; None when that is not known.
    """
    today = clock.today()
    if not today < start <= end <= today + FARTHEST:
        return frozenset()
    pools = rows(session, LENDABLE, {"school_id": school_id}).all()
    dates = Dates(start, end)
    windows = {row.id: blocked_window(dates, _pauses(row)) for row in pools}
    if not windows:
        return frozenset()
    widest = Window(
        min(window.start for window in windows.values()),
        max(window.end for window in windows.values()),
    )
    held = holds(session, None, widest)
    return frozenset(
        product_id
        for product_id, parts in groupby(pools, key=attrgetter("product_id"))
        if all(
            windows[row.id].start >= today
            and _has_one(_stock(row, held.get(row.id, ())), windows[row.id])
            for row in parts
        )
    )


def next_free(
    session: Session, product_ids: Iterable[int], school_id: int | None = None
) -> dict[int, date | None]:
    """Return for each product with stock the next working day from which one can be at a school.

    Reckoned for four weeks, or for as long as the product is lent when that is shorter. None means
    that nobody knows, because what is out has no date to come back.

    Parameters
    ----------
    school_id
        The organisation at which kits have to arrive; None when that is not known.
    """
    tomorrow = clock.today() + DAY
    return {
        product_id: earliest_start(
            lent.stocks, sets=1, weeks=min(TYPICAL_WEEKS, lent.weeks_most), ready_on=tomorrow
        )
        for product_id, lent in lent_products(session, product_ids, tomorrow, school_id).items()
    }


def lent_products(
    session: Session, product_ids: Iterable[int], start: date, school_id: int | None
) -> dict[int, LentProduct]:
    """Return of each published product that is lent what holds it from a day on, in two queries.

    Parameters
    ----------
    school_id
        The organisation at which kits have to arrive; None when that is not known.
    """
    asked = {"product_ids": list(product_ids), "school_id": school_id}
    pools = rows(session, LENDABLE_OF, asked).all()
    held = holds(session, [row.id for row in pools], Window(start, date.max))
    found: dict[int, LentProduct] = {}
    for product_id, some in groupby(pools, key=attrgetter("product_id")):
        parts = list(some)
        stocks_of_it = [_stock(row, held.get(row.id, ())) for row in parts]
        found[product_id] = LentProduct(stocks_of_it, parts[0].loan_weeks_most)
    return found


def _has_one(stock: Stock, window: Window) -> bool:
    free = stock.free_in(window)
    return free is None or free >= 1


def pauses_of(pool: Pool, supplier: Supplier, school: Organisation | None = None) -> Pauses:
    """Return the working days a supplier needs around a loan from a pool.

    Parameters
    ----------
    school
        Where it would go; None when that is not known.
    """
    if pool.kind == "digital":
        return NO_PAUSES
    assert supplier.organisation is not None
    return Pauses(
        supplier.preparation_days,
        supplier.transit_out_days,
        supplier.transit_back_days,
        supplier.turnaround_days,
        read_working_days(supplier.organisation.working_days),
        read_working_days(school.working_days) if school else None,
    )


def _stock(row: Row[*tuple[Any, ...]], held: Sequence[Hold]) -> Stock:
    capacity = None if row.unlimited else row.capacity - row.set_aside
    return Stock(capacity, _pauses(row), held, row.in_a_set)


def _pauses(row: Row[*tuple[Any, ...]]) -> Pauses:
    if row.kind == "digital":
        return NO_PAUSES
    return Pauses(
        row.preparation_days,
        row.transit_out_days,
        row.transit_back_days,
        row.turnaround_days,
        read_working_days(row.working_days),
        None if row.school_days is None else read_working_days(row.school_days),
    )
