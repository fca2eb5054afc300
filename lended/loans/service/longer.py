"""Whether a loan can be kept longer, beside what others were promised and what they wait for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict
from lended.loans import queries
from lended.loans.models import Loan, Pool, QueuePlace
from lended.loans.rules.availability import NEVER, Hold, free_in
from lended.loans.rules.calendar import DAY, Dates, Window, in_words, next_working_day
from lended.loans.rules.openings import read_working_days
from lended.loans.service.guard import Held, windows_of
from lended.loans.service.promises import dates_of
from lended.loans.service.promotion import could_be_served, touches

PROMISED = "Somebody else was promised this"
WAITED_FOR = "Another school is waiting for it from {day}"
BACK_ON_ITS_DAY = "{why}, so it has to go back on its day."
NOT_AS_LONG = "{why}, so it cannot be kept as long. It could be kept until {day}."


@dataclass(frozen=True, slots=True)
class Longer:
    """A loan that somebody would keep longer, and what others have or want of its stock.

    Parameters
    ----------
    promised
        What others hold of each pool from today on, keyed by its id.
    waiting
        Whom nothing may be taken from on the waiting list.
    """

    loan: Loan
    pools: Sequence[Pool]
    promised: Mapping[int, Sequence[Hold]]
    waiting: Sequence[QueuePlace]

    @classmethod
    def beside(
        cls, session: Session, loan: Loan, pools: Sequence[Pool], waiting: Iterable[QueuePlace]
    ) -> Self:
        """Return a loan beside what others hold now, and beside some of those who wait."""
        ahead = Window(clock.today(), NEVER)
        pool_ids = [pool.id for pool in pools]
        promised = queries.holds(session, pool_ids, ahead, without_loan=loan.id, kept=False)
        return cls(loan, pools, promised, [each for each in waiting if could_be_served(each)])

    def demand(self, until: date) -> Held:
        """Return what to hold until a later day when it takes nothing from others.

        Raises
        ------
        Conflict
            Otherwise, with the last day that would do.
        """
        why = self.why_not(until)
        if not why:
            return self.held(until)
        day = until - DAY
        while day > self._goes_back_on:
            if not self.why_not(day):
                raise Conflict(NOT_AS_LONG.format(why=why, day=in_words(day)))
            day -= DAY
        raise Conflict(BACK_ON_ITS_DAY.format(why=why))

    def why_not(self, until: date) -> str:
        """Say what stands in the way of keeping it until a day; empty when nothing does."""
        from_today = {
            pool_id: Window(clock.today(), each.end)
            for pool_id, each in self.held(until).windows.items()
        }
        if not self._is_there(from_today, self.promised):
            return PROMISED
        added = self.added(until).windows
        waiting = [each for each in self.waiting if touches(each.loan, added)]
        if waiting and not self._is_there(added, self._with_what_is_waited_for(waiting)):
            first = min(each.earliest_on for each in waiting)
            return WAITED_FOR.format(day=in_words(first))
        return ""

    def held(self, until: date) -> Held:
        """Return what is held with another last day; from when stays as it is."""
        loan = self.loan
        dates = Dates(dates_of(loan).starts_on, until)
        ends = windows_of(self.pools, loan.supplier, loan.school, dates).windows
        return Held(
            dates,
            {
                line.pool_id: Window(line.blocked_from, ends[line.pool_id].end)
                for line in loan.lines
            },
        )

    def added(self, until: date) -> Held:
        """Return what is held beyond what is when it goes back on its day, or today if late."""
        held, before = self.held(until), self.held(self._goes_back_on).windows
        added = {
            pool_id: Window(before[pool_id].end, each.end)
            for pool_id, each in held.windows.items()
            if before[pool_id].end < each.end
        }
        return Held(held.dates, added)

    @property
    def _goes_back_on(self) -> date:
        return max(dates_of(self.loan).due_on, clock.today())

    def _with_what_is_waited_for(self, waiting: Iterable[QueuePlace]) -> dict[int, list[Hold]]:
        """Return what others hold as if those who wait held the whole time they wait for."""
        taken = {pool.id: list(self.promised.get(pool.id, ())) for pool in self.pools}
        for line in (line for each in waiting for line in each.loan.lines):
            taken[line.pool_id].append(Hold(line.quantity, line.blocked_from, line.blocked_until))
        return taken

    def _is_there(self, windows: Mapping[int, Window], taken: Mapping[int, Sequence[Hold]]) -> bool:
        """Tell whether as many as the loan is of are left of each pool throughout its window."""
        in_service = {pool.id: pool.in_service for pool in self.pools}
        for line in self.loan.lines:
            if line.pool_id in windows:
                window, others = windows[line.pool_id], taken.get(line.pool_id, ())
                free = free_in(in_service[line.pool_id], others, window)
                if free is not None and free < line.quantity:
                    return False
        return True


def why_no_longer(session: Session, loan: Loan) -> str:
    """Say why a loan cannot be kept, be it until the next day of school; empty when it can."""
    waiting = queries.waiting(session, loan.product_id)
    longer = Longer.beside(session, loan, [line.pool for line in loan.lines], waiting)
    after = max(dates_of(loan).due_on, clock.today()) + DAY
    why = longer.why_not(next_working_day(after, read_working_days(loan.school.working_days)))
    return BACK_ON_ITS_DAY.format(why=why) if why else ""
