"""Rules of notices."""

from lended.notices.rules.loans import (
    FROM_ASKING_TO_ENDING,
    LEADS,
    RESPONSIBLE,
    STAFF,
    SUPPLIER,
    TEACHER,
    Telling,
)
from lended.notices.rules.loans_waiting import WHILE_WAITING
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

TELLINGS: dict[str, tuple[Telling, ...]] = {**FROM_ASKING_TO_ENDING, **WHILE_WAITING}
"""What each move of a loan says, to whom; the notice column of the lending design."""

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
