"""Tables of suppliers, products and their facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Organisation
from lended.db import Base, Code, CodeList, Key, Name, Words


class Supplier(Base):
    """Who makes or sells products.

    Without an organisation it is only known from an open list and nobody answers for it.
    The four pauses are in working days.
    """

    __tablename__ = "suppliers"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'approved', 'refused')", name="state"),
        CheckConstraint(
            "preparation_days BETWEEN 0 AND 60 AND transit_out_days BETWEEN 0 AND 60 "
            "AND transit_back_days BETWEEN 0 AND 60 AND turnaround_days BETWEEN 0 AND 60",
            name="days",
        ),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[Name]
    about: Mapped[Words] = mapped_column(default="")
    town: Mapped[Name] = mapped_column(default="")
    state: Mapped[Code] = mapped_column(default="waiting")
    state_words: Mapped[Words] = mapped_column(default="")
    preparation_days: Mapped[int] = mapped_column(default=1)
    transit_out_days: Mapped[int] = mapped_column(default=2)
    transit_back_days: Mapped[int] = mapped_column(default=2)
    turnaround_days: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class Product(Base):
    """Something a school may try.

    ``facts`` maps a fact's code (``vocabularies.facts()``) to its value; a fact that is not there
    is *not stated*. A new product waits for staff; later edits of a public one are public at once.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'submitted', 'published', 'refused', 'withdrawn')", name="state"
        ),
        Index("ix_products_state_name", "state", "name"),
        CheckConstraint("loan_weeks_most BETWEEN 1 AND 52", name="loan_weeks"),
    )

    id: Mapped[Key]
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"), index=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[Name]
    summary: Mapped[str] = mapped_column(String(400), default="")
    description: Mapped[Words] = mapped_column(default="")
    product_type: Mapped[Code] = mapped_column(default="other")
    stages: Mapped[CodeList] = mapped_column(default=())
    subjects: Mapped[CodeList] = mapped_column(default=())
    needs: Mapped[CodeList] = mapped_column(default=())
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    loan_weeks_most: Mapped[int] = mapped_column(default=6)
    state: Mapped[Code] = mapped_column(default="draft")
    state_words: Mapped[Words] = mapped_column(default="")
    website: Mapped[str] = mapped_column(String(400), default="")
    licence: Mapped[Name] = mapped_column(default="")
    source: Mapped[str] = mapped_column(String(400), default="")
    source_ref: Mapped[str | None] = mapped_column(String(400), unique=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    supplier: Mapped[Supplier] = relationship(lazy="raise")

    @property
    def version(self) -> str:
        """Which state of the words this is; another one after every change."""
        return self.updated_at.isoformat()


class ProductEvent(Base):
    """What was done to a listing, by whom; never changed, never removed."""

    __tablename__ = "product_events"

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    from_state: Mapped[Code] = mapped_column(default="")
    to_state: Mapped[Code]
    words: Mapped[Words] = mapped_column(default="")


class CatalogueRevision(Base):
    """One row, raised by every change that a suggestion may depend on."""

    __tablename__ = "catalogue_revision"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[Key]
    number: Mapped[int]
