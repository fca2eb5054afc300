"""A supplier's stock, pool by pool, over the coming weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.catalogue.models import Product, Supplier
from lended.loans import queries as loans
from lended.loans.models import Pool
from lended.loans.rules.availability import Hold, free_in
from lended.loans.rules.calendar import Window

WEEKS_AHEAD = 10
MOST_POOLS = 40


@dataclass(frozen=True, slots=True)
class PoolWeeks:
    """How many of a pool are free throughout each week; below zero where promises are broken."""

    product: str
    slug: str
    part: str
    capacity: int
    free: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The Mondays of the coming weeks, and the pools that are counted, from A to Z."""

    mondays: tuple[date, ...]
    pools: tuple[PoolWeeks, ...]


def timeline(session: Session, actor: Actor) -> Timeline:
    """Return what of the actor's stock is free in each of the coming weeks; two queries."""
    this = clock.today() - timedelta(days=clock.today().weekday())
    mondays = tuple(this + timedelta(weeks=number) for number in range(WEEKS_AHEAD))
    rows = session.execute(
        select(Pool, Product.name, Product.slug)
        .join(Product, Product.id == Pool.product_id)
        .join(Supplier, Supplier.id == Product.supplier_id)
        .where(Supplier.organisation_id == actor.organisation_id, Pool.unlimited.is_(False))
        .order_by(Product.name, Pool.id)
        .limit(MOST_POOLS)
    ).all()
    whole = Window(mondays[0], mondays[-1] + timedelta(weeks=1))
    held = loans.holds(session, [pool.id for pool, _name, _slug in rows], whole)
    return Timeline(
        mondays,
        tuple(
            PoolWeeks(name, slug, pool.label, pool.in_service or 0, _weeks(pool, held, mondays))
            for pool, name, slug in rows
        ),
    )


def _weeks(pool: Pool, held: dict[int, list[Hold]], mondays: tuple[date, ...]) -> tuple[int, ...]:
    return tuple(
        free_in(pool.in_service, held.get(pool.id, ()), Window(monday, monday + timedelta(weeks=1)))
        or 0
        for monday in mondays
    )
