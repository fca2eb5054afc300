"""What the clock did, for those who look after LendED."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from lended.db import Base, Key


class ClockEntry(Base):
    """A run of the clock that did something, or could not.

    ``counts`` maps what was done to how often; ``failed`` lists what could not be done.
    """

    __tablename__ = "clock_entries"

    id: Mapped[Key]
    began_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    failed: Mapped[list[dict[str, Any]]]
