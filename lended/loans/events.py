"""What happens to loans, for whoever wants to act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lended.loans.rules import State


@dataclass(frozen=True, slots=True)
class LoanMoved:
    """A loan changed its state.

    Parameters
    ----------
    move
        The move's name in ``lended.loans.rules.MOVES``.
    person_id, who
        Who made the move, and their name; without an id for the clock.
    words
        What that person said about it; empty where nothing was asked.
    """

    loan_id: int
    move: str
    from_state: State
    to_state: State
    at: datetime
    person_id: int | None
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class CapacityFreed:
    """More of a product may be free than before: those who wait for it are looked at.

    Whatever frees stock says so, by whatever route.

    Parameters
    ----------
    let_go_by
        The loan that held it until now, which is not offered the same again at once; None where
        there is none.
    """

    product_id: int
    let_go_by: int | None = None


@dataclass(frozen=True, slots=True)
class LoanAtRisk:
    """What is kept for a loan will not be there in time as things stand, or will be again."""

    loan_id: int
    at_risk: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class LoanStillOut:
    """A loan is so many days past its last day, and something of it is not back.

    Parameters
    ----------
    missing
        What is not back, as people say it: 2 × Tablets.
    """

    loan_id: int
    days: int
    missing: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentSpokenOf:
    """One side said something about an incident.

    Parameters
    ----------
    side
        ``school``, ``supplier`` or ``staff``.
    state
        How the incident stands after it.
    """

    incident_id: int
    loan_id: int
    side: str
    state: str
    words: str
    person_id: int
    at: datetime
