"""A school, a supplier, a product with stock, and the shortest way to move a loan along."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from lended import clock
from lended.access import Actor
from lended.loans import queries, service
from lended.loans.models import Loan
from lended.loans.rules.calendar import Dates, next_working_day, whole_weeks
from lended.loans.rules.papers import DispatchWish, Item, PaperworkWish
from lended.loans.rules.plans import READINESS, TrialWish
from lended.loans.service import ClockRun
from lended.work import Work
from tests.makers import Makers

Transaction = Callable[[], AbstractContextManager[Work]]
NO_DATA = {"personal_data": "none"}
ITEMS = (Item("Fraction tiles", 24, 24),)
PAPERS = PaperworkWish(
    terms_accepted=True,
    deputy="Ms Okoro",
    address="Hill Lane 2, AB1 2CD",
    delivery_window="Weekdays, 8 to 4, at the office",
    data_protection="not_needed",
)


def a_wish(**more: Any) -> TrialWish:
    """Return a complete plan for four weeks, three weeks from now."""
    start = next_working_day(clock.today() + timedelta(days=21))
    wish = TrialWish(
        goal="Pupils place fractions on a line without counting parts",
        criterion_about="pupil_learning",
        measure="Right answers in a ten-question quiz",
        measure_kind="quiz",
        direction="up",
        teaching_change="Start each lesson with tiles in pairs",
        education_lead="Ms Adeyemi",
        dates=whole_weeks(start, 4),
        baseline_words="4 of 10 on average",
        baseline_value=4.0,
        threshold_words="7 of 10",
        threshold_value=7.0,
        problem="They mix up the top and the bottom of fractions",
        readiness=dict.fromkeys(READINESS, True),
    )
    return replace(wish, **more)


class Scene:
    """People and things of one loan, and who they are when they act."""

    def __init__(
        self,
        make: Makers,
        transaction: Transaction,
        facts: dict[str, Any] | None = None,
        **pool: Any,
    ) -> None:
        self.make = make
        self.transaction = transaction
        self.school = make.organisation("school")
        self.teacher_person = make.person(self.school, "teacher")
        self.lead_person = make.person(self.school, "school_lead")
        self.business = make.organisation("supplier")
        self.supplier_person = make.person(self.business, "supplier")
        self.supplier_row = make.supplier(self.business)
        self.product = make.product(self.supplier_row, facts=NO_DATA if facts is None else facts)
        self.pool = make.pool(self.product, **pool)
        self.need = make.need(self.teacher_person, self.school)

    @property
    def teacher(self) -> Actor:
        return self.make.actor(self.teacher_person, self.school, "teacher")

    @property
    def lead(self) -> Actor:
        return self.make.actor(self.lead_person, self.school, "school_lead")

    @property
    def supplier(self) -> Actor:
        return self.make.actor(self.supplier_person, self.business, "supplier")

    def another_school(self) -> tuple[Actor, Actor]:
        """Return a teacher and a lead of another school."""
        school = self.make.organisation("school")
        teacher = self.make.person(school, "teacher")
        lead = self.make.person(school, "school_lead")
        return (
            self.make.actor(teacher, school, "teacher"),
            self.make.actor(lead, school, "school_lead"),
        )

    def do(self, act: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Call a service in a transaction of its own."""
        with self.transaction() as work:
            return act(work, *arguments, **more)

    def tick(self, day: date) -> ClockRun:
        """Let the clock run at noon on a day."""
        with clock.at(datetime.combine(day, time(12), tzinfo=clock.LONDON)):
            return service.run_clock(self.transaction)

    def draft(self, teacher: Actor | None = None) -> int:
        teacher = teacher or self.teacher
        need_id = self.need.id if teacher.person_id == self.teacher_person.id else None
        found: int = self.do(service.start_draft, teacher, self.product.slug, need_id)
        return found

    def loan(self, state: str, dates: Dates | None = None) -> int:
        """Return a loan brought to a state by the services themselves."""
        loan_id = self.draft()
        for act in self.steps(loan_id, dates):
            if self.state(loan_id) == state:
                return loan_id
            act()
        assert self.state(loan_id) == state
        return loan_id

    def steps(self, loan_id: int, dates: Dates | None = None) -> list[Callable[[], Any]]:
        wish = a_wish(dates=dates) if dates else a_wish()
        start = [
            lambda: self.do(service.submit, self.teacher, loan_id, wish),
            lambda: self.do(service.sign_off, self.lead, loan_id, self.lead_person.id),
            lambda: self.do(service.approve, self.supplier, loan_id),
            lambda: self.do(service.complete_paperwork, self.lead, loan_id, PAPERS),
        ]
        return start + (
            self._kit_steps(loan_id)
            if self.pool.kind == "physical"
            else self._access_steps(loan_id)
        )

    def state(self, loan_id: int) -> str:
        return self.row(loan_id).state

    def row(self, loan_id: int) -> Loan:
        """Return a loan as its teacher sees it."""
        with self.transaction() as work:
            return queries.loan(work.session, self.teacher, loan_id)

    def _kit_steps(self, loan_id: int) -> list[Callable[[], Any]]:
        sent = DispatchWish(items=ITEMS, condition="As new", tracking="AB123")
        return [
            lambda: self.do(service.dispatch, self.supplier, loan_id, sent),
            lambda: self.do(service.confirm_receipt, self.teacher, loan_id, ITEMS),
            lambda: self.do(service.book_return, self.teacher, loan_id, "Friday at the office"),
            lambda: self.do(service.take_back, self.supplier, loan_id),
            lambda: self.do(service.pass_inspection, self.supplier, loan_id, ITEMS),
        ]

    def _access_steps(self, loan_id: int) -> list[Callable[[], Any]]:
        return [
            lambda: self.do(service.issue, self.supplier, loan_id, "Code TILES-27"),
            lambda: self.do(service.start, self.teacher, loan_id),
            lambda: self.do(service.end_access_early, self.teacher, loan_id),
        ]
