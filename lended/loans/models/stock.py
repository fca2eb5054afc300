"""What a supplier has to lend."""

from __future__ import annotations

from datetime import date, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from lended.accounts.models import Person
from lended.catalogue.models import Product
from lended.db import Base, Code, Key, Name, Words

LABEL_BYTES = 10


def new_label() -> str:
    """Return what the label of a new kit says: nothing that could be guessed or counted."""
    return token_hex(LABEL_BYTES)


class Unit(Base):
    """One kit that can be told from the others by its serial.

    ``label`` is what its printed label says: an address that means nothing to strangers.
    ``value_pence`` is what a new one would cost, where the supplier has said so.
    """

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("pool_id", "serial"),
        CheckConstraint("state IN ('in_service', 'quarantined', 'retired')", name="state"),
        CheckConstraint("battery IN ('none', 'fine', 'watch', 'swollen')", name="battery"),
        CheckConstraint("value_pence >= 0", name="value"),
        Index("ix_units_pool_state", "pool_id", "state"),
    )

    id: Mapped[Key]
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    serial: Mapped[str] = mapped_column(String(80))
    label: Mapped[str | None] = mapped_column(String(32), unique=True, default=new_label)
    condition: Mapped[Name] = mapped_column(default="")
    electrical_check_on: Mapped[date | None]
    battery: Mapped[Code] = mapped_column(default="none")
    value_pence: Mapped[int | None]
    state: Mapped[Code] = mapped_column(default="in_service")


class Pool(Base):
    """So many of one kind of thing at a supplier: a product's stock, or one part of a bundle.

    ``capacity`` counts kits or seats that can be lent; a pool without limit ignores it. Kits set
    aside for repair are counted out of it, and how many are free is always computed from the loan
    lines, never stored.

    ``in_a_set`` says how many go with each set a school asks for; ``label`` names a part where a
    product has several.
    """

    __tablename__ = "pools"
    __table_args__ = (
        CheckConstraint("kind IN ('physical', 'digital')", name="kind"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("in_a_set > 0", name="in_a_set"),
        CheckConstraint("kind = 'digital' OR NOT unlimited", name="kits_are_counted"),
        UniqueConstraint("product_id", "label"),
    )

    id: Mapped[Key] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    label: Mapped[Name] = mapped_column(default="")
    kind: Mapped[Code]
    capacity: Mapped[int]
    in_a_set: Mapped[int] = mapped_column(default=1)
    unlimited: Mapped[bool] = mapped_column(default=False)
    contents: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    set_aside: Mapped[int] = column_property(
        select(func.count(Unit.id))
        .where(Unit.pool_id == id, Unit.state == "quarantined")  # noqa: A003 - its own column
        .scalar_subquery()
    )

    product: Mapped[Product] = relationship(lazy="raise")

    @property
    def in_service(self) -> int | None:
        """How many can be lent in all; None when there is no limit."""
        return None if self.unlimited else self.capacity - self.set_aside


class UnitEvent(Base):
    """What became of a kit: its condition, its checks, its repairs. Only ever added."""

    __tablename__ = "unit_events"

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loans.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    kind: Mapped[Code]
    words: Mapped[Words] = mapped_column(default="")

    person: Mapped[Person | None] = relationship(lazy="raise")


class ActivationCode(Base):
    """What opens one seat. It is given to one loan and not used again after it."""

    __tablename__ = "activation_codes"
    __table_args__ = (
        UniqueConstraint("pool_id", "code"),
        CheckConstraint("state IN ('free', 'given', 'withdrawn')", name="state"),
        Index("ix_activation_codes_pool_state", "pool_id", "state"),
    )

    id: Mapped[Key]
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    code: Mapped[str] = mapped_column(String(200))
    state: Mapped[Code] = mapped_column(default="free")
    added_at: Mapped[datetime]
