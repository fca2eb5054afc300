"""A supplier's stock, pool by pool, over the coming weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.catalogue.models import Product, Supplier
from lended.loans.models import LoanLine, Pool
from lended.loans.rules.availability import Hold, free_in
from lended.loans.rules.calendar import Window

WEEK = timedelta(weeks=1)
WEEKS_AHEAD = 8
MOST_POOLS = 40


@dataclass(frozen=True, slots=True)
class PoolWeeks:
    """How many of a pool are free throughout each week; below zero where promises are broken."""

    product: str
    slug: str
    part: str
    capacity: int
    free: tuple[int, ...]

    @property
    def is_idle(self) -> bool:
        """Whether nothing of it is lent in any week."""
        return self.capacity > 0 and set(self.free) == {self.capacity}


@dataclass(frozen=True, slots=True)
class Timeline:
    """The Mondays of the coming weeks, and the pools that are counted, from A to Z."""

    mondays: tuple[date, ...]
    pools: tuple[PoolWeeks, ...]

    @property
    def lent(self) -> tuple[PoolWeeks, ...]:
        """The pools of which something is lent, or nothing is there to lend."""
        return tuple(pool for pool in self.pools if not pool.is_idle)

    @property
    def idle(self) -> tuple[PoolWeeks, ...]:
        """The pools that lie on the shelf all these weeks."""
        return tuple(pool for pool in self.pools if pool.is_idle)

    @property
    def is_short(self) -> bool:
        """Whether more of something is promised than there is."""
        return any(min(pool.free) < 0 for pool in self.pools)


def timeline(session: Session, actor: Actor) -> Timeline:
    """Return what of the actor's stock is free in each of the coming weeks; one query."""
    this = clock.today() - timedelta(days=clock.today().weekday())
    mondays = tuple(this + timedelta(weeks=number) for number in range(WEEKS_AHEAD))
    first_pools = (
        select(Pool.id)
        .join(Product, Product.id == Pool.product_id)
        .join(Supplier, Supplier.id == Product.supplier_id)
        .where(Supplier.organisation_id == actor.organisation_id, Pool.unlimited.is_(False))
        .order_by(Product.name, Pool.id)
        .limit(MOST_POOLS)
    )
    held = and_(
        LoanLine.pool_id == Pool.id,
        LoanLine.holds,
        LoanLine.blocked_from < mondays[-1] + WEEK,
        LoanLine.blocked_until > mondays[0],
    )
    rows = session.execute(
        select(Pool, Product.name, Product.slug, LoanLine)
        .join(Product, Product.id == Pool.product_id)
        .outerjoin(LoanLine, held)
        .where(Pool.id.in_(first_pools))
        .order_by(Product.name, Pool.id, LoanLine.id)
    )
    return Timeline(
        mondays,
        tuple(
            _weeks_of(list(of_pool), mondays)
            for _pool, of_pool in groupby(rows, lambda row: row[0])
        ),
    )


def _weeks_of(rows: list[Row[*tuple[Any, ...]]], mondays: tuple[date, ...]) -> PoolWeeks:
    """Return the weeks of a pool, from its rows: one for each line that holds some of it."""
    pool, name, slug, _line = rows[0]
    holds = [
        Hold(line.quantity, line.blocked_from, line.blocked_until)
        for *_pool, line in rows
        if line is not None
    ]
    free = (free_in(pool.in_service, holds, Window(monday, monday + WEEK)) for monday in mondays)
    return PoolWeeks(
        name, slug, pool.label, pool.in_service or 0, tuple(count or 0 for count in free)
    )
