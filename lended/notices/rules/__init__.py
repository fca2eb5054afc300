"""Rules of notices."""

from lended.notices.rules.loans_amiss import WHEN_AMISS
from lended.notices.rules.loans_in_use import ONCE_IT_HAS_BEGUN
from lended.notices.rules.loans_to_come import UNTIL_IT_BEGINS
from lended.notices.rules.loans_waiting import WHILE_WAITING
from lended.notices.rules.messages import (
    ACTION_MOST,
    KEY_MOST,
    LEASE_LASTS,
    PAUSES,
    TITLE_MOST,
    Message,
    loan_key,
    one_line,
    pause_after,
    shortened,
)
from lended.notices.rules.reminders import OCCASIONS, Occasion, Reminder, due_occasions
from lended.notices.rules.standing import Condition, CountsFrom, Standing
from lended.notices.rules.telling import (
    LEADS,
    RESPONSIBLE,
    STAFF,
    SUPPLIER,
    TEACHER,
    TRUST,
    Telling,
)
from lended.notices.rules.topics import (
    CHOICES,
    MORNING,
    WAY_WORDS,
    Choice,
    Topic,
    Way,
    mailed_at,
    next_morning,
    topics_of,
)

TELLINGS: dict[str, tuple[Telling, ...]] = {
    **UNTIL_IT_BEGINS,
    **WHILE_WAITING,
    **ONCE_IT_HAS_BEGUN,
    **WHEN_AMISS,
}
"""What each move of a loan says, to whom; the notice column of the lending design."""

__all__ = [
    "ACTION_MOST",
    "CHOICES",
    "KEY_MOST",
    "LEADS",
    "LEASE_LASTS",
    "MORNING",
    "OCCASIONS",
    "PAUSES",
    "RESPONSIBLE",
    "STAFF",
    "SUPPLIER",
    "TEACHER",
    "TELLINGS",
    "TITLE_MOST",
    "TRUST",
    "WAY_WORDS",
    "Choice",
    "Condition",
    "CountsFrom",
    "Message",
    "Occasion",
    "Reminder",
    "Standing",
    "Telling",
    "Topic",
    "Way",
    "due_occasions",
    "loan_key",
    "mailed_at",
    "next_morning",
    "one_line",
    "pause_after",
    "shortened",
    "topics_of",
]
