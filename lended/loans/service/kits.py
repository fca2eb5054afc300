"""What becomes of kits that can be told apart: their history, setting aside, coming back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import update

from lended import clock
from lended.access import Actor, demand
from lended.errors import Conflict, Invalid
from lended.loans import policy, queries
from lended.loans.events import CapacityFreed
from lended.loans.models import Incident, Loan, LoanLine, Unit, UnitEvent
from lended.loans.rules import HOLDING, State
from lended.loans.rules.availability import NEVER
from lended.loans.service.change import note
from lended.loans.service.guard import lock_stock, lock_stock_of_loans
from lended.work import Work

NOTHING_ASIDE = "Nothing of this loan is set aside any more."


def kits_of(loan: Loan) -> list[Unit]:
    """Return the kits a loan still has."""
    return [
        binding.unit
        for line in loan.lines
        for binding in line.bindings
        if binding.unit and binding.ended_at is None
    ]


def keep_history(
    work: Work,
    actor: Actor,
    units: Iterable[Unit],
    kind: str,
    *,
    words: str = "",
    loan_id: int | None = None,
) -> None:
    """Keep what became of kits.

    Parameters
    ----------
    kind
        A code of ``rules.stock.KIT_EVENTS``.
    """
    work.session.add_all(
        UnitEvent(
            unit_id=unit.id,
            loan_id=loan_id,
            person_id=actor.person_id,
            at=clock.now(),
            kind=kind,
            words=words,
        )
        for unit in units
    )
    work.session.flush()


def set_aside(work: Work, actor: Actor, units: Sequence[Unit], words: str, loan_id: int) -> None:
    """Let kits be lent to nobody until they are ready again."""
    for unit in units:
        unit.state = "quarantined"
    keep_history(work, actor, units, "set_aside", words=words, loan_id=loan_id)


def retire(
    work: Work, actor: Actor, units: Sequence[Unit], words: str, loan_id: int | None = None
) -> None:
    """Take kits out of service for good: there are so many fewer to lend."""
    for unit in units:
        unit.state = "retired"
    keep_history(work, actor, units, "retire", words=words, loan_id=loan_id)


def release(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Say that what was set aside after a loan is ready to be lent again.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's kit.
    Conflict
        When nothing of this loan is set aside.
    Invalid
        When no words say what was done.
    """
    loan, units, lines = _aside(work, actor, loan_id, words)
    for unit in units:
        unit.state = "in_service"
    _let_go(work, actor, loan, lines, "released")
    keep_history(work, actor, units, "release", words=words, loan_id=loan.id)


def write_off(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Say that what was set aside after a loan will not be lent again.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's kit.
    Conflict
        When nothing of this loan is set aside.
    Invalid
        When no words say why.
    """
    loan, units, lines = _aside(work, actor, loan_id, words)
    fewer = [(unit.pool_id, 1) for unit in units]
    fewer += [(line.pool_id, line.quantity - _told(line, units)) for line in lines]
    reduce_capacity(work, loan, fewer)
    _let_go(work, actor, loan, lines, "written_off")
    retire(work, actor, units, words, loan.id)


def reduce_capacity(
    work: Work, loan: Loan, fewer: Iterable[tuple[int, int]]
) -> dict[str, list[int]]:
    """Count what is gone for good out of its pools; return each pool's count before and after.

    Parameters
    ----------
    fewer
        Pool ids, each with how many are gone.
    """
    pools = {pool.id: pool for pool in lock_stock(work, loan.product_id)}
    before = {pool_id: pool.capacity for pool_id, pool in pools.items()}
    for pool_id, count in fewer:
        pools[pool_id].capacity = max(pools[pool_id].capacity - count, 0)
    work.session.flush()
    return {
        pools[pool_id].label or "all": [count, pools[pool_id].capacity]
        for pool_id, count in before.items()
        if count != pools[pool_id].capacity
    }


def _aside(
    work: Work, actor: Actor, loan_id: int, words: str
) -> tuple[Loan, list[Unit], list[LoanLine]]:
    """Return what is set aside after a loan: kits by serial, and lines of kits without."""
    demand(actor, policy.KEEP_STOCK)
    lock_stock_of_loans(work, [loan_id])
    loan = queries.loan(work.session, actor, loan_id)
    units = queries.kits_set_aside(work.session, loan.id)
    lines = lines_set_aside(loan)
    if not units and not lines:
        raise Conflict(NOTHING_ASIDE)
    if not words.strip():
        raise Invalid(problems={"words": "Say what was done, or what you found."})
    return loan, units, lines


def lines_set_aside(loan: Loan) -> list[LoanLine]:
    """Return lines of a loan that was given back, and hold what is not ready again."""
    if State(loan.state) in HOLDING:
        return []
    return [line for line in loan.lines if line.holds and line.blocked_until == NEVER]


def _told(line: LoanLine, units: Sequence[Unit]) -> int:
    return sum(unit.pool_id == line.pool_id for unit in units)


def _let_go(work: Work, actor: Actor, loan: Loan, lines: Iterable[LoanLine], kind: str) -> None:
    for line in lines:
        line.holds = False
    work.session.execute(
        update(Incident)
        .where(Incident.loan_id == loan.id, Incident.released_at.is_(None))
        .values(released_at=clock.now())
    )
    note(work, actor, loan, kind, {})
    work.record(CapacityFreed(loan.product_id))
