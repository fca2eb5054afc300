"""The loan, what it holds, and everything that ever happened to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Organisation, Person
from lended.catalogue.models import Product, Supplier
from lended.db import Base, Code, Key, Words
from lended.loans.models.stock import ActivationCode, Pool, Unit
from lended.loans.rules import State
from lended.loans.rules.references import reference_of
from lended.needs.models import Need

if TYPE_CHECKING:
    from lended.loans.models.waiting import Extension

STATE_LIST = ", ".join(f"'{state}'" for state in State)
HELD = text("holds")
STILL_BOUND = text("ended_at IS NULL")


class Loan(Base):
    """A product on its way to a school, there, or back again.

    The need, the product's facts and the terms are frozen as they were when it was asked for.
    ``act_by`` is the day that was promised for the next step; ``closed_as`` says how a finished
    loan ended; ``at_risk_at`` when those who wait for it were told that it may come late.
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
        Index("ix_loans_state_act_by", "state", "act_by"),
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
    act_by: Mapped[date | None]
    closed_as: Mapped[Code] = mapped_column(default="")
    at_risk_at: Mapped[datetime | None]
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
    wish_to_keep: Mapped[Extension | None] = relationship(
        "Extension",
        primaryjoin="and_(Extension.loan_id == Loan.id, Extension.state == 'asked')",
        lazy="raise",
        viewonly=True,
    )

    @property
    def reference(self) -> str:
        """The loan's name on the telephone."""
        return reference_of(self.id)


class LoanLine(Base):
    """So many of one pool, for one school, over whole dates.

    ``starts_on`` and ``due_on`` are what people see, both inclusive. ``[blocked_from,
    blocked_until)`` is half-open and includes preparation, transit and turn-around. A line that
    ``holds`` takes capacity away from others on those dates, also after its loan is over: until a
    kit is ready again, or without end while nobody knows. ``back`` counts what has come back.
    """

    __tablename__ = "loan_lines"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATE_LIST})", name="state"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("back BETWEEN 0 AND quantity", name="back"),
        CheckConstraint("due_on >= starts_on", name="dates"),
        CheckConstraint("blocked_until > blocked_from", name="blocked"),
        Index(
            "ix_loan_lines_held",
            "pool_id",
            "blocked_until",
            "blocked_from",
            sqlite_where=HELD,
            postgresql_where=HELD,
        ),
        Index("ix_loan_lines_pool", "pool_id"),
    )

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    quantity: Mapped[int]
    back: Mapped[int] = mapped_column(default=0)
    state: Mapped[Code]
    holds: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    blocked_from: Mapped[date]
    blocked_until: Mapped[date]

    loan: Mapped[Loan] = relationship(back_populates="lines", lazy="raise")
    pool: Mapped[Pool] = relationship(lazy="raise")
    bindings: Mapped[list[Binding]] = relationship(lazy="raise", order_by="Binding.id")

    @property
    def sets(self) -> int:
        """How many sets the school asked for."""
        return self.quantity // self.pool.in_a_set


class Binding(Base):
    """Which kit, or which activation code, a line has; a kit until it is back.

    A code is shown once, to one person.
    """

    __tablename__ = "bindings"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (code_id IS NULL)", name="one_thing"),
        Index(
            "uq_bindings_one_loan_per_unit",
            "unit_id",
            unique=True,
            sqlite_where=STILL_BOUND,
            postgresql_where=STILL_BOUND,
        ),
        Index(
            "uq_bindings_one_loan_per_code",
            "code_id",
            unique=True,
            sqlite_where=STILL_BOUND,
            postgresql_where=STILL_BOUND,
        ),
    )

    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_lines.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    code_id: Mapped[int | None] = mapped_column(ForeignKey("activation_codes.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    shown_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    unit: Mapped[Unit | None] = relationship(lazy="raise")
    code: Mapped[ActivationCode | None] = relationship(lazy="raise")


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
