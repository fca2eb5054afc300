"""Words that every message uses."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from lended import clock


def on_day(moment: datetime) -> str:
    """Return the day of a moment as people say it: Tuesday 3 March."""
    return _in_words(clock.day_of(moment))


@lru_cache
def _in_words(day: date) -> str:
    """Return a day in words; every message of a day names the same one."""
    return str(format_date(day, "EEEE d MMMM", locale="en_GB"))


def quoted(words: str) -> str:
    """Return what somebody wrote, as theirs, to follow another sentence; nothing for nothing."""
    return f"\n\nIn their words: “{words.strip()}”" if words.strip() else ""
