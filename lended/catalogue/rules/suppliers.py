"""What a supplier says of itself, and how long it needs around a loan."""

from __future__ import annotations

from dataclasses import dataclass

from lended.errors import Conflict

WAITING = "waiting"
APPROVED = "approved"
REFUSED = "refused"

MOST_PAUSE = 60
STATE_WORDS = {
    WAITING: "LendED’s staff have yet to look at your organisation. You can prepare listings now.",
    APPROVED: "",
    REFUSED: "LendED’s staff sent your organisation back. Change what they ask for and save.",
}
ANSWERED = "Somebody has already answered this supplier."


@dataclass(frozen=True, slots=True)
class SupplierWish:
    """Who a supplier is; the four pauses are in working days."""

    name: str
    about: str = ""
    town: str = ""
    preparation_days: int = 1
    transit_out_days: int = 2
    transit_back_days: int = 2
    turnaround_days: int = 1


def answered_state(state: str, *, approved: bool) -> str:
    """Return how a waiting supplier stands once staff have answered.

    Raises
    ------
    Conflict
        When it does not wait.
    """
    if state != WAITING:
        raise Conflict(ANSWERED)
    return APPROVED if approved else REFUSED
