"""What time itself moves.

Everything is computed from dates at each run, so that a missed night catches up and a second run
finds nothing left to do. Loans go in portions, each in a transaction of its own: a run that is
killed has done some portions wholly and the others not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from lended import clock
from lended.access import CLOCK
from lended.catalogue.models import Supplier
from lended.loans.models import Loan, LoanLine
from lended.loans.rules import State
from lended.loans.rules.calendar import add_working_days
from lended.loans.service import lateness, risks
from lended.loans.service.change import change
from lended.loans.service.deletion import due_late_deletions, mark_late
from lended.loans.service.give_back import owe_deletion
from lended.loans.service.guard import lock_stock_of_loans
from lended.loans.service.lapse import (
    due_offers,
    due_unanswered,
    due_windows,
    end_waiting,
    expire,
    lapse,
)
from lended.loans.service.promises import working_days_of
from lended.work import Work

DAYS_UNTIL_ASSUMED = 2
AT_ONCE = 100
WHOLE = (
    joinedload(Loan.product),
    joinedload(Loan.supplier).joinedload(Supplier.organisation),
    joinedload(Loan.school),
    selectinload(Loan.lines).joinedload(LoanLine.pool),
)
"""What a move has to know of a loan."""

OpenWork = Callable[[], AbstractContextManager[Work]]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of thing that happens by date.

    Parameters
    ----------
    name
        What staff read, with how many there were.
    find
        Selects loans to which it may have to happen by a day.
    happen
        Makes it happen to one of them, whose stock is locked; tells whether it was due.
    """

    name: str
    find: Callable[[date], Select[Loan]]
    happen: Callable[[Work, Loan], bool]


@dataclass(frozen=True, slots=True)
class ClockRun:
    """What a run of the clock did: how often each kind of thing, and to which loans it could not.

    Parameters
    ----------
    counts
        Keyed by the name of the kind.
    failed
        References of loans that were left as they are because of a mistake of ours.
    """

    counts: dict[str, int]
    failed: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many moves were made in all."""
        return sum(self.counts.values())


def run_clock(open_work: OpenWork) -> ClockRun:
    """Make everything happen that is due by today.

    Parameters
    ----------
    open_work
        Opens the transaction of a portion.
    """
    today = clock.today()
    counts: dict[str, int] = {}
    failed: list[str] = []
    for due in DUE:
        counts[due.name] = 0
        last_id = 0
        while portion := _portion(open_work, due, today, last_id):
            counts[due.name] += _all_or_each(open_work, due, today, portion, failed)
            last_id = portion[-1]
    return ClockRun(counts, tuple(failed))


def _portion(open_work: OpenWork, due: Due, today: date, after: int) -> list[int]:
    """Return the ids of the next loans, without keeping anybody waiting."""
    with open_work() as work:
        query = due.find(today).with_only_columns(Loan.id, maintain_column_froms=True)
        return list(
            work.session.scalars(query.where(Loan.id > after).order_by(Loan.id).limit(AT_ONCE))
        )


def _all_or_each(
    open_work: OpenWork, due: Due, today: date, loan_ids: Sequence[int], failed: list[str]
) -> int:
    """Do a portion at once; when that fails do each alone, so that one loan stops no other."""
    try:
        return _do(open_work, due, today, loan_ids)
    except Exception as error:
        if len(loan_ids) == 1:
            log.exception("clock", due=due.name, loan_id=loan_ids[0], exc_info=error)
            failed.append(f"LN-{2000 + loan_ids[0]}")
            return 0
    return sum(_all_or_each(open_work, due, today, [each], failed) for each in loan_ids)


def _do(open_work: OpenWork, due: Due, today: date, loan_ids: Sequence[int]) -> int:
    """Lock what these loans hold, look again whether they are due, and let it happen."""
    with open_work() as work:
        lock_stock_of_loans(work, loan_ids)
        loans = work.session.scalars(
            due.find(today)
            .where(Loan.id.in_(loan_ids))
            .options(*WHOLE)
            .order_by(Loan.id)
            .execution_options(populate_existing=True)
        )
        return sum(due.happen(work, loan) for loan in loans.unique().all())


def _sent(_today: date) -> Select[Loan]:
    return select(Loan).where(Loan.state == State.DISPATCHED)


def _assume_receipt(work: Work, loan: Loan) -> bool:
    """Take a kit as received two working days after it should have arrived, and say so."""
    sent_on = clock.day_of(loan.changed_at)
    days = working_days_of(loan, State.PREPARING)
    arrives_on = add_working_days(sent_on, loan.supplier.transit_out_days, days)
    if clock.today() <= add_working_days(arrives_on, DAYS_UNTIL_ASSUMED, days):
        return False
    change(work, CLOCK, loan, "confirm_receipt", after={"assumed": True})
    return True


def _issued(today: date) -> Select[Loan]:
    return select(Loan).where(
        Loan.state == State.ISSUED, Loan.lines.any(LoanLine.starts_on <= today)
    )


def _start(work: Work, loan: Loan) -> bool:
    change(work, CLOCK, loan, "start")
    return True


def _over(today: date) -> Select[Loan]:
    """Find access in use whose last day is past; kits wait until they are sent back."""
    return select(Loan).where(
        Loan.state == State.ACTIVE,
        Loan.act_by < today,
        ~Loan.lines.any(LoanLine.due_on >= today),
        ~Loan.lines.any(LoanLine.pool.has(kind="physical")),
    )


def _end_access(work: Work, loan: Loan) -> bool:
    change(work, CLOCK, loan, "end_access")
    owe_deletion(work, loan)
    return True


DUE: tuple[Due, ...] = (
    Due("requests not answered in time", due_unanswered, expire),
    Due("offers not taken in time", due_offers, lapse),
    Due("waiting that came to nothing", due_windows, end_waiting),
    Due("loans not taken up", lateness.due_miss, lateness.miss),
    Due("kits taken as received", _sent, _assume_receipt),
    Due("trials begun", _issued, _start),
    Due("access ended", _over, _end_access),
    Due("kits late", lateness.due_become_overdue, lateness.become_overdue),
    Due(
        "kits kept because they are not back",
        lateness.due_keep_open_ended,
        lateness.do_keep_open_ended,
    ),
    Due("loans no longer at risk", risks.due_look_again, risks.look_again),
    Due("parts asked for again", lateness.due_reminder, lateness.remind),
    Due("deletions late", due_late_deletions, mark_late),
)
"""In this order; each looks at what the ones before it have left."""
