"""Words that every message uses."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date

from lended import clock


def on_day(moment: datetime) -> str:
    """Return the day of a moment as people say it: Tuesday 3 March."""
    return str(format_date(clock.day_of(moment), "EEEE d MMMM", locale="en_GB"))


def quoted(words: str) -> str:
    """Return what somebody wrote, as theirs, to follow another sentence; nothing for nothing."""
    return f"\n\nIn their words: “{words.strip()}”" if words.strip() else ""
