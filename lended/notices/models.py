"""Tables of notices, of how people choose to hear of things, and of their calendars."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.accounts.models import Person
from lended.db import Base, Code, CodeList, Key, Words
from lended.notices.rules import CHOICES, Topic, Way

TO_SEND = text("mail_state = 'waiting'")
TOPIC_LIST = ", ".join(f"'{topic}'" for topic in Topic)
CHOSEN_LIST = ", ".join(f"'{topic}'" for topic in CHOICES)
WAY_LIST = ", ".join(f"'{way}'" for way in Way)


class Notice(Base):
    """One message to one person about one event: at once inbox on the site and outbox of mail.

    ``key`` names the event, so that telling it twice is impossible. A notice without a person goes
    to ``email`` only (an invitation). ``in_inbox`` is false for what must not lie on the site,
    such as a link to choose a new password; its link is forgotten once the mail is on its way.
    ``link`` is a path on this site. What is not ``urgent`` waits for the morning, and goes into one
    mail with what else waits for its reader; ``letter`` names that mail from its first try on.

    ``asks_in``, ``cycle`` and ``fades`` are the condition under which it still makes sense for the
    loan ``loan_id`` (`lended.notices.rules.Condition`). ``entry`` holds the dates that go with the
    mail (`lended.calendars.Entry`), empty for none.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("email", "key"),
        CheckConstraint("mail_state IN ('waiting', 'sent', 'failed', 'not_wanted')", name="mail"),
        CheckConstraint(f"topic IN ({TOPIC_LIST})", name="topic"),
        Index("ix_notices_inbox", "person_id", "made_at"),
        Index("ix_notices_outbox", "next_try_at", sqlite_where=TO_SEND, postgresql_where=TO_SEND),
        Index("ix_notices_loan", "loan_id", "kind"),
    )

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    email: Mapped[str] = mapped_column(String(254))
    key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Code]
    topic: Mapped[Code] = mapped_column(default=Topic.ESSENTIAL)
    title: Mapped[str] = mapped_column(String(300))
    words: Mapped[Words]
    link: Mapped[str] = mapped_column(String(500), default="")
    action: Mapped[str] = mapped_column(String(120), default="")
    entry: Mapped[dict[str, Any]] = mapped_column(default=dict)
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loans.id"))
    asks_in: Mapped[CodeList] = mapped_column(default=())
    cycle: Mapped[Code] = mapped_column(default="")
    fades: Mapped[bool] = mapped_column(default=False)
    in_inbox: Mapped[bool] = mapped_column(default=True)
    urgent: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mail_state: Mapped[Code] = mapped_column(default="waiting")
    mailed_at: Mapped[datetime | None]
    letter: Mapped[str] = mapped_column(String(32), default="")
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    last_answer: Mapped[Words] = mapped_column(default="")

    person: Mapped[Person | None] = relationship(lazy="raise")


class NoticeChoice(Base):
    """How a person chose to hear of a topic; without a row, at once."""

    __tablename__ = "notice_choices"
    __table_args__ = (
        # What is essential is none of the topics: nobody can choose not to hear of it.
        CheckConstraint(f"topic IN ({CHOSEN_LIST})", name="topic"),
        CheckConstraint(f"way IN ({WAY_LIST})", name="way"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(60), primary_key=True)
    way: Mapped[Code]


class CalendarFeed(Base):
    """A person's private calendar. Its address is signed from ``mark``; a new mark, a new address.

    What is kept here opens nothing by itself.
    """

    __tablename__ = "calendar_feeds"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise")
