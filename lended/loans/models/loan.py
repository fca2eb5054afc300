"""The loan, what it holds, and everything that ever happened to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Organisation, Person
from lended.catalogue.models import Product, Supplier
from lended.db import Base, Code, Key, Words
from lended.loans.models.stock import Pool, Unit
from lended.loans.rules import HOLDING, State
from lended.needs.models import Need

STATE_LIST = ", ".join(f"'{state}'" for state in State)
HOLDING_LIST = ", ".join(f"'{state}'" for state in State if state in HOLDING)
WITH_A_SCHOOL = text("unit_id IS NOT NULL AND state IN (" + HOLDING_LIST + ")")


class Loan(Base):
    """A product on its way to a school, there, or back again.

    The need, the product's facts and the terms are frozen as they were when it was asked for.
    """

    __tablename__ = "loans"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATE_LIST})", name="state"),
        CheckConstraint(
            "state <> 'declined' OR (decline_reason <> '' AND length(trim(decline_words)) > 0)",
            name="declined_with_words",
        ),
        Index("ix_loans_school_state", "school_id", "state"),
        Index("ix_loans_supplier_state", "supplier_id", "state"),
    )

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[Code] = mapped_column(default=State.DRAFT)
    origin: Mapped[Code] = mapped_column(default="teacher")
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    decline_reason: Mapped[Code] = mapped_column(default="")
    decline_words: Mapped[Words] = mapped_column(default="")
    need_text: Mapped[Words] = mapped_column(default="")
    product_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    terms: Mapped[Words] = mapped_column(default="")
    access_words: Mapped[Words] = mapped_column(default="")

    school: Mapped[Organisation] = relationship(lazy="raise")
    supplier: Mapped[Supplier] = relationship(lazy="raise")
    product: Mapped[Product] = relationship(lazy="raise")
    need: Mapped[Need | None] = relationship(lazy="raise")
    teacher: Mapped[Person] = relationship(foreign_keys=[teacher_id], lazy="raise")
    responsible: Mapped[Person | None] = relationship(foreign_keys=[responsible_id], lazy="raise")
    lines: Mapped[list[LoanLine]] = relationship(
        back_populates="loan", lazy="raise", order_by="LoanLine.id"
    )
    events: Mapped[list[LoanEvent]] = relationship(lazy="raise", order_by="LoanEvent.id")

    @property
    def reference(self) -> str:
        """The loan's name on the telephone."""
        return f"LN-{2000 + self.id}"


class LoanLine(Base):
    """So many of one pool, for one school, over whole dates.

    ``starts_on`` and ``due_on`` are what people see, both inclusive. ``[blocked_from,
    blocked_until)`` is half-open and includes preparation, transit and turn-around.
    """

    __tablename__ = "loan_lines"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATE_LIST})", name="state"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("due_on >= starts_on", name="dates"),
        CheckConstraint("blocked_until > blocked_from", name="blocked"),
        Index("ix_loan_lines_pool_window", "pool_id", "blocked_from", "blocked_until"),
        Index(
            "uq_loan_lines_one_school_per_unit",
            "unit_id",
            unique=True,
            sqlite_where=WITH_A_SCHOOL,
            postgresql_where=WITH_A_SCHOOL,
        ),
    )

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    quantity: Mapped[int]
    state: Mapped[Code]
    starts_on: Mapped[date]
    due_on: Mapped[date]
    blocked_from: Mapped[date]
    blocked_until: Mapped[date]

    loan: Mapped[Loan] = relationship(back_populates="lines", lazy="raise")
    pool: Mapped[Pool] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")


class LoanEvent(Base):
    """One change: who, when, from, to, why. Only ever added."""

    __tablename__ = "loan_events"

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    kind: Mapped[Code]
    from_state: Mapped[Code] = mapped_column(default="")
    to_state: Mapped[Code] = mapped_column(default="")
    reason: Mapped[Code] = mapped_column(default="")
    words: Mapped[Words] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)

    person: Mapped[Person | None] = relationship(lazy="raise")
