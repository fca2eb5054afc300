"""Tables of schools and trusts as the national registers know them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Organisation
from lended.db import Base, Code, CodeList, Key, Name


class Trust(Base):
    """A group of schools."""

    __tablename__ = "trusts"
    __table_args__ = (UniqueConstraint("identifier"),)

    id: Mapped[Key]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), unique=True)
    identifier: Mapped[Code]
    name: Mapped[Name]
    kind: Mapped[Code] = mapped_column(default="")
    imported_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class School(Base):
    """A school in a register. It gets an organisation when the first person joins it.

    Ages are whole years, percentages 0–100; None where the register says nothing.
    """

    __tablename__ = "schools"
    __table_args__ = (
        UniqueConstraint("country", "scheme", "identifier"),
        CheckConstraint("status IN ('open', 'closed', 'proposed')", name="status"),
        CheckConstraint("pupils IS NULL OR pupils >= 0", name="pupils"),
        Index("ix_schools_search", "search_name"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), unique=True)
    trust_id: Mapped[int | None] = mapped_column(ForeignKey("trusts.id"), index=True)
    country: Mapped[Code]
    scheme: Mapped[Code]
    identifier: Mapped[Code]
    name: Mapped[Name]
    search_name: Mapped[str] = mapped_column(String(400))
    status: Mapped[Code]
    phase: Mapped[Code] = mapped_column(default="")
    type_group: Mapped[Code] = mapped_column(default="")
    low_age: Mapped[int | None]
    high_age: Mapped[int | None]
    pupils: Mapped[int | None]
    fsm_percent: Mapped[float | None] = mapped_column(Numeric(5, 2, asdecimal=False))
    eal_percent: Mapped[float | None] = mapped_column(Numeric(5, 2, asdecimal=False))
    sen_percent: Mapped[float | None] = mapped_column(Numeric(5, 2, asdecimal=False))
    sen_types: Mapped[CodeList] = mapped_column(default=())
    authority_code: Mapped[Code] = mapped_column(default="")
    authority_name: Mapped[Name] = mapped_column(default="")
    town: Mapped[Name] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    website: Mapped[str] = mapped_column(String(400), default="")
    region: Mapped[Name] = mapped_column(default="")
    urban: Mapped[bool | None]
    closed_on: Mapped[date | None]
    imported_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    trust: Mapped[Trust | None] = relationship(lazy="raise")
