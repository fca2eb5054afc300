"""The stock of the walks over the whole machine, the schools that borrow it, and a second opinion.

What is counted here is counted in another way than LendED counts it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans import queries, service
from lended.loans.models import Loan, LoanLine, Pool
from lended.loans.rules import State
from lended.loans.rules.calendar import DAY, ready_again_on
from lended.loans.rules.codes import CodeRow
from lended.loans.rules.stock import UnitWish
from lended.work import Work
from tests.lended.loans.acts import ACTS
from tests.lended.loans.scene import Transaction
from tests.lended.loans.waiting import Line
from tests.makers import Makers

CAPACITY = {"physical": 3, "digital": 5}
CODES = 60
TILES = [{"name": "Fraction tiles", "quantity": 24}]
SEATS: dict[str, Any] = {"kind": "digital", "capacity": CAPACITY["digital"], "contents": []}
KITS: dict[str, Any] = {"kind": "physical", "capacity": CAPACITY["physical"], "contents": TILES}
STOCKED: dict[str, list[dict[str, Any]]] = {
    "kits": [KITS],
    "seats": [SEATS],
    "sets": [{**KITS, "label": "Robots"}, {**SEATS, "label": "Seats"}],
}
"""What there is to borrow: kits, seats, or sets of both."""

WAITS = LoanLine.state == State.WAITLISTED


class Town(Line):
    """A line of schools of which every third is led by the only teacher there is.

    Whether what they borrow holds personal data is not stated.
    """

    def __init__(self, make: Makers, transaction: Transaction, stocked: str) -> None:
        first, *more = STOCKED[stocked]
        super().__init__(make, transaction, facts={}, **first)
        self.kinds = {pool["kind"] for pool in (first, *more)}
        for pool in more:
            make.pool(self.product, **pool)

    def another_school(self) -> tuple[Actor, Actor]:
        if len(self.teachers) % 3:
            return super().another_school()
        school = self.make.organisation("school")
        head = self.make.person(school, "teacher", "school_lead")
        alone = self.make.actor(head, school, "teacher", "school_lead")
        return alone, alone

    def fill(self) -> None:
        """Give each kit a serial, and seats their codes."""
        slug = self.product.slug
        if "digital" in self.kinds:
            rows = [CodeRow(number, f"{slug}-{number:04}") for number in range(CODES)]
            self.do(service.import_codes, self.supplier, slug, rows)
        if "physical" in self.kinds:
            for number in range(CAPACITY["physical"]):
                kit = UnitWish(f"KIT-{number}", "New", electrical_check_on=clock.today())
                self.do(service.add_unit, self.supplier, slug, kit)

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
    too_many = (
        select(LoanLine.loan_id)
        .join(LoanLine.pool)
        .where(WAITS, LoanLine.quantity > Pool.capacity, ~Pool.unlimited)
    )
    in_vain = set(session.scalars(too_many))
    return any(_is_needed(session, loan, line, in_vain) for line in loan.lines)


def _is_needed(session: Session, loan: Loan, line: LoanLine, in_vain: set[int]) -> bool:
    if line.pool.in_service is None:
        return False
    pauses = queries.pauses_of(line.pool, loan.supplier, loan.school)
    day = ready_again_on(max(line.due_on, clock.today()), pauses)
    beside = select(LoanLine).where(
        LoanLine.pool_id == line.pool_id,
        LoanLine.loan_id.not_in({loan.id, *in_vain}),
        or_(LoanLine.holds, WAITS),
    )
    others = session.scalars(beside).all()
    while day < ready_again_on(line.due_on + timedelta(weeks=1), pauses):
        there = [each for each in others if each.blocked_from <= day < each.blocked_until]
        left = line.pool.in_service - sum(each.quantity for each in there)
        if left < line.quantity and any(each.state == State.WAITLISTED for each in there):
            return True
        day += DAY
    return False
