"""Who waits for stock, and who asks to keep it longer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Person
from lended.db import Base, Code, Key, Words
from lended.loans.models.loan import Loan

ASKED = text("state = 'asked'")


class QueuePlace(Base):
    """A loan's place on the waiting list of its product.

    Any ``weeks`` weeks between ``earliest_on`` and ``latest_on``, both inclusive, will do. Places
    go by ``ranked_at``, which is when the teacher joined unless an offer was let go since.
    ``skips`` counts offers to others behind it because too little was free for this one.
    """

    __tablename__ = "queue_places"
    __table_args__ = (
        CheckConstraint("weeks > 0", name="weeks"),
        CheckConstraint("latest_on > earliest_on", name="window"),
        Index("ix_queue_places_order", "product_id", "ranked_at", "loan_id"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    earliest_on: Mapped[date]
    latest_on: Mapped[date]
    weeks: Mapped[int]
    joined_at: Mapped[datetime]
    ranked_at: Mapped[datetime]
    lapses: Mapped[int] = mapped_column(default=0)
    skips: Mapped[int] = mapped_column(default=0)

    loan: Mapped[Loan] = relationship(lazy="raise")


class Extension(Base):
    """A wish to keep a loan until a later day, and what came of it."""

    __tablename__ = "extensions"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'approved', 'declined', 'withdrawn')", name="state"),
        CheckConstraint("until_on > was_due_on", name="longer"),
        Index(
            "uq_extensions_one_open_for_a_loan",
            "loan_id",
            unique=True,
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
    )

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    was_due_on: Mapped[date]
    until_on: Mapped[date]
    words: Mapped[Words] = mapped_column(default="")
    state: Mapped[Code] = mapped_column(default="asked")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer_words: Mapped[Words] = mapped_column(default="")

    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id], lazy="raise")
