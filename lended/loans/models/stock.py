"""What a supplier has to lend."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.catalogue.models import Product
from lended.db import Base, Code, Key, Name


class Pool(Base):
    """A product's stock at its supplier.

    ``capacity`` counts kits or seats in service; a pool without limit ignores it. How many are
    free is always computed from the loan lines, never stored.
    """

    __tablename__ = "pools"
    __table_args__ = (
        CheckConstraint("kind IN ('physical', 'digital')", name="kind"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("kind = 'digital' OR NOT unlimited", name="kits_are_counted"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), unique=True)
    kind: Mapped[Code]
    capacity: Mapped[int]
    unlimited: Mapped[bool] = mapped_column(default=False)
    contents: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    created_at: Mapped[datetime]

    product: Mapped[Product] = relationship(lazy="raise")


class Unit(Base):
    """One kit that can be told from the others by its serial."""

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("pool_id", "serial"),
        CheckConstraint("state IN ('in_service', 'quarantined', 'retired')", name="state"),
    )

    id: Mapped[Key]
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"), index=True)
    serial: Mapped[str] = mapped_column(String(80))
    condition: Mapped[Name] = mapped_column(default="")
    electrical_check_on: Mapped[date | None]
    state: Mapped[Code] = mapped_column(default="in_service")
