"""Base of all tables, their column types, and how a connection to SQLite behaves.

Only SQLAlchemy lives here; Flask joins in ``lended.web.database``.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, MutableMapping
from datetime import UTC, date, datetime
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    JSON,
    CursorResult,
    Date,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    String,
    Text,
    event,
)
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Rows = CursorResult[*tuple[Any, ...]]
WRITES = "lended_writes"
BUSY_SECONDS = 10
MOST_CONNECTIONS = 30
"""Of one process."""

TURNS: MutableMapping[Engine, threading.Lock] = WeakKeyDictionary()
"""Held by whoever in this process writes to a database in SQLite."""


class Moment(TypeDecorator[datetime]):
    """A point in time: aware when written, UTC when read, on every engine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime and turn an aware one into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive answer the zone it was written in."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A short list of vocabulary codes, in order, kept as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> list[str]:
        """Write any sequence of codes, None as the empty list."""
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """Read a tuple."""
        return tuple(value or ())


Key = Annotated[int, mapped_column(primary_key=True)]
Code = Annotated[str, mapped_column(String(60))]
Name = Annotated[str, mapped_column(String(200))]
Words = Annotated[str, mapped_column(Text)]
CodeList = Annotated[tuple[str, ...], mapped_column(Codes)]


class Base(DeclarativeBase):
    """Every table of LendED."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own interface
        datetime: Moment,
        date: Date,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
    }


def rows(session: Session, query: Executable, values: Mapping[str, Any]) -> Rows:
    """Read columns instead of objects, after what waits to be written.

    Through the session itself the same costs three times as much.
    """
    session.flush()
    return session.connection().execute(query, values)


def prepare_engine(engine: Engine) -> Engine:
    """Make an engine safe for many writers; call once for each engine.

    SQLite's driver hides when a transaction begins, so it is taken over: a reading transaction
    begins as ``DEFERRED`` and a writing one (marked by `Work`) as ``IMMEDIATE``, which waits its
    turn instead of failing half-way.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        TURNS[engine] = threading.Lock()
    return engine


def engine_options(url: str) -> dict[str, Any]:
    """Return what ``create_engine`` needs beside the address.

    What was opened stays open: opening a connection costs more than most requests.
    """
    pool = {"pool_size": MOST_CONNECTIONS, "max_overflow": 0, "pool_timeout": BUSY_SECONDS}
    if make_url(url).get_backend_name() == "sqlite":
        return pool | {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}
    return pool | {"pool_pre_ping": True}


def open_sqlite(connection: sqlite3.Connection, _record: object = None) -> None:
    """Make a connection to SQLite safe: what is committed is on disk, and writers wait."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
