"""The present moment, and the day it falls on for people in British schools."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the present moment, time zone aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """Return today's date in London, whatever the server's own time zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the date in London on which a moment falls."""
    return moment.astimezone(LONDON).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be another moment inside the block: how the demo's past is told."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
