"""What one side of a loan is told about a move."""

from __future__ import annotations

from dataclasses import dataclass

from lended.loans.rules import State
from lended.notices.rules.topics import Topic

TEACHER, RESPONSIBLE, LEADS, SUPPLIER = "teacher", "responsible", "leads", "supplier"
TRUST, STAFF = "trust", "staff"
AGREED = frozenset({State.APPROVED, State.PREPARING, State.DISPATCHED, State.ISSUED})
"""States in which a loan that has not begun is in people's calendars."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one side of a loan is told about a move.

    ``title`` and ``words`` may name ``{who}`` (who made the move), ``{product}``, ``{school}``,
    ``{supplier}`` and ``{on}`` (the day).

    Parameters
    ----------
    to
        Which side; the responsible person stands for the school's leads where none is named.
    receipt
        Whether it is also told to who made the move.
    asks_in
        The states in which it asks something of its reader. Nobody can choose not to be asked;
        once the loan has moved on there is nothing to ask, and no mail goes.
    dated
        Whether the loan's dates go with the mail as a calendar file.
    """

    to: str
    title: str
    words: str
    action: str = "See the loan"
    urgent: bool = True
    receipt: bool = False
    asks_in: frozenset[State] = frozenset()
    dated: bool = False

    @property
    def topic(self) -> Topic:
        """What its reader may choose not to be mailed about."""
        return Topic.ESSENTIAL if self.asks_in else Topic.LOANS

    def carries_dates(self, move: str, source: State) -> bool:
        """Tell whether a calendar file goes with it; what was in no calendar is not taken out."""
        return self.dated and (move != "cancel" or source in AGREED)
