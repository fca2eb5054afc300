"""The guard: nothing is promised twice.

On PostgreSQL the rows of the product's pools are locked, by ascending id, before any loan is looked
at; on SQLite every writing transaction is alone already. What is counted after that is true until
the commit. Behind it stand a trigger and partial indexes in the database, for what comes by another
way (docs/lending.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from lended import clock
from lended.accounts.models import Organisation, Person
from lended.catalogue.models import Supplier
from lended.db import rows
from lended.errors import Conflict, Invalid
from lended.loans import queries
from lended.loans.models import Loan, Pool
from lended.loans.rules.availability import NEVER, earliest_start, fits, free_in
from lended.loans.rules.calendar import (
    DAY,
    Dates,
    Window,
    blocked_window,
    first_start,
    in_words,
)
from lended.loans.rules.openings import read_working_days
from lended.loans.rules.plans import arrival_wrong
from lended.loans.rules.queue import NoneFree
from lended.work import Work

NOT_ENOUGH = "There is less in service than was promised for these dates; other dates are needed."
FASTER = "Somebody else was a moment faster, and there is none left on these dates."
SAID_BY_THE_DATABASE = ("lent twice", "uq_bindings_one_loan_per")
TAKEN_WORDS = "Somebody else has this on the dates you chose, so nothing was sent."
KEPT_WORDS = (
    "What is free on the dates you chose is kept for a school that has waited for it, so nothing "
    "was sent."
)
PROMISED = "Others have been promised this until then. It can leave from {day}."

STOCK = (
    select(Pool)
    .where(Pool.product_id == bindparam("product_id"))
    .order_by(Pool.id)
    .execution_options(populate_existing=True)
)
LOCKING = select(Pool.id).order_by(Pool.id).with_for_update(key_share=True)
OF_LOANS = select(Loan.product_id).where(Loan.id.in_(bindparam("loan_ids", expanding=True)))
LOCKING_THOSE_OF_LOANS = LOCKING.where(Pool.product_id.in_(OF_LOANS))
LOCKING_THOSE_OF_A_PRODUCT = LOCKING.where(Pool.product_id == bindparam("product_id"))
LOCKING_A_PERSON = (
    select(Person.id).where(Person.id == bindparam("person_id")).with_for_update(key_share=True)
)
"""Built once, for building costs as much as running. What is locked is read only afterwards."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a loan holds from now on: its dates, and from when to when each pool is kept for it.

    Parameters
    ----------
    windows
        Keyed by the pool's id.
    lasting
        Whether these pools stay held although the loan is over: a kit is not ready again at once.
    """

    dates: Dates
    windows: Mapping[int, Window]
    lasting: bool = False


@contextmanager
def held_by_the_database() -> Iterator[None]:
    """Give the last two layers of the guard, a trigger and indexes, the words of the first.

    Raises
    ------
    Conflict
        When the database will not hold what is being written.
    """
    try:
        yield
    except IntegrityError as error:
        if any(words in str(error.orig) for words in SAID_BY_THE_DATABASE):
            raise Conflict(FASTER) from error
        raise


def lock_stock_of_loans(work: Work, loan_ids: Sequence[int]) -> None:
    """Keep everybody else waiting for the stock of loans, as far as there are such loans."""
    if not _is_alone(work):
        rows(work.session, LOCKING_THOSE_OF_LOANS, {"loan_ids": list(loan_ids)})


def lock_stock(work: Work, product_id: int) -> list[Pool]:
    """Return a product's pools as they are now, and keep everybody else waiting for them."""
    if not _is_alone(work):
        rows(work.session, LOCKING_THOSE_OF_A_PRODUCT, {"product_id": product_id})
    return _stock_as_it_is(work, product_id)


def lock_person(work: Work, person_id: int) -> None:
    """Keep a person's other changes waiting, so that what is counted of theirs stays true."""
    if not _is_alone(work):
        rows(work.session, LOCKING_A_PERSON, {"person_id": person_id})


def _is_alone(work: Work) -> bool:
    """Tell whether nobody else can be writing: SQLite has let us in alone from the beginning."""
    return work.session.get_bind().dialect.name == "sqlite"


def _stock_as_it_is(work: Work, product_id: int) -> list[Pool]:
    return list(work.session.scalars(STOCK, {"product_id": product_id}))


def demand_stock_of(work: Work, loan: Loan) -> list[Pool]:
    """Return the stock a loan is taken from, which is locked since `loan_to_move`.

    Raises
    ------
    Conflict
        When the supplier has not said what it can lend.
    """
    pools = _stock_as_it_is(work, loan.product_id)
    if not pools:
        raise Conflict(f"{loan.supplier.name} has not said yet how many can be lent.")
    return pools


def demand_free(work: Work, loan: Loan, pools: Sequence[Pool], dates: Dates, sets: int) -> Held:
    """Return what to hold when so many sets are free on all dates; the pools must be locked.

    Raises
    ------
    Invalid
        When more is asked for than there is, or it could not be there on the first day.
    NoneFree
        When none is free, or is kept for others; with the next date on which it is.
    """
    held = windows_of(pools, loan.supplier, loan.school, dates)
    _demand_in_time(loan, pools, held)
    _demand_open(loan, pools, dates)
    demand_enough(pools, sets)
    if not _is_free(work, loan, pools, dates, sets):
        raise NoneFree(_none_free(work, loan, pools, dates, sets))
    return held


def kept_for_others(work: Work, loan: Loan, pools: Sequence[Pool], dates: Dates, sets: int) -> bool:
    """Tell whether nothing but the waiting list stands between a loan and so many sets."""
    return _is_free(work, loan, pools, dates, sets, kept=False) and not _is_free(
        work, loan, pools, dates, sets
    )


def _is_free(
    work: Work, loan: Loan, pools: Sequence[Pool], dates: Dates, sets: int, *, kept: bool = True
) -> bool:
    windows = windows_of(pools, loan.supplier, loan.school, dates).windows.values()
    widest = Window(min(each.start for each in windows), max(each.end for each in windows))
    stocks = queries.stocks(
        work.session,
        pools,
        loan.supplier,
        widest,
        school=loan.school,
        without_loan=loan.id,
        kept=kept,
    )
    return fits(stocks, dates, sets)


def windows_of(
    pools: Sequence[Pool], supplier: Supplier, school: Organisation, dates: Dates
) -> Held:
    """Return from when to when each pool has to be kept for a loan on some dates."""
    return Held(
        dates,
        {
            pool.id: blocked_window(dates, queries.pauses_of(pool, supplier, school))
            for pool in pools
        },
    )


def is_physical(loan: Loan) -> bool:
    """Tell whether something is sent and comes back; a loan without lines is not asked yet."""
    return any(line.pool.kind == "physical" for line in loan.lines)


def sets_of(loan: Loan) -> int:
    """Return how many sets a loan is of."""
    return min(line.sets for line in loan.lines)


def _demand_in_time(loan: Loan, pools: Sequence[Pool], held: Held) -> None:
    today = clock.today()
    if min(window.start for window in held.windows.values()) >= today:
        return
    first = max(
        first_start(today + DAY, queries.pauses_of(pool, loan.supplier, loan.school))
        for pool in pools
    )
    words = f"It cannot be there so soon. The first possible day is {in_words(first)}."
    raise Invalid(problems={"starts_on": words})


def _demand_open(loan: Loan, pools: Sequence[Pool], dates: Dates) -> None:
    if any(pool.kind == "physical" for pool in pools):
        wrong = arrival_wrong(dates, read_working_days(loan.school.working_days))
        if wrong:
            raise Invalid(problems=wrong)


def demand_enough(pools: Sequence[Pool], sets: int) -> None:
    """Go on only when so many sets could be lent at all.

    Raises
    ------
    Invalid
        When there are fewer, even with nothing lent.
    """
    counted = [pool.in_service // pool.in_a_set for pool in pools if pool.in_service is not None]
    most = min(counted, default=sets)
    if sets > most:
        there = "There is 1" if most == 1 else f"There are {most}"
        raise Invalid(problems={"quantity": f"{there} to lend in all. Ask for fewer."})


def _none_free(work: Work, loan: Loan, pools: Sequence[Pool], dates: Dates, sets: int) -> str:
    weeks = dates.weeks
    start = next_start(work, loan, pools, sets, weeks)
    kept = kept_for_others(work, loan, pools, dates, sets)
    opening = KEPT_WORDS if kept else TAKEN_WORDS
    if start is None:
        return f"{opening} What is out is not back yet, and nobody knows when it will be."
    length = "a week" if weeks == 1 else f"{weeks} weeks"
    return f"{opening} The next time it is free for {length} begins on {in_words(start)}."


def next_start(work: Work, loan: Loan, pools: Sequence[Pool], sets: int, weeks: int) -> date | None:
    """Return the next day from which so many sets are free for so long; None when nobody knows."""
    tomorrow = clock.today() + DAY
    ahead = Window(tomorrow, NEVER)
    stocks = queries.stocks(
        work.session, pools, loan.supplier, ahead, school=loan.school, without_loan=loan.id
    )
    return earliest_start(stocks, sets, weeks, tomorrow)


def hold_from_today(work: Work, loan: Loan) -> None:
    """Hold what leaves before its dates from today on, so that nobody else is promised it.

    Raises
    ------
    Conflict
        When others were promised it first, with the day on which it can leave.
    """
    today = clock.today()
    pools = {pool.id: pool for pool in demand_stock_of(work, loan)}
    for line in loan.lines:
        if line.blocked_from <= today:
            continue
        before = Window(today, line.blocked_from)
        held = queries.holds(work.session, [line.pool_id], before, without_loan=loan.id)
        free = free_in(pools[line.pool_id].in_service, held.get(line.pool_id, ()), before)
        if free is not None and free < line.quantity:
            raise Conflict(PROMISED.format(day=in_words(line.blocked_from)))
        line.blocked_from = today


def demand_held(work: Work, loan: Loan) -> None:
    """Go on only while what a loan holds is still within its pools' capacity.

    Raises
    ------
    Conflict
        When there is less than was promised, because stock was taken out of service.
    """
    pools = {pool.id: pool for pool in demand_stock_of(work, loan)}
    for line in loan.lines:
        window = Window(line.blocked_from, line.blocked_until)
        held = queries.holds(work.session, [line.pool_id], window, kept=False)
        free = free_in(pools[line.pool_id].in_service, held.get(line.pool_id, ()), window)
        if free is not None and free < 0:
            raise Conflict(NOT_ENOUGH)
