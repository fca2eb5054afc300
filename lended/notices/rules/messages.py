"""What a notice says, and when its mail is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from lended.calendars import Entry
from lended.notices.rules.standing import Condition
from lended.notices.rules.topics import Topic

TITLE_MOST = 300
ACTION_MOST = 120
KEY_MOST = 200

LEASE_LASTS = timedelta(minutes=10)
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long to wait after each try that failed for a while; after the last the notice has failed."""


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody is told.

    Parameters
    ----------
    kind
        What it is about, in a word or two: ``loan``, ``join_request``.
    key
        Names the event; one person is told of it once.
    link, action
        A path on this site, and what to do there.
    urgent
        Whether the mail goes now, or tomorrow morning together with what else waits.
    topic
        What its reader may choose not to be mailed about.
    condition
        What must still hold when the mail goes; None where it will always be true.
    entry
        The dates that go with the mail as a calendar file.
    """

    kind: str
    key: str
    title: str
    words: str
    link: str = ""
    action: str = ""
    urgent: bool = True
    topic: Topic = Topic.ESSENTIAL
    condition: Condition | None = None
    entry: Entry | None = None


def loan_key(loan_id: int, kind: str, cycle: object) -> str:
    """Return the key of what is told of a loan: once for each kind, in each of its cycles."""
    return f"loan:{loan_id}:{kind}:{cycle}"


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many tries; None when there were enough.

    Parameters
    ----------
    tries
        At least 1.
    """
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def one_line(text: str) -> str:
    """Return text that can stand in the head of a mail: one line, nothing invisible."""
    visible = (letter if letter.isprintable() else " " for letter in text)
    return " ".join("".join(visible).split())


def shortened(text: str, most: int) -> str:
    """Return text of so many characters at most, with a mark where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
