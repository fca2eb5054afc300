"""A line of schools that wait for one product, and the shortest way to move it along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.loans import service
from lended.loans.models import Loan, LoanEvent, QueuePlace
from lended.loans.rules.calendar import Dates, next_working_day, whole_weeks
from lended.loans.rules.queue import Flexible
from lended.notices.models import Notice
from tests.lended.loans.scene import Scene, Transaction, a_wish
from tests.makers import Makers

LineOf = Callable[..., "Line"]


def at(day: date, hour: int = 10) -> Any:
    """Let it be a day in London, inside the block."""
    return clock.at(datetime.combine(day, time(hour), tzinfo=clock.LONDON))


class Line(Scene):
    """A scene in which schools wait."""

    def __init__(self, make: Makers, transaction: Transaction, **pool: Any) -> None:
        super().__init__(make, transaction, **pool)
        self.teachers: dict[int, Actor] = {}
        self.leads: dict[int, Actor] = {}

    def window(self, first: int = 21, last: int = 55, weeks: int = 4) -> Flexible:
        """Return a wish between two days from now."""
        today = clock.today()
        return Flexible(today + timedelta(days=first), today + timedelta(days=last), weeks)

    def ask(self, dates: Dates, sets: int = 1) -> int:
        """Ask for a trial from a school of its own; return the loan."""
        teacher, lead = self.another_school()
        loan_id = self.draft(teacher)
        self.teachers[loan_id], self.leads[loan_id] = teacher, lead
        self.do(service.submit, teacher, loan_id, a_wish(dates=dates, quantity=sets))
        return loan_id

    def join(self, wish: Flexible | None = None, sets: int = 1) -> int:
        """Let a school of its own wait; return the loan."""
        teacher, lead = self.another_school()
        loan_id = self.draft(teacher)
        self.teachers[loan_id], self.leads[loan_id] = teacher, lead
        self.do(service.join_queue, teacher, loan_id, a_wish(quantity=sets), wish or self.window())
        return loan_id

    def others_wait(self, dates: Dates, wish: Flexible | None = None, sets: int = 1) -> int:
        """Let a school wait, for these dates or as it wishes, while another has all there is then.

        Returns
        -------
        int
            The loan that waits.
        """
        self.ask(dates, sets=self.pool.capacity)
        return self.join(wish or Flexible(dates.starts_on, dates.due_on, dates.weeks), sets)

    def everything(self) -> int:
        """Take one for all the time of the usual wish; return the loan."""
        return self.ask(whole_weeks(next_working_day(clock.today() + timedelta(days=10)), 6))

    def act(self, service_of: Callable[..., Any], loan_id: int, *more: Any) -> Any:
        """Do something as the teacher of a loan."""
        return self.do(service_of, self.teachers[loan_id], loan_id, *more)

    def cancel(self, loan_id: int) -> None:
        self.act(service.cancel, loan_id)

    def read(self, read: Callable[[Session], Any]) -> Any:
        with self.transaction() as work:
            return read(work.session)

    def loan_row(self, loan_id: int) -> Loan:
        found: Loan = self.read(lambda session: session.get_one(Loan, loan_id))
        return found

    def states(self, *loan_ids: int) -> list[str]:
        return [self.loan_row(loan_id).state for loan_id in loan_ids]

    def place(self, loan_id: int) -> QueuePlace:
        found: QueuePlace = self.read(lambda session: session.get_one(QueuePlace, loan_id))
        return found

    def order(self) -> list[int]:
        """Return who waits, the first of the line first."""
        query = (
            select(QueuePlace.loan_id)
            .join(Loan, Loan.id == QueuePlace.loan_id)
            .where(QueuePlace.product_id == self.product.id, Loan.state == "waitlisted")
            .order_by(QueuePlace.ranked_at, QueuePlace.loan_id)
        )
        return list(self.read(lambda session: session.scalars(query).all()))

    def moves(self, loan_id: int) -> list[str]:
        query = select(LoanEvent.kind).where(LoanEvent.loan_id == loan_id).order_by(LoanEvent.id)
        return list(self.read(lambda session: session.scalars(query).all()))

    def told(self, loan_id: int, move: str) -> list[int | None]:
        """Return who was told of a move of a loan, each as often as told."""
        query = select(Notice.person_id).where(Notice.key.like(f"loan:{loan_id}:{move}:%"))
        return list(self.read(lambda session: session.scalars(query).all()))
