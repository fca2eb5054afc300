"""Keeping stock: how many there are, what is in a kit, which kits there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from lended import clock
from lended.access import Actor, demand
from lended.errors import Conflict, Invalid, NotFound
from lended.loans import policy, queries
from lended.loans.events import CapacityFreed
from lended.loans.models import Binding, LoanLine, Pool, Unit
from lended.loans.rules.stock import StockWish, UnitWish, demand_stock, demand_unit
from lended.loans.service.guard import lock_stock
from lended.loans.service.kits import keep_history
from lended.work import Work

IN_SERVICE, ASIDE, RETIRED = "in_service", "quarantined", "retired"
CHANGED = {
    (IN_SERVICE, ASIDE): "set_aside",
    (ASIDE, IN_SERVICE): "release",
    (RETIRED, IN_SERVICE): "release",
    (IN_SERVICE, RETIRED): "retire",
    (ASIDE, RETIRED): "retire",
    (RETIRED, ASIDE): "set_aside",
}
"""What becomes of a kit whose state its supplier changes."""

WITH_A_SCHOOL = "A school has this kit. Say how things stand with it when it is back."
SERIAL_TAKEN = "You have a kit with this serial already."


def keep_stock(work: Work, actor: Actor, product_slug: str, wish: StockWish) -> int:
    """Say how many of a product can be lent and what is in a kit; return the pool's id.

    Fewer may be kept than are promised, because reality may be so; later requests see it.

    Raises
    ------
    NotAllowed, NotFound
        When the product is not the actor's own.
    Invalid
        When there cannot be such stock.
    Conflict
        When the kind would change while something is lent.
    """
    demand(actor, policy.KEEP_STOCK)
    demand_stock(wish)
    product, _pools = queries.stock_of_supplier(work.session, actor, product_slug)
    pools = lock_stock(work, product.id)
    if pools:
        pool = pools[0]
        _demand_same_kind(work, pool, wish.kind)
    else:
        pool = Pool(product_id=product.id, kind=wish.kind, capacity=0, created_at=clock.now())
        work.session.add(pool)
    pool.kind = wish.kind
    pool.capacity = 0 if wish.unlimited else wish.capacity
    pool.unlimited = wish.unlimited
    pool.contents = [asdict(content) for content in wish.contents]
    work.session.flush()
    work.record(CapacityFreed(product.id))
    return pool.id


def add_unit(work: Work, actor: Actor, product_slug: str, wish: UnitWish) -> int:
    """Add a kit with its serial; return its id.

    Raises
    ------
    NotAllowed, NotFound
        When the product is not the actor's own, or has no physical stock.
    Invalid
        When the serial is missing or taken.
    """
    pool = _own_pool(work, actor, product_slug)
    demand_unit(wish, clock.today())
    _demand_new_serial(queries.units(work.session, pool.id), wish.serial)
    unit = Unit(pool_id=pool.id, **asdict(wish))
    work.session.add(unit)
    work.session.flush()
    keep_history(work, actor, [unit], "added", words=unit.condition)
    return unit.id


def change_unit(work: Work, actor: Actor, product_slug: str, unit_id: int, wish: UnitWish) -> None:
    """Say how things stand with a kit.

    Raises
    ------
    NotAllowed, NotFound
        When the kit is not the actor's own.
    Conflict
        When it would be set aside or retired while a school has it.
    Invalid
        When the serial is missing or taken.
    """
    pool = _own_pool(work, actor, product_slug)
    demand_unit(wish, clock.today())
    units = {unit.id: unit for unit in queries.units(work.session, pool.id)}
    if unit_id not in units:
        raise NotFound
    unit = units.pop(unit_id)
    _demand_new_serial(list(units.values()), wish.serial)
    if wish.state != unit.state:
        _demand_at_home(work, unit)
    pool.capacity = max(pool.capacity + _more(unit.state, wish.state), 0)
    kind = CHANGED.get((unit.state, wish.state), "changed")
    for name, value in asdict(wish).items():
        setattr(unit, name, value)
    keep_history(work, actor, [unit], kind, words=unit.condition)
    work.record(CapacityFreed(pool.product_id))


def _own_pool(work: Work, actor: Actor, product_slug: str) -> Pool:
    demand(actor, policy.KEEP_STOCK)
    product, _pools = queries.stock_of_supplier(work.session, actor, product_slug)
    kits = [pool for pool in lock_stock(work, product.id) if pool.kind == "physical"]
    if not kits:
        raise NotFound
    return kits[0]


def _demand_same_kind(work: Work, pool: Pool, kind: str) -> None:
    lent = select(LoanLine.id).where(LoanLine.pool_id == pool.id, LoanLine.holds)
    if kind != pool.kind and work.session.scalar(lent.limit(1)) is not None:
        raise Conflict("This cannot change while loans are under way. Finish them first.")


def _demand_new_serial(others: Sequence[Unit], serial: str) -> None:
    if serial.casefold() in {unit.serial.casefold() for unit in others}:
        raise Invalid(problems={"serial": SERIAL_TAKEN})


def _demand_at_home(work: Work, unit: Unit) -> None:
    bound = select(Binding.id).where(Binding.unit_id == unit.id, Binding.ended_at.is_(None))
    if work.session.scalar(bound.limit(1)) is not None:
        raise Conflict(WITH_A_SCHOOL)


def _more(before: str, after: str) -> int:
    """Return by how many a pool grows: what is retired is counted out of it for good."""
    return (before == RETIRED) - (after == RETIRED)
