"""Keeping the days on which a school or a supplier works.

Loans that are under way keep the dates they hold; what is reckoned from now on knows the new days.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from sqlalchemy import select

from lended.access import Actor, demand
from lended.accounts.models import Organisation
from lended.catalogue.models import Product, Supplier
from lended.errors import Invalid
from lended.loans import policy
from lended.loans.events import CapacityFreed
from lended.loans.models import Pool
from lended.loans.rules.calendar import Closure, WorkingDays
from lended.loans.rules.openings import (
    demand_working_days,
    read_working_days,
    write_working_days,
)
from lended.work import Work

THERE_ALREADY = "These days are in your list already."


def keep_weekdays(work: Work, actor: Actor, nation: str, weekdays: Collection[int]) -> None:
    """Say whose bank holidays the actor's organisation keeps, and on which weekdays it works.

    Parameters
    ----------
    nation
        A code of `rules.calendar.NATIONS`.
    weekdays
        0 for Monday to 6 for Sunday.

    Raises
    ------
    NotAllowed
        When the actor does not look after the organisation.
    Invalid
        When there is no such nation, or no day is left.
    """
    _change(work, actor, lambda days: replace(days, nation=nation, weekdays=frozenset(weekdays)))


def add_closure(work: Work, actor: Actor, closed: Closure) -> None:
    """Say when the actor's organisation is closed besides.

    Raises
    ------
    NotAllowed
        When the actor does not look after the organisation.
    Invalid
        When the days cannot be, are listed already, or leave none to work on for months.
    """

    def added(days: WorkingDays) -> WorkingDays:
        if any(_same_days(closed, known) for known in days.closures):
            raise Invalid(problems={"first_on": THERE_ALREADY})
        return replace(days, closures=(*days.closures, closed))

    _change(work, actor, added)


def remove_closure(work: Work, actor: Actor, closed: Closure) -> None:
    """Take a closure out of the list, whatever it is called; one that is not there stays away.

    Raises
    ------
    NotAllowed
        When the actor does not look after the organisation.
    """
    _change(
        work,
        actor,
        lambda days: replace(
            days, closures=tuple(one for one in days.closures if not _same_days(one, closed))
        ),
    )


def _same_days(one: Closure, other: Closure) -> bool:
    return (one.first_on, one.last_on) == (other.first_on, other.last_on)


def _change(work: Work, actor: Actor, changed: Callable[[WorkingDays], WorkingDays]) -> None:
    demand(actor, policy.KEEP_DAYS)
    here = work.session.scalars(
        select(Organisation).where(Organisation.id == actor.organisation_id).with_for_update()
    ).one()
    days = changed(read_working_days(here.working_days))
    demand_working_days(days)
    here.working_days = write_working_days(days)
    work.session.flush()
    _look_at_those_who_wait(work, here.id)


def _look_at_those_who_wait(work: Work, organisation_id: int) -> None:
    """Say that a supplier's stock may be free sooner: it works on more days, perhaps."""
    lent = (
        select(Product.id)
        .join(Supplier, Supplier.id == Product.supplier_id)
        .where(
            Supplier.organisation_id == organisation_id,
            Product.id.in_(select(Pool.product_id)),
        )
        .order_by(Product.id)
    )
    for product_id in work.session.scalars(lent).all():
        work.record(CapacityFreed(product_id))
