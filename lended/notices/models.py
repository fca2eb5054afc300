"""The table of notices: at once the inbox on the site and the outbox of mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Person
from lended.db import Base, Code, Key, Words

TO_SEND = text("mail_state = 'waiting'")


class Notice(Base):
    """One message to one person about one event.

    ``key`` names the event, so that telling it twice is impossible. A notice without a person goes
    to ``email`` only (an invitation). ``in_inbox`` is false for what must not lie on the site,
    such as a link to choose a new password; its link is forgotten once the mail is on its way.
    ``link`` is a path on this site. What is not ``urgent`` waits for the morning, and goes into one
    mail with what else waits for its reader.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("email", "key"),
        CheckConstraint("mail_state IN ('waiting', 'sent', 'failed', 'not_wanted')", name="mail"),
        Index("ix_notices_inbox", "person_id", "made_at"),
        Index("ix_notices_outbox", "next_try_at", sqlite_where=TO_SEND, postgresql_where=TO_SEND),
    )

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    email: Mapped[str] = mapped_column(String(254))
    key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Code]
    title: Mapped[str] = mapped_column(String(300))
    words: Mapped[Words]
    link: Mapped[str] = mapped_column(String(500), default="")
    action: Mapped[str] = mapped_column(String(120), default="")
    in_inbox: Mapped[bool] = mapped_column(default=True)
    urgent: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mail_state: Mapped[Code] = mapped_column(default="waiting")
    mailed_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    last_answer: Mapped[Words] = mapped_column(default="")

    person: Mapped[Person | None] = relationship(lazy="raise")
