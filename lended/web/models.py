"""The table of forms already sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lended.db import Base


class Submission(Base):
    """The one-time token of a form already sent, and where its sender was led."""

    __tablename__ = "submissions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str] = mapped_column(String(2000), default="")
