"""Whether what a notice says of a loan still holds when its mail is about to go.

A notice may name the states of its loan in which it makes sense, and the *cycle* it belongs to: a
date that something counts from. A new due date begins a new cycle; what was said in the old one is
over, and may be said again in the new.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lended.loans.rules import State


class CountsFrom(StrEnum):
    """The dates of a loan from which reminders count."""

    DUE = "due"
    DELETION = "deletion"
    OUTCOME = "outcome"

    def cycle(self, day: date) -> str:
        """Return the name of the cycle that a day begins."""
        return f"{self}:{day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a loan for a notice to make sense.

    Parameters
    ----------
    states
        Empty where every state will do.
    cycle
        Empty where no date matters.
    fades
        Whether the notice leaves the inbox too when this no longer holds; what stays is what
        happened, what fades is what was asked.
    """

    loan_id: int
    states: frozenset[State] = frozenset()
    cycle: str = ""
    fades: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a loan stands now.

    Parameters
    ----------
    due_on
        The last day of its last line.
    deletion_due_on
        By when personal data has to be deleted; None where none is, or it is done.
    told
        Whether its outcome was given.
    physical
        Whether anything of it has to be sent back.
    """

    loan_id: int
    state: State
    due_on: date
    deletion_due_on: date | None = None
    told: bool = False
    physical: bool = True

    def day(self, counts_from: CountsFrom) -> date | None:
        """Return the date something counts from; None when there is nothing to count."""
        if counts_from is CountsFrom.DELETION:
            return self.deletion_due_on
        if counts_from is CountsFrom.OUTCOME and self.told:
            return None
        return self.due_on

    def satisfies(self, states: frozenset[State], cycle: str) -> bool:
        """Tell whether what was said in a cycle, for some states, still holds."""
        if states and self.state not in states:
            return False
        days = {counts_from: self.day(counts_from) for counts_from in CountsFrom}
        return not cycle or cycle in {kind.cycle(day) for kind, day in days.items() if day}
