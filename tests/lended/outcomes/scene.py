"""A school with a trial under way, and a complete outcome of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, event

from lended import clock
from lended.access import Actor
from lended.accounts.models import Organisation, Person
from lended.loans.models import Loan, Plan
from lended.outcomes.rules.reports import OutcomeWish, ReasonWish
from tests.makers import Makers

REASON = ReasonWish(
    "too_complicated_to_set_up", "decisive", "supplier", "A kit that is charged when it comes."
)


def an_outcome(**more: Any) -> OutcomeWish:
    """Return a complete outcome of something that worked."""
    wish = OutcomeWish(
        verdict="met",
        design="before_after",
        weeks=4,
        what_happened="Hands slowed down and more of them placed thirds before halves.",
        pupils=28,
        teachers=1,
        would_use_again=True,
        baseline_value=4.0,
        result_value=7.5,
        unit="right answers",
    )
    return replace(wish, **more)


class School:
    """A teacher, a lead, a supplier, and as many trials as a test wants."""

    def __init__(self, make: Makers) -> None:
        self.make = make
        self.organisation: Organisation = make.organisation("school", "Millfold Primary")
        self.row = make.school(self.organisation, region="North West")
        self.teacher_person: Person = make.person(self.organisation, "teacher")
        self.lead_person: Person = make.person(self.organisation, "school_lead")
        self.business: Organisation = make.organisation("supplier")
        self.supplier_person: Person = make.person(self.business, "supplier")
        self.supplier_row = make.supplier(self.business)
        self.need = make.need(self.teacher_person, self.organisation, codes=("misconceptions",))

    @property
    def teacher(self) -> Actor:
        return self.make.actor(self.teacher_person, self.organisation, "teacher")

    @property
    def lead(self) -> Actor:
        return self.make.actor(self.lead_person, self.organisation, "school_lead")

    @property
    def supplier(self) -> Actor:
        return self.make.actor(self.supplier_person, self.business, "supplier")

    def trial(self, state: str = "active", days_ago: int = 10, **more: Any) -> Loan:
        """Make a loan that began so many days ago, with its plan."""
        product = self.make.product(self.supplier_row)
        start: date = clock.today() - timedelta(days=days_ago)
        fields: dict[str, Any] = {"need_id": self.need.id, "need_text": self.need.text}
        loan = self.make.loan(
            self.organisation,
            more.pop("teacher", self.teacher_person),
            product,
            self.make.pool(product),
            state=state,
            starts_on=start,
            **(fields | more),
        )
        self.make.save(a_plan(loan.id))
        return loan


def a_plan(loan_id: int, **more: Any) -> Plan:
    """Return the plan of a trial."""
    fields: dict[str, Any] = {
        "loan_id": loan_id,
        "goal": "Pupils place fractions on a line without counting parts",
        "criterion_about": "pupil_learning",
        "measure": "Right answers in a ten-question quiz",
        "measure_kind": "quiz",
        "direction": "up",
        "unit": "right answers",
        "baseline_value": 4.0,
        "threshold_value": 7.0,
        "threshold_words": "7 of 10",
        "pupils": 28,
        "teaching_change": "Start each lesson with tiles in pairs",
        "education_lead": "Ms Adeyemi",
        "fixed_at": clock.now(),
    }
    return Plan(**(fields | more))


Do = Callable[..., Any]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect every question asked of the database inside the block."""
    asked: list[str] = []

    def note(*said: Any) -> None:
        if said[2].lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(said[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
