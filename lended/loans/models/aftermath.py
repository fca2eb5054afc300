"""What may be left when a loan is over: an incident to settle, a wish to buy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Person
from lended.db import Base, Code, Key, Words
from lended.loans.models.loan import Loan


class Incident(Base):
    """Something was missing, damaged or lost. It lives on when the loan is closed.

    ``lines`` are those of the contents check that are amiss. The supplier says what happened, the
    school answers, and it is settled in words; money is no business of LendED.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        CheckConstraint("kind IN ('missing', 'damaged', 'unsafe', 'lost')", name="kind"),
        CheckConstraint("state IN ('open', 'agreed', 'disputed', 'settled')", name="state"),
    )

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    kind: Mapped[Code]
    state: Mapped[Code] = mapped_column(default="open")
    lines: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    words: Mapped[Words]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]

    loan: Mapped[Loan] = relationship(lazy="raise")
    opened_by: Mapped[Person] = relationship(lazy="raise")
    words_of_both: Mapped[list[IncidentWords]] = relationship(
        lazy="raise", order_by="IncidentWords.id"
    )
    photos: Mapped[list[IncidentPhoto]] = relationship(lazy="raise", order_by="IncidentPhoto.id")


class IncidentWords(Base):
    """What one side said about an incident, and how it stood after that. Only ever added.

    Staff of LendED speak only when both sides could not agree.
    """

    __tablename__ = "incident_words"
    __table_args__ = (CheckConstraint("side IN ('school', 'supplier', 'staff')", name="side"),)

    id: Mapped[Key]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    side: Mapped[Code]
    at: Mapped[datetime]
    to_state: Mapped[Code] = mapped_column(default="")
    words: Mapped[Words]

    person: Mapped[Person] = relationship(lazy="raise")


class IncidentPhoto(Base):
    """A picture, made anew from what was sent; ``name`` is that of its file, a digest of it."""

    __tablename__ = "incident_photos"

    id: Mapped[Key]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(200), default="")


class Enquiry(Base):
    """A school would like to know what a product costs. Only ever sent on purpose."""

    __tablename__ = "enquiries"

    id: Mapped[Key]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    words: Mapped[Words]
    keep_our_data: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer_words: Mapped[Words] = mapped_column(default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")
