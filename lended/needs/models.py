"""Tables of needs and of the suggestions a teacher put aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Organisation, Person
from lended.catalogue.models import Product
from lended.db import Base, Code, CodeList, Key, Words


class Need(Base):
    """What gets in the way in a classroom, in the teacher's own words.

    ``codes`` are the vocabulary's, as the teacher confirmed them; ``filters`` the narrowing chosen
    with them, as the need page's query string names it. ``unmet_at`` is set while nothing fits.
    """

    __tablename__ = "needs"
    __table_args__ = (
        CheckConstraint("length(trim(text)) > 0", name="not_blank"),
        Index("ix_needs_organisation_made", "organisation_id", "made_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    text: Mapped[Words]
    stages: Mapped[CodeList] = mapped_column(default=())
    subjects: Mapped[CodeList] = mapped_column(default=())
    codes: Mapped[CodeList] = mapped_column(default=())
    codes_confirmed_at: Mapped[datetime | None]
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    unmet_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class PutAside(Base):
    """A suggestion put aside for one need, with a reason; it changes that need's list only."""

    __tablename__ = "put_aside"
    __table_args__ = (UniqueConstraint("need_id", "product_id"),)

    id: Mapped[Key]
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    reason: Mapped[Code]
    words: Mapped[Words] = mapped_column(default="")
    at: Mapped[datetime]

    product: Mapped[Product] = relationship(lazy="raise")
