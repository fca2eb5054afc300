"""Loans as they stand in people's calendars."""

from __future__ import annotations

from lended.calendars import Status
from lended.loans.rules import FINAL, State

NOT_SURE_YET = frozenset({State.SCHOOL_SIGNOFF, State.REQUESTED, State.OFFERED})
WAS_LENT = frozenset({State.CLOSED, State.LOST})


def status_of(state: State) -> Status:
    """Return whether the dates of a loan hold."""
    if state in NOT_SURE_YET:
        return Status.TENTATIVE
    return Status.CANCELLED if state in FINAL - WAS_LENT else Status.CONFIRMED
