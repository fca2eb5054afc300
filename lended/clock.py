"""The present moment, and the day it falls on for people in British schools."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the present moment, time zone aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date in London, whatever the server's own time zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the date in London on which a moment falls."""
    return moment.astimezone(LONDON).date()
