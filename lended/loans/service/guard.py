"""The guard: nothing is promised twice.

On PostgreSQL the pool's row is locked before anything is counted; on SQLite every writing
transaction is alone already. What is counted after that is true until the commit.
"""

from __future__ import annotations

from sqlalchemy import select

from lended import clock
from lended.errors import Conflict, Invalid
from lended.loans import queries
from lended.loans.models import Loan, Pool
from lended.loans.rules.availability import NEVER, Stock, earliest_start, fits, free_in, most_held
from lended.loans.rules.calendar import (
    DAY,
    Dates,
    Pauses,
    Window,
    blocked_window,
    first_start,
    in_words,
)
from lended.loans.rules.plans import arrival_wrong
from lended.work import Work

NOT_ENOUGH = "There is less in service than was promised for these dates; other dates are needed."
PROMISED = "Others have been promised this until then. It can leave from {day}."


def lock_pool(work: Work, pool_id: int) -> Pool:
    """Return a pool as it is now, and keep everybody else waiting for it."""
    return work.session.scalars(
        select(Pool)
        .where(Pool.id == pool_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def demand_free(work: Work, loan: Loan, pool: Pool, dates: Dates, quantity: int) -> Window:
    """Return the dates to hold when so many are free on all of them; the pool must be locked.

    Raises
    ------
    Invalid
        When more is asked for than there is, or it could not be there on the first day.
    Conflict
        When none is free, with the next date on which it is.
    """
    pauses = queries.pauses_of(pool, loan.supplier)
    window = blocked_window(dates, pauses)
    _demand_in_time(window, pauses)
    _demand_open(pool, dates)
    capacity = None if pool.unlimited else pool.capacity
    _demand_enough(capacity, quantity)
    held = queries.holds(work.session, [pool.id], window, without_loan=loan.id).get(pool.id, [])
    free = free_in(capacity, held, window)
    if free is not None and free < quantity:
        raise Conflict(_none_free(work, loan, pool, quantity, dates.weeks))
    return window


def pool_of(work: Work, loan: Loan) -> Pool:
    """Return the locked stock a loan is taken from.

    Raises
    ------
    Conflict
        When the supplier has not said what it can lend.
    """
    pool = queries.stock_of_product(work.session, loan.product_id)
    if pool is None:
        raise Conflict(f"{loan.supplier.name} has not said yet how many can be lent.")
    return lock_pool(work, pool.id)


def is_physical(loan: Loan) -> bool:
    """Tell whether something is sent and comes back; a loan without lines is not asked yet."""
    return any(line.pool.kind == "physical" for line in loan.lines)


def _demand_in_time(window: Window, pauses: Pauses) -> None:
    today = clock.today()
    if window.start < today:
        first = in_words(first_start(today + DAY, pauses))
        raise Invalid(
            problems={
                "starts_on": f"It cannot be there so soon. The first possible day is {first}."
            }
        )


def _demand_open(pool: Pool, dates: Dates) -> None:
    wrong = arrival_wrong(dates) if pool.kind == "physical" else {}
    if wrong:
        raise Invalid(problems=wrong)


def _demand_enough(capacity: int | None, quantity: int) -> None:
    if capacity is not None and quantity > capacity:
        there = "There is 1" if capacity == 1 else f"There are {capacity}"
        raise Invalid(problems={"quantity": f"{there} to lend in all. Ask for fewer."})


def _none_free(work: Work, loan: Loan, pool: Pool, quantity: int, weeks: int) -> str:
    tomorrow = clock.today() + DAY
    held = queries.holds(work.session, [pool.id], Window(tomorrow, NEVER), without_loan=loan.id)
    stock = Stock(pool.capacity, queries.pauses_of(pool, loan.supplier))
    start = earliest_start(stock, held.get(pool.id, []), quantity, weeks, tomorrow)
    opening = "Somebody else has this on the dates you chose, so nothing was sent."
    if start is None:
        return f"{opening} What is out is not back yet, and nobody knows when it will be."
    length = "a week" if weeks == 1 else f"{weeks} weeks"
    return f"{opening} The next time it is free for {length} begins on {in_words(start)}."


def hold_from_today(work: Work, loan: Loan) -> None:
    """Hold what leaves before its dates from today on, so that nobody else is promised it.

    Raises
    ------
    Conflict
        When others were promised it first, with the day on which it can leave.
    """
    pool, today = pool_of(work, loan), clock.today()
    for line in loan.lines:
        if line.blocked_from <= today:
            continue
        before = Window(today, line.blocked_from)
        held = queries.holds(work.session, [pool.id], before, without_loan=loan.id)
        capacity = None if pool.unlimited else pool.capacity
        if not fits(capacity, held.get(pool.id, []), before, line.quantity):
            raise Conflict(PROMISED.format(day=in_words(line.blocked_from)))
        line.blocked_from = today


def demand_held(work: Work, loan: Loan) -> None:
    """Go on only while what a loan holds is still within its pool's capacity.

    Raises
    ------
    Conflict
        When there is less than was promised, because stock was taken out of service.
    """
    pool = pool_of(work, loan)
    if pool.unlimited:
        return
    for line in loan.lines:
        window = Window(line.blocked_from, line.blocked_until)
        held = queries.holds(work.session, [pool.id], window).get(pool.id, [])
        if most_held(held, window) > pool.capacity:
            raise Conflict(NOT_ENOUGH)
