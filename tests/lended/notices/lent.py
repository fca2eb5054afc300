"""Loans of one teacher that come up by date, and who is told of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Person
from lended.loans.models import Loan, LoanLine
from lended.notices import service
from lended.notices.models import Notice
from tests.conftest import Transaction
from tests.makers import Makers

DUE = date(2027, 3, 24)


class Lent:
    """Loans of one teacher, and what everybody was told about them."""

    def __init__(self, make: Makers, transaction: Transaction) -> None:
        self.make, self.transaction = make, transaction
        self.school = make.organisation("school", "Millfold Primary")
        trust = make.organisation("trust", "Hawkesmere Trust")
        make.school(self.school, trust_id=make.trust(organisation_id=trust.id).id)
        self.teacher = make.person(self.school, "teacher", name="Amira Hussain")
        self.lead = make.person(self.school, "school_lead", name="Ruth Ackroyd")
        self.trust_lead = make.person(trust, "trust_lead", name="Daniel Okafor")
        self.business = make.organisation("supplier", "Larkrise Learning")
        self.seller = make.person(self.business, "supplier", name="Nell Garrity")
        self.supplier = make.supplier(self.business, name="Larkrise Learning")
        self.staff = make.person(make.organisation("platform"), "staff", name="Priya Nair")
        make.person(make.organisation("school"), "teacher", "school_lead", name="A stranger")

    def loan(self, state: str = "active", name: str = "Tiles", kind: str = "physical") -> Loan:
        product = self.make.product(self.supplier, name=name)
        pool = self.make.pool(product, kind=kind)
        start = DUE - timedelta(days=27)
        return self.make.loan(
            self.school, self.teacher, product, pool, state=state, starts_on=start, due_on=DUE
        )

    def change(self, table: type, loan: Loan, **values: Any) -> None:
        key = LoanLine.loan_id if table is LoanLine else Loan.id
        with self.transaction() as work:
            work.session.execute(update(table).where(key == loan.id).values(**values))

    def remind(self, today: date) -> int:
        with clock.at(morning(today)):
            return service.remind_of_loans(self.transaction, today)

    def ask(self, today: date) -> int:
        with clock.at(morning(today)):
            return service.ask_for_outcomes(self.transaction, today)

    def notices(self) -> list[Notice]:
        with Session(self.make.engine) as session:
            return list(session.scalars(select(Notice).order_by(Notice.id)))

    def told(self) -> list[tuple[str, str]]:
        with Session(self.make.engine) as session:
            rows = session.execute(
                select(Person.name, Notice.kind).join(Notice.person).order_by(Notice.id)
            ).all()
        return [(row.name, row.kind) for row in rows]


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=clock.LONDON)
