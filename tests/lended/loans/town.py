"""The schools of the whole machine, and what is counted there in another way than LendED counts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans import queries
from lended.loans.models import Loan, LoanLine
from lended.loans.rules import State
from lended.loans.rules.calendar import DAY, ready_again_on
from lended.work import Work
from tests.lended.loans.acts import ACTS
from tests.lended.loans.waiting import Line

WAITS = LoanLine.state == State.WAITLISTED


class Town(Line):
    """A line of schools of which every third is led by the only teacher there is."""

    def another_school(self) -> tuple[Actor, Actor]:
        if len(self.teachers) % 3:
            return super().another_school()
        school = self.make.organisation("school")
        head = self.make.person(school, "teacher", "school_lead")
        alone = self.make.actor(head, school, "teacher", "school_lead")
        return alone, alone

    def ask_longer(self, work: Work, actor: Actor, loan_id: int) -> None:
        """Ask to keep something longer; it is refused for those who wait just when they need it."""
        loan = queries.loan_to_move(work.session, actor, loan_id)
        needed = needed_by_who_waits(work.session, loan)
        try:
            ACTS["ask_extension"](work, actor, loan_id)
        except Conflict as refused:
            if needed or "is waiting for it" not in refused.words:
                raise
            raise AssertionError("nobody needs it") from refused
        assert not needed


def needed_by_who_waits(session: Session, loan: Loan) -> bool:
    """Count, day by day, whether one week more leaves too little to those who wait for a day."""
    line = loan.lines[0]
    if line.pool.in_service is None:
        return False
    pauses = queries.pauses_of(line.pool, loan.supplier, loan.school)
    day = ready_again_on(max(line.due_on, clock.today()), pauses)
    query = select(LoanLine).where(
        LoanLine.pool_id == line.pool_id,
        LoanLine.loan_id != loan.id,
        or_(LoanLine.holds, and_(WAITS, LoanLine.quantity <= line.pool.capacity)),
    )
    others = session.scalars(query).all()
    while day < ready_again_on(line.due_on + timedelta(weeks=1), pauses):
        there = [each for each in others if each.blocked_from <= day < each.blocked_until]
        left = line.pool.in_service - sum(each.quantity for each in there)
        if left < line.quantity and any(each.state == State.WAITLISTED for each in there):
            return True
        day += DAY
    return False
