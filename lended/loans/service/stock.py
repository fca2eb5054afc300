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
MOST_PARTS = 12
NAME_THE_FIRST = "Give what you lend already a name of its own first, on the page of your stock."
SERIAL_TAKEN = "You have a kit with this serial already."


def keep_stock(
    work: Work, actor: Actor, product_slug: str, wish: StockWish, pool_id: int | None = None
) -> int:
    """Say how many of a product can be lent and what is in a kit; return the pool's id.

    Fewer may be kept than are promised, because reality may be so; later requests see it. But
    there are at least as many as schools have.

    Parameters
    ----------
    pool_id
        Which part is meant; None where there is only one, or none yet.

    Raises
    ------
    NotAllowed, NotFound
        When the product is not the actor's own.
    Invalid
        When there cannot be such stock.
    Conflict
        When the kind, or what a set is, would change while something is lent.
    """
    demand(actor, policy.KEEP_STOCK)
    demand_stock(wish)
    product, _pools = queries.stock_of_supplier(work.session, actor, product_slug)
    pools = lock_stock(work, product.id)
    if len(pools) > 1 and pool_id is None:
        raise Conflict("It is lent in several parts. Say which part you mean.")
    pool = _chosen(pools, pool_id) if pools else _new_pool(work, product.id, wish.kind)
    others = [other for other in pools if other is not pool]
    _demand_own_label(others, wish.label)
    if (wish.kind, wish.in_a_set) != (pool.kind, pool.in_a_set):
        _demand_nothing_lent(work, [pool])
    if not wish.unlimited:
        _demand_as_many_as_are_out(work, pool, wish.capacity, "capacity")
    _fill(work, pool, wish)
    return pool.id


def add_part(work: Work, actor: Actor, product_slug: str, wish: StockWish) -> int:
    """Add a part to what goes with each set of a product; return the pool's id.

    Raises
    ------
    NotAllowed, NotFound
        When the product is not the actor's own.
    Invalid
        When there cannot be such stock, or a part has no name of its own.
    Conflict
        When something is lent: it would not have the new part.
    """
    demand(actor, policy.KEEP_STOCK)
    demand_stock(wish)
    product, _pools = queries.stock_of_supplier(work.session, actor, product_slug)
    pools = lock_stock(work, product.id)
    if len(pools) >= MOST_PARTS:
        raise Invalid(f"A set has {MOST_PARTS} parts at most.")
    if any(not pool.label for pool in pools):
        raise Invalid(problems={"label": NAME_THE_FIRST})
    _demand_own_label(pools, wish.label, named=True)
    _demand_nothing_lent(work, pools)
    pool = _new_pool(work, product.id, wish.kind)
    _fill(work, pool, wish)
    return pool.id


def remove_part(work: Work, actor: Actor, product_slug: str, pool_id: int) -> None:
    """Take a part out of the sets of a product; one that was never lent.

    Raises
    ------
    NotAllowed, NotFound
        When the part is not the actor's own.
    Conflict
        When it was lent, has kits with a serial, or is all there is.
    """
    demand(actor, policy.KEEP_STOCK)
    product, _pools = queries.stock_of_supplier(work.session, actor, product_slug)
    pools = lock_stock(work, product.id)
    pool = _chosen(pools, pool_id)
    used = select(LoanLine.id).where(LoanLine.pool_id == pool.id)
    told_apart = select(Unit.id).where(Unit.pool_id == pool.id)
    kept = any(work.session.scalar(query.limit(1)) is not None for query in (used, told_apart))
    if len(pools) == 1 or kept:
        raise Conflict("It was lent, or has kits, or is all there is. It stays in your list.")
    _demand_nothing_lent(work, pools)
    work.session.delete(pool)
    work.session.flush()
    work.record(CapacityFreed(product.id))


def add_unit(
    work: Work, actor: Actor, product_slug: str, wish: UnitWish, pool_id: int | None = None
) -> int:
    """Add a kit with its serial; return its id.

    Parameters
    ----------
    pool_id
        Which part it belongs to; None for the first that is sent and comes back.

    Raises
    ------
    NotAllowed, NotFound
        When the product is not the actor's own, or has no physical stock.
    Invalid
        When the serial is missing or taken.
    """
    pool = _own_pool(work, actor, product_slug, pool_id)
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
    known = work.session.get(Unit, unit_id)
    pool = _own_pool(work, actor, product_slug, known.pool_id if known else 0)
    demand_unit(wish, clock.today())
    units = {unit.id: unit for unit in queries.units(work.session, pool.id)}
    unit = units.pop(unit_id)
    _demand_new_serial(list(units.values()), wish.serial)
    if wish.state != unit.state:
        _demand_at_home(work, unit)
    capacity = max(pool.capacity + _more(unit.state, wish.state), 0)
    if capacity < pool.capacity:
        _demand_as_many_as_are_out(work, pool, capacity, "state")
    pool.capacity = capacity
    kind = CHANGED.get((unit.state, wish.state), "changed")
    for name, value in asdict(wish).items():
        setattr(unit, name, value)
    keep_history(work, actor, [unit], kind, words=unit.condition)
    work.record(CapacityFreed(pool.product_id))


def _own_pool(work: Work, actor: Actor, product_slug: str, pool_id: int | None) -> Pool:
    demand(actor, policy.KEEP_STOCK)
    product, _pools = queries.stock_of_supplier(work.session, actor, product_slug)
    kits = [pool for pool in lock_stock(work, product.id) if pool.kind == "physical"]
    return _chosen(kits, pool_id)


def _chosen(pools: Sequence[Pool], pool_id: int | None) -> Pool:
    """Return the pool meant, or the first where none is named."""
    found = [pool for pool in pools if pool_id in (None, pool.id)]
    if not found:
        raise NotFound
    return found[0]


def _new_pool(work: Work, product_id: int, kind: str) -> Pool:
    pool = Pool(product_id=product_id, kind=kind, capacity=0, in_a_set=1, created_at=clock.now())
    work.session.add(pool)
    return pool


def _fill(work: Work, pool: Pool, wish: StockWish) -> None:
    pool.kind = wish.kind
    pool.label = wish.label
    pool.in_a_set = wish.in_a_set
    pool.capacity = 0 if wish.unlimited else wish.capacity
    pool.unlimited = wish.unlimited
    pool.contents = [asdict(content) for content in wish.contents]
    work.session.flush()
    work.record(CapacityFreed(pool.product_id))


def _demand_as_many_as_are_out(work: Work, pool: Pool, capacity: int, field: str) -> None:
    """Go on only when there are as many as schools have: fewer may be promised, but not gone."""
    out = queries.out_now(work.session, [pool.id]).get(pool.id, 0)
    if capacity < out:
        words = (
            f"{out} {'is' if out == 1 else 'are'} with schools just now, so there cannot be fewer."
        )
        raise Invalid(problems={field: f"{words} What is lost is reported on its loan."})


def _demand_own_label(others: Sequence[Pool], label: str, *, named: bool = False) -> None:
    if (others or named) and not label.strip():
        raise Invalid(problems={"label": "Give this part a name: Robots, for example."})
    if label.casefold() in {other.label.casefold() for other in others}:
        raise Invalid(problems={"label": "Another part has this name."})


def _demand_nothing_lent(work: Work, pools: Sequence[Pool]) -> None:
    if queries.is_promised(work.session, [pool.id for pool in pools if pool.id]):
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
