"""The one writer of calendars: whole days, as files that calendar programs read.

An entry lasts whole dates and names no time and no zone, so that no clock change and no server
elsewhere can move it.

References
----------
RFC 5545 (iCalendar), sections 3.6.1 and 3.8; RFC 7986, sections 5.1 and 5.7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from lended.words import clean_line, clean_words

MIMETYPE = "text/calendar"
MAKER = "-//LendED//Loans//EN"
READ_AGAIN_AFTER = timedelta(hours=6)
"""How long a calendar program may wait before it looks for changes."""

DAY = timedelta(days=1)


class Status(StrEnum):
    """Whether what is in a calendar will be."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that lasts whole days.

    Parameters
    ----------
    name
        Names it among all entries for ever: ``loan-12``.
    sequence
        Grows with each change, so that calendars know the newer of two.
    starts_on, ends_on
        The first and the last day, both inclusive.
    link
        A path on this site.
    changed_at
        When it became as it is.
    """

    name: str
    sequence: int
    starts_on: date
    ends_on: date
    title: str
    words: str
    link: str
    status: Status
    changed_at: datetime

    def stored(self) -> dict[str, Any]:
        """Return the entry as JSON can keep it."""
        return asdict(self) | {
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "changed_at": self.changed_at.isoformat(),
        }

    @classmethod
    def of_stored(cls, kept: dict[str, Any]) -> Self:
        """Return the entry that was kept as JSON."""
        return cls(
            **kept
            | {
                "starts_on": date.fromisoformat(kept["starts_on"]),
                "ends_on": date.fromisoformat(kept["ends_on"]),
                "status": Status(kept["status"]),
                "changed_at": datetime.fromisoformat(kept["changed_at"]),
            }
        )


def written(entries: Iterable[Entry], base_url: str, title: str = "") -> bytes:
    """Write a calendar.

    Parameters
    ----------
    base_url
        The address people use: links begin with it, and its host is part of each entry's name.
    title
        What a program calls a calendar that it reads again and again; empty for a file.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if title:
        calendar.add("name", title)
        calendar.add("x-wr-calname", title)
        calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", READ_AGAIN_AFTER)
    for entry in entries:
        calendar.add_component(_event(entry, base_url))
    return bytes(calendar.to_ical())


def _event(entry: Entry, base_url: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.name}@{urlsplit(base_url).hostname}")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_on)
    event.add("dtend", entry.ends_on + DAY)
    event.add("summary", clean_line(entry.title))
    event.add("description", clean_words(f"{entry.words}\n{base_url}{entry.link}"))
    event.add("url", f"{base_url}{entry.link}")
    event.add("status", str(entry.status))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
