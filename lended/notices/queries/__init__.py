"""Reading notices, and what they need to know of loans and of their readers."""

from lended.notices.queries.choices import feed, may_be_mailed, owner_of_feed, ways, ways_of
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
from lended.notices.queries.sides import (
    LoanSides,
    Sides,
    loan_with_sides,
    loans_with_sides,
    side,
    sides_of_loan,
)

__all__ = [
    "PAGE",
    "LoanSides",
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
    "sides_of_loan",
    "standings",
    "to_be_reminded",
    "unread",
    "ways",
    "ways_of",
]
