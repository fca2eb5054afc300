"""Work: one use of LendED, one transaction, one commit.

A service is given a `Work`, writes through ``work.session`` and says what happened with
``work.record``. Listeners of other features act on those events before the commit, so that what
follows from a change is saved with it or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Engine, Executable, Insert, insert
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from lended.db import BUSY_SECONDS, TURNS, WRITES, Base
from lended.errors import Busy

Listener = Callable[["Work", Any], None]
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Listeners = Mapping[type, Sequence[Listener]]
BUSY_WORDS = "LendED is very busy just now. Nothing was changed. Please try again in a moment."
BUSY_SQLSTATES = frozenset({"40001", "40P01", "55P03", "57P01", "57P03", "53300"})


class Work:
    """A transaction under way and the events it has recorded."""

    def __init__(self, session: Session, listeners: Listeners | None = None) -> None:
        self.session = session
        self._listeners = listeners or {}
        self._events: list[object] = []

    def record(self, event: object) -> None:
        """Say what happened; who listens will act before the commit."""
        self._events.append(event)

    def write(self, table: type[Base], *rows: dict[str, Any]) -> None:
        """Add rows that nobody looks at again before the commit, without making objects of them.

        Each must give the same columns.
        """
        self.run(_insertion(table), rows)

    def run(self, statement: Executable, values: Values) -> CursorResult[Any]:
        """Run a statement on rows instead of objects, after what waits to be written.

        What was read before is not changed by it.
        """
        self.session.flush()
        return self.session.connection().execute(statement, values)

    def settle(self) -> None:
        """Let listeners act on every event, also on those that listeners record."""
        while self._events:
            event = self._events.pop(0)
            self.session.flush()
            for listener in self._listeners.get(type(event), ()):
                listener(self, event)
        self.session.flush()


@cache
def _insertion(table: type[Base]) -> Insert:
    """Return the statement that adds a row; building it costs as much as running it."""
    return insert(table)


@contextmanager
def open_work(engine: Engine, listeners: Listeners | None = None) -> Iterator[Work]:
    """Open a writing transaction; commit at the end, or undo everything.

    Raises
    ------
    Busy
        When the database is locked or away: nothing was changed.
    """
    try:
        with _turn(engine), Session(engine, expire_on_commit=False) as session:
            session.connection(execution_options={WRITES: True})
            work = Work(session, listeners)
            yield work
            work.settle()
            session.commit()
    except DBAPIError as error:
        if is_busy(error):
            raise Busy(BUSY_WORDS) from error
        raise


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Let this process's writers to SQLite in one after the other; PostgreSQL needs no turns.

    Left to SQLite, each looks in again after a pause of its own, and of many some are never lucky.
    """
    turn = TURNS.get(engine)
    if turn is None:
        yield
        return
    if not turn.acquire(timeout=BUSY_SECONDS):
        raise Busy(BUSY_WORDS)
    try:
        yield
    finally:
        turn.release()


def is_busy(error: DBAPIError) -> bool:
    """Tell a locked, full or lost database from a mistake of ours."""
    if error.connection_invalidated:
        return True
    sqlstate = getattr(error.orig, "sqlstate", None)
    if sqlstate is not None:
        return sqlstate in BUSY_SQLSTATES or sqlstate.startswith("08")
    words = str(error.orig).casefold()
    return isinstance(error, OperationalError) and (
        "locked" in words or "busy" in words or "connection" in words
    )
