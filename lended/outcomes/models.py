"""Tables of outcomes, reasons and decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Person
from lended.db import Base, Code, Key, Name, Words
from lended.loans.models import Loan


class Outcome(Base):
    """What the teachers of a trial say happened. It belongs to them; nobody edits it for them.

    ``teachers_again`` counts those of the teachers who would use it again, where all were asked;
    ``would_use_again`` is the word of the one who gave the outcome.
    """

    __tablename__ = "outcomes"
    __table_args__ = (
        CheckConstraint("verdict IN ('met', 'partly', 'not_met', 'cannot_tell')", name="verdict"),
        CheckConstraint("design IN ('feedback', 'before_after')", name="design"),
        CheckConstraint("pupils IS NULL OR pupils >= 0", name="pupils"),
        CheckConstraint("weeks > 0", name="weeks"),
        CheckConstraint(
            "teachers_again IS NULL OR (teachers_again >= 0 AND teachers_again <= teachers)",
            name="teachers_again",
        ),
    )

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    verdict: Mapped[Code]
    design: Mapped[Code]
    pupils: Mapped[int | None]
    teachers: Mapped[int | None]
    teachers_again: Mapped[int | None]
    weeks: Mapped[int]
    baseline_value: Mapped[float | None]
    result_value: Mapped[float | None]
    unit: Mapped[str] = mapped_column(String(60), default="")
    what_happened: Mapped[Words]
    would_use_again: Mapped[bool | None]
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    school_described_as: Mapped[Name] = mapped_column(default="")

    loan: Mapped[Loan] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    reasons: Mapped[list[OutcomeReason]] = relationship(
        back_populates="outcome", lazy="raise", order_by="OutcomeReason.id"
    )


class OutcomeReason(Base):
    """Why a trial did not fully work, in whose hands that lay, and what would have helped."""

    __tablename__ = "outcome_reasons"
    __table_args__ = (
        CheckConstraint("weight IN ('contributory', 'decisive')", name="weight"),
        CheckConstraint("hands IN ('school', 'supplier', 'neither')", name="hands"),
    )

    id: Mapped[Key]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcomes.id"), index=True)
    code: Mapped[Code]
    weight: Mapped[Code]
    hands: Mapped[Code]
    would_have_worked: Mapped[Words] = mapped_column(default="")

    outcome: Mapped[Outcome] = relationship(back_populates="reasons", lazy="raise")


class Decision(Base):
    """What the school decided after a trial: another record than the verdict, by another person."""

    __tablename__ = "decisions"

    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    code: Mapped[Code]
    words: Mapped[Words] = mapped_column(default="")
    decided_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise")
