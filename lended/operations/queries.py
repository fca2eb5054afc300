"""Reading what the clock did."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.operations.models import ClockEntry

MOST_LISTED = 100


def clock_entries(session: Session) -> list[ClockEntry]:
    """Return the runs of the clock that did something or could not, the latest first."""
    latest = select(ClockEntry).order_by(ClockEntry.began_at.desc(), ClockEntry.id.desc())
    return list(session.scalars(latest.limit(MOST_LISTED)))
