"""Reading notices, and what they need to know of loans and of their readers."""

from lended.notices.queries.choices import feed, may_be_mailed, owner_of_feed, way, ways
from lended.notices.queries.entries import entries, entry_of
from lended.notices.queries.inbox import (
    PAGE,
    fading,
    failed_mail,
    held_up_mail,
    inbox,
    notice,
    pages,
    unread,
)
from lended.notices.queries.loans import reminders_given, standings, to_be_reminded
from lended.notices.queries.sides import Sides, loan_with_sides, loans_with_sides, side

__all__ = [
    "PAGE",
    "Sides",
    "entries",
    "entry_of",
    "fading",
    "failed_mail",
    "feed",
    "held_up_mail",
    "inbox",
    "loan_with_sides",
    "loans_with_sides",
    "may_be_mailed",
    "notice",
    "owner_of_feed",
    "pages",
    "reminders_given",
    "side",
    "standings",
    "to_be_reminded",
    "unread",
    "way",
    "ways",
]
