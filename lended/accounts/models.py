"""Tables of people, organisations and what ties them together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lended.db import Base, Code, CodeList, Key, Name, Words

HERE = text("ended_at IS NULL")
WAITING = text("state = 'waiting'")


class Organisation(Base):
    """A school, trust or supplier that uses LendED, or the platform itself.

    ``working_days`` is read by ``lended.loans.rules.openings``; empty means the usual ones.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("kind IN ('school', 'trust', 'supplier', 'platform')", name="kind"),
    )

    id: Mapped[Key]
    kind: Mapped[Code]
    name: Mapped[Name]
    working_days: Mapped[Words] = mapped_column(default="")
    created_at: Mapped[datetime]


class Person(Base):
    """An adult who signs in. Raising ``session_version`` ends all of the person's sessions."""

    __tablename__ = "people"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Name]
    password_hash: Mapped[str] = mapped_column(String(200))
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    last_sign_in_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="person", lazy="raise", order_by="Membership.id"
    )


class Membership(Base):
    """A person's role in an organisation, until it ends."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_one_open",
            "person_id",
            "organisation_id",
            "role",
            unique=True,
            sqlite_where=HERE,
            postgresql_where=HERE,
        ),
        CheckConstraint(
            "role IN ('teacher','school_lead','trust_lead','supplier','technologist','staff')",
            name="role",
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[Code]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="memberships", lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class Invitation(Base):
    """A place kept for somebody by mail. Only the digest of its token is stored."""

    __tablename__ = "invitations"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Code]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")


class JoinRequest(Base):
    """Somebody asks to belong to an organisation; a lead, or staff where there is none, answers."""

    __tablename__ = "join_requests"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'approved', 'refused', 'withdrawn')", name="state"),
        Index(
            "uq_join_requests_one_waiting",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[Code]
    words: Mapped[Words] = mapped_column(default="")
    state: Mapped[Code] = mapped_column(default="waiting")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[Words] = mapped_column(default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class MailedLink(Base):
    """A way in, sent by mail, usable once. Only the digest of its token is stored.

    It leads to a new password or, where the address has no person yet, to an account.
    """

    __tablename__ = "mailed_links"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Token(Base):
    """Lets a program act for a person in one organisation. Only the digest of it is stored.

    ``ending`` is its last letters, by which people tell one from another.
    """

    __tablename__ = "tokens"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="named"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[Name]
    scopes: Mapped[CodeList]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(4))
    made_at: Mapped[datetime]
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")


class UnfinishedForm(Base):
    """What a person has typed into a long form and not yet sent.

    ``subject`` says which form of several (a loan's id, a product's slug); ``fields`` holds the
    raw text of every field, so that nothing typed is lost, valid or not.
    """

    __tablename__ = "unfinished_forms"
    __table_args__ = (UniqueConstraint("person_id", "form", "subject"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    form: Mapped[Code]
    subject: Mapped[str] = mapped_column(String(200))
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
