"""What is written down around a loan: the plan, the agreement, the checks, the deletion."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Person
from lended.db import Base, Code, Key, Name, Words


class Plan(Base):
    """What the teacher wants to find out, fixed before the trial starts.

    ``readiness`` maps each question of the readiness check to yes or no.
    """

    __tablename__ = "plans"
    __table_args__ = (CheckConstraint("direction IN ('up', 'down')", name="direction"),)

    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), primary_key=True)
    goal: Mapped[Words]
    criterion_about: Mapped[Code]
    measure: Mapped[Words]
    measure_kind: Mapped[Code]
    direction: Mapped[Code]
    unit: Mapped[str] = mapped_column(String(60), default="")
    baseline_words: Mapped[Words] = mapped_column(default="")
    baseline_value: Mapped[float | None]
    threshold_words: Mapped[Words] = mapped_column(default="")
    threshold_value: Mapped[float | None]
    pupils: Mapped[int | None]
    teaching_change: Mapped[Words]
    education_lead: Mapped[Name]
    sponsor: Mapped[Name] = mapped_column(default="")
    readiness: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fixed_at: Mapped[datetime]


class Paperwork(Base):
    """What the responsible person agreed to before anything was sent."""

    __tablename__ = "paperwork"

    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), primary_key=True)
    terms_digest: Mapped[str] = mapped_column(String(64))
    accepted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    accepted_at: Mapped[datetime]
    deputy: Mapped[Name] = mapped_column(default="")
    address: Mapped[Words] = mapped_column(default="")
    delivery_window: Mapped[Words] = mapped_column(default="")
    data_protection: Mapped[Code] = mapped_column(default="")
    data_protection_words: Mapped[Words] = mapped_column(default="")

    accepted_by: Mapped[Person] = relationship(lazy="raise")


class ContentsCheck(Base):
    """What was in the box when it was sent, received or taken back.

    ``lines`` holds for each item its name, the quantity expected, the quantity found, a condition
    code and a remark.
    """

    __tablename__ = "contents_checks"
    __table_args__ = (
        CheckConstraint("moment IN ('dispatch', 'receipt', 'inspection')", name="moment"),
    )

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    moment: Mapped[Code]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    lines: Mapped[list[dict[str, Any]]]
    words: Mapped[Words] = mapped_column(default="")
    tracking: Mapped[Name] = mapped_column(default="")

    person: Mapped[Person | None] = relationship(lazy="raise")


class DeletionDuty(Base):
    """Personal data a supplier must delete, and its word that it did.

    ``late_marks`` counts how often the clock has marked it as late.
    """

    __tablename__ = "deletion_duties"

    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), primary_key=True)
    due_on: Mapped[date]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    none_held: Mapped[bool] = mapped_column(default=False)
    scope: Mapped[Words] = mapped_column(default="")
    deleted_on: Mapped[date | None]
    backups_until: Mapped[date | None]
    late_marks: Mapped[int] = mapped_column(default=0)

    confirmed_by: Mapped[Person | None] = relationship(lazy="raise")
