"""Tables of what was sent already: forms of pages, and requests of programs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lended.db import Base, Words


class Submission(Base):
    """The one-time token of a form already sent, and where its sender was led."""

    __tablename__ = "submissions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str] = mapped_column(String(2000), default="")


class KeptAnswer(Base):
    """What a program was answered, under the key it sent with the request.

    Both digests are SHA-256 in hexadecimal: of the key together with whose it is, and of the whole
    request.
    """

    __tablename__ = "kept_answers"

    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[Words] = mapped_column(default="")
    location: Mapped[str] = mapped_column(String(2000), default="")
