"""Rules of notices."""

from lended.notices.rules.loans import (
    LEADS,
    RESPONSIBLE,
    STAFF,
    SUPPLIER,
    TEACHER,
    TELLINGS,
    Telling,
)
from lended.notices.rules.messages import (
    ACTION_MOST,
    KEY_MOST,
    LEASE_LASTS,
    MORNING,
    PAUSES,
    TITLE_MOST,
    Message,
    next_morning,
    one_line,
    pause_after,
    shortened,
)

__all__ = [
    "ACTION_MOST",
    "KEY_MOST",
    "LEADS",
    "LEASE_LASTS",
    "MORNING",
    "PAUSES",
    "RESPONSIBLE",
    "STAFF",
    "SUPPLIER",
    "TEACHER",
    "TELLINGS",
    "TITLE_MOST",
    "Message",
    "Telling",
    "next_morning",
    "one_line",
    "pause_after",
    "shortened",
]
